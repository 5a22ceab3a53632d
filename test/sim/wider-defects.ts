import type { Action } from '../../main/core/queue/action.ts';
import { baselineOf } from '../../main/core/queue/evidence.ts';
import { outcome } from '../../main/core/queue/outcome.ts';
import type { step } from '../../main/core/queue/queue.ts';
import type { HttpAnswer, HttpRequest } from '../../main/ports/http.ts';
import type { Defect } from './defects.ts';

/** Deliberate mistakes, each of which cost a shop money, trust or time in a world wider than an everyday one. */

type Step = typeof step;
type Given = Parameters<Step>;
type Next = ReturnType<Step>;

export const SAID = { message: 'A deliberate mistake.', next: null };
const DAY_MS = 86_400_000;
const KEPT_DAYS = 90;
const GATHERED_MS = 250;
/** `Date` counts whole seconds. */
const NOISE_MS = 2_000;

/** After the real step, some actions are left otherwise, on the disk too. */
export const leaving = (change: (action: Action, given: Given) => Action): Defect => ({
  step:
    (real) =>
    (...given) => {
      const next = real(...given);
      const changed = [...next.state.actions.values()].flatMap((action) => {
        const other = change(action, given);
        return other === action ? [] : [{ ...other, changedAtMs: given[2].nowMs }];
      });
      if (changed.length === 0) return next;
      const ids = new Set(changed.map(({ id }) => id));
      const busy = new Map(next.state.busy);
      for (const { id, state } of changed) if (state !== 'sending') busy.delete(id);
      const actions = new Map(next.state.actions);
      for (const action of changed) actions.set(action.id, action);
      const effects: Next['effects'] = next.effects.flatMap((effect) => {
        if (effect.type === 'write') return { ...effect, actions: effect.actions.filter(({ id }) => !ids.has(id)) };
        return 'actionId' in effect && ids.has(effect.actionId) ? [] : effect;
      });
      return { state: { ...next.state, actions, busy }, effects: [{ type: 'write', actions: changed }, ...effects, { type: 'wake', inMs: 0 }] };
    },
});

/** What the queue is given, before it takes it in. */
export const given = (change: (...of: Given) => Given): Defect => ({
  step:
    (real) =>
    (...of) =>
      real(...change(...of)),
});

export const readOf = ([, event]: Given) => (event.type === 'read' && event.result.ok ? { actionId: event.actionId, payment: event.result.value } : null);

const asking = (change: (request: HttpRequest) => HttpRequest): Defect => ({ http: (http) => ({ request: (request) => http.request(change(request)) }) });
export const hearing = (change: (answer: Extract<HttpAnswer, { kind: 'answered' }>, request: HttpRequest) => HttpAnswer): Defect => ({
  http: (http) => ({
    request: async (request) => {
      const answer = await http.request(request);
      return answer.kind === 'answered' ? change(answer, request) : answer;
    },
  }),
});

/** The key is taken for refused, whatever the next lists say. */
const stopsAfter = (isRefusal: (request: HttpRequest, answer: Extract<HttpAnswer, { kind: 'answered' }>) => boolean): Defect => ({
  http: (http) => {
    let looksLeft = 0;
    return {
      request: async (request) => {
        const answer = await http.request(request);
        if (answer.kind !== 'answered') return answer;
        if (isRefusal(request, answer)) looksLeft = LOOKS_REFUSED;
        if (request.movesMoney || looksLeft === 0) return answer;
        looksLeft -= 1;
        return { ...answer, status: 401, body: '{"title":"Unauthorized","status":401}' };
      },
    };
  },
});
const LOOKS_REFUSED = 20;

const settlingAnew = (state: Given[0], { monotonicMs }: Given[2]): Given[0] => ({
  ...state,
  settlingSince: new Map([...state.settlingSince.keys()].map((id) => [id, monotonicMs])),
});

const withoutFields = (json: string, names: readonly string[]): string =>
  names.reduce((text, name) => text.replaceAll(new RegExp(`"${name}":(\\{[^}]*\\}|null|\\d+),`, 'g'), ''), json);

export const WIDER_DEFECTS = {
  'leaves service charge and cashback out': hearing((answer) => ({
    ...answer,
    body: withoutFields(answer.body, ['serviceChargeAmount', 'cashbackAmount', 'totalAmount']),
  })),
  'captures held tips as goods': {
    till: (till) => ({
      ...till,
      handlers: {
        ...till.handlers,
        submit: ({ requests }) =>
          till.handlers.submit({
            requests: requests.map((request) => {
              if (request.kind !== 'capture') return request;
              const { tipsAmount = 0, ...goods } = request;
              return { ...goods, amount: goods.amount + tipsAmount };
            }),
          }),
      },
    }),
  },
  'keeps no record of what was known at the decision': given((state, event, now) => {
    const read = readOf([state, event, now]);
    const action = read && state.actions.get(read.actionId);
    if (!read || !action) return [state, event, now];
    const actions = new Map(state.actions).set(action.id, { ...action, decidedOn: baselineOf(read.payment, now.nowMs) });
    return [{ ...state, actions }, event, now];
  }),
  'believes to be at home wherever it lies': {
    home: (home) => ({ ...home, place: async () => ({ path: '/home', machineId: 'machine' }), seal: async () => null, unseal: async () => ({ kind: 'none' }) }),
  },
  'sends a part capture again by itself': leaving((action) =>
    action.state === 'checking' && action.outcome?.code === 'absent-part' ? { ...action, state: 'waiting', outcome: null, baseline: null, sends: 0 } : action,
  ),
  'takes any rise of the refunded amount for its own refund': leaving((action, of) => {
    const read = readOf(of);
    const before = of[0].actions.get(action.id);
    if (read?.actionId !== action.id || before?.state !== 'checking' || action.move.kind !== 'refund' || !before.baseline) return action;
    const isRisen = read.payment.refundedMinor - before.baseline.refundedMinor >= action.move.amount;
    return isRisen ? { ...action, state: 'done', outcome: outcome('done', SAID, { settledBy: 'evidence' }) } : action;
  }),
  'believes every no without a look': leaving((action) =>
    action.state === 'checking' && action.outcome?.code === 'refused-unread'
      ? { ...action, state: 'refused', outcome: { ...action.outcome, code: 'refused', settledBy: 'answer' } }
      : action,
  ),
  'calls it too late by its own clock alone': leaving((action, [, , { nowMs }]) =>
    action.state === 'waiting' && action.deadlineAtMs !== null && nowMs >= action.deadlineAtMs
      ? { ...action, state: 'expired', outcome: outcome('too-late', SAID) }
      : action,
  ),
  'never purges': { ledger: (ledger) => ({ ...ledger, purge: () => ({ ok: true, value: { payments: 0, actions: 0, isMore: false } }) }) },
  'makes its backups before it knows the time': {
    ledger: (ledger) => ({
      ...ledger,
      loadActions(sinceMs) {
        void ledger.backUp(new Date(sinceMs + 8 * DAY_MS).toISOString().slice(0, 10), true);
        return ledger.loadActions(sinceMs);
      },
    }),
  },
  'begins to settle anew with every answer': given((state, event, now) => [settlingAnew(state, now), event, now]),
  'begins to settle anew with each answer of another server': given((state, event, now) => {
    if (event.type !== 'read' || event.dojoAtMs === null) return [state, event, now];
    // The answer may be as old as it was on its way.
    const tookMs = now.monotonicMs - event.startedAt.monotonicMs;
    const isOfAnother = event.dojoAtMs < now.nowMs - tookMs - NOISE_MS || event.dojoAtMs > now.nowMs + NOISE_MS;
    return [isOfAnother ? settlingAnew(state, now) : state, event, now];
  }),
  'ends what waits when its payment may not be read': leaving((action, [, event]) =>
    event.type === 'read' && event.actionId === action.id && !event.result.ok && event.result.error.status === 400 && action.state === 'waiting'
      ? { ...action, state: 'refused', outcome: outcome('refused', SAID, { status: 400 }) }
      : action,
  ),
  'takes a 403 for a refused key': stopsAfter((_, { status }) => status === 403),
  'lets one request that hangs hold all lanes': given((state, event, now) => [
    { ...state, lanes: 1, busy: new Map([...state.busy].map(([id, busy]) => [id, { ...busy, sinceMonotonicMs: now.monotonicMs }])) },
    event,
    now,
  ]),
  'takes another till’s part for its own after a 429': leaving((action, of) => {
    const read = readOf(of);
    const before = of[0].actions.get(action.id);
    if (read?.actionId !== action.id || before?.state !== 'waiting' || action.outcome?.code !== 'conflict' || !before.baseline) return action;
    const found = read.payment.captures?.find(({ id }) => !before.baseline?.captureIds?.includes(id));
    return found ? { ...action, state: 'done', outcome: outcome('done', SAID, { settledBy: 'evidence', captureId: found.id }) } : action;
  }),
  'purges by the PC’s clock': {
    ledger: (ledger, clock) => ({
      ...ledger,
      loadActions(sinceMs) {
        void ledger.purge(clock.nowMs() - KEPT_DAYS * DAY_MS);
        return ledger.loadActions(sinceMs);
      },
    }),
  },
  'reads with a version that lists no captures': asking((request) =>
    request.movesMoney ? request : { ...request, headers: { ...request.headers, version: '2022-04-07' } },
  ),
  'takes a list without captures for holds without captures': hearing((answer, request) => {
    if (answer.status !== 200 || !request.url.endsWith('/search') || !answer.body.startsWith('{"data"')) return answer;
    return {
      ...answer,
      body: answer.body.replaceAll('"captures":null', '"captures":[]').replaceAll(/"terminalSessionHistory":\[\](?!,"captures")/g, '$&,"captures":[]'),
    };
  }),
  'takes the number of a capture for its id': hearing((answer) => ({
    ...answer,
    body: answer.body.replace(/"captureId":"(\d+)"/, '"captureId":"cp_number_$1"'),
  })),
  'follows the zone of the PC': { settings: (kept) => ({ ...(kept as object), zone: undefined }) },
  'takes a 404 for another account': {
    till: (till) => ({ ...till, handlers: { ...till.handlers, connect: (asked) => till.handlers.connect({ sameAccount: null, ...asked }) } }),
  },
  'writes what it gathered into a closed database': {
    ledger: (ledger, { after }) => ({
      ...ledger,
      writePayments(...asked) {
        after(GATHERED_MS, () => void ledger.writePayments(...asked));
        return { ok: true, value: null };
      },
    }),
  },
  'takes a portal’s page for Dojo’s yes': hearing((answer, request) =>
    request.movesMoney && answer.headers['content-type'] === 'text/html'
      ? {
          ...answer,
          status: 200,
          headers: { 'content-type': 'application/json' },
          body: '{"message":"","captureId":"cp_page","reversalId":"rvs_page","refundId":"rfnd_page"}',
        }
      : answer,
  ),
  'takes a 401 to one move for a refused key': stopsAfter(({ movesMoney }, { status }) => movesMoney && status === 401),
  'takes what one payment’s reading is answered for everybody’s': stopsAfter(
    ({ method, movesMoney }, { status }) => !movesMoney && method === 'GET' && status >= 400,
  ),
  'hears no answer of what a person was asked about meanwhile': {
    step: (real) => (state, event, now) =>
      event.type === 'answered' && state.actions.get(event.actionId)?.state !== 'sending' ? { state, effects: [] } : real(state, event, now),
  },
  'loses the lane of a client that throws': {
    step: (real) => (state, event, now) =>
      (event.type === 'read' || event.type === 'answered') && !event.result.ok && event.result.error.cause === 'client-threw'
        ? { state, effects: [] }
        : real(state, event, now),
  },
  'takes every currency for pounds': hearing((answer) => ({ ...answer, body: answer.body.replaceAll(/"currencyCode":"[A-Z]{3}"/g, '"currencyCode":"GBP"') })),
  'takes a ledger that another program holds for a full disk': {
    ledger: (ledger) => ({
      ...ledger,
      writeActions(...asked) {
        const written = ledger.writeActions(...asked);
        return written.ok || written.error.code !== 'busy' ? written : { ok: false, error: { ...written.error, code: 'full' } };
      },
    }),
  },
  'sends what a ledger that throws did not take': {
    // That a write failed before holds nothing back either.
    step: (real) => (state, event, now) => real({ ...state, diskOk: true }, event, now),
    ledger: (ledger) => ({
      ...ledger,
      writeActions(actions, activity) {
        try {
          return ledger.writeActions(actions, activity);
        } catch (error) {
          if (actions.every(({ state }) => state !== 'sending')) throw error;
          return { ok: true, value: null };
        }
      },
    }),
  },
  'tells nobody who is not looking': { notifier: () => ({ notify: () => undefined }) },
  'sends the rest again beside what is with the bank': given((state, event, now) => {
    const read = event.type === 'read' && event.result.ok ? event.result.value : null;
    if (event.type !== 'read' || !read?.captures) return [state, event, now];
    const captures = read.captures.map((capture) => (capture.status === 'Created' ? { ...capture, status: 'Successful' } : capture));
    return [state, { ...event, result: { ok: true, value: { ...read, captures } } }, now];
  }),
} as const satisfies Record<string, Defect>;

/** What a seed has to have for the defect to show: a search plays no others. */
export const SHOWN_WITH: Readonly<Record<string, readonly string[]>> = {
  'takes every currency for pounds': ['payments in another currency'],
  'takes a ledger that another program holds for a full disk': ['another program holds the ledger'],
  'sends the rest again beside what is with the bank': ['the bank answers late'],
  'begins to settle anew with each answer of another server': ['two servers, seconds apart'],
  'sends what a ledger that throws did not take': ['ledger throws on writes'],
  'leaves service charge and cashback out': ['service charge', 'cashback'],
  'captures held tips as goods': ['tips on a hold'],
  'keeps no record of what was known at the decision': ['rival, same', 'image put back in its place', 'profile copied'],
  'believes to be at home wherever it lies': ['profile copied, both sent at once', 'profile copied', 'profile moved', 'image put back elsewhere'],
  'sends a part capture again by itself': ['very-late'],
  'takes any rise of the refunded amount for its own refund': ['rival, same', 'rival, more'],
  'believes every no without a look': ['403-after', '401-after'],
  'calls it too late by its own clock alone': ['clock days off at start', 'clock jumps by days'],
  'never purges': ['shut for a season'],
  'makes its backups before it knows the time': ['clock days off at start', 'clock jumps by days'],
  'ends what waits when its payment may not be read': ['400 to one payment, looks', '400 to all, looks', '400 to one operation, looks'],
  'takes a 401 to one move for a refused key': ['401 to one payment, moves'],
  'takes what one payment’s reading is answered for everybody’s': ['401 to one payment, looks', '403 to one payment, looks'],
  'hears no answer of what a person was asked about meanwhile': ['key rotated while a move hangs'],
  'loses the lane of a client that throws': ['throws-before', 'throws-after', 'throws on a look'],
  'takes a 403 for a refused key': ['403 to one payment, moves', '403 to one payment, looks'],
  'lets one request that hangs hold all lanes': ['hang to one payment, moves', 'hang to one payment, looks'],
  'takes another till’s part for its own after a 429': ['two tills ask for the same part, one is answered 429'],
  'purges by the PC’s clock': ['clock days off at start', 'clock jumps by days'],
  'takes a list without captures for holds without captures': ['a search leaves captures out'],
  'takes a 404 for another account': ['key rotated'],
  'writes what it gathered into a closed database': ['closed in order'],
};

/** The promises of which each breaks one, by their names. */
export const WIDER_BREAKS: Readonly<Record<keyof typeof WIDER_DEFECTS, readonly string[]>> = {
  'leaves service charge and cashback out': ['toThePenny'],
  'captures held tips as goods': ['acceptedIsDecided'],
  'keeps no record of what was known at the decision': ['anotherDidItSince', 'atMostOnce'],
  'believes to be at home wherever it lies': ['atMostOnce'],
  'sends a part capture again by itself': ['atMostOnce'],
  'takes any rise of the refunded amount for its own refund': ['doneIsDone'],
  'believes every no without a look': ['notDoneIsNotDone'],
  'calls it too late by its own clock alone': ['expiredWasTooLate', 'notTooEarlyEither'],
  'never purges': ['whatIsOldGoes'],
  'makes its backups before it knows the time': ['backupsAreOfTheirDay'],
  'begins to settle anew with every answer': ['everythingEnds'],
  'begins to settle anew with each answer of another server': ['everythingEnds'],
  'sends what a ledger that throws did not take': ['writtenBeforeSent'],
  'ends what waits when its payment may not be read': ['readingsRefuseNothing'],
  'takes a 403 for a refused key': ['sentInTime', 'troubleStaysWhereItIs'],
  'lets one request that hangs hold all lanes': ['sentInTime', 'troubleStaysWhereItIs'],
  'takes another till’s part for its own after a 429': ['doneIsDone'],
  'purges by the PC’s clock': ['nothingYoungIsPurged'],
  'reads with a version that lists no captures': ['takenIsTaken'],
  'takes a list without captures for holds without captures': ['elsewhereWasElsewhere'],
  'takes the number of a capture for its id': ['elsewhereWasElsewhere', 'oneCaptureOneAction'],
  'follows the zone of the PC': ['neverTooLate'],
  'takes a 404 for another account': ['nothingIsStranded'],
  'writes what it gathered into a closed database': ['nothingBreaksInside'],
  'takes a portal’s page for Dojo’s yes': ['doneIsDone'],
  'takes a 401 to one move for a refused key': ['sentInTime', 'troubleStaysWhereItIs'],
  'takes what one payment’s reading is answered for everybody’s': ['sentInTime', 'troubleStaysWhereItIs'],
  'hears no answer of what a person was asked about meanwhile': ['closingEnds', 'disconnectingEnds'],
  'loses the lane of a client that throws': ['everythingEnds', 'closingEnds'],
  'takes every currency for pounds': ['otherCurrencyIsShown'],
  'takes a ledger that another program holds for a full disk': ['busyIsNotFull'],
  'tells nobody who is not looking': ['whoIsNeededIsTold'],
  'sends the rest again beside what is with the bank': ['atMostOnce'],
};
