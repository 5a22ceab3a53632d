import type { RunningTill } from '../../main/app/till.ts';
import type { Action } from '../../main/core/queue/action.ts';
import type { step } from '../../main/core/queue/queue.ts';
import type { QueueState } from '../../main/core/queue/queue-state.ts';
import type { Clock } from '../../main/ports/clock.ts';
import type { Home } from '../../main/ports/home.ts';
import type { Http, HttpAnswer } from '../../main/ports/http.ts';
import type { Ledger } from '../../main/ports/ledger.ts';
import type { Notifier } from '../../main/ports/notifier.ts';

/** A deliberate mistake, made by what the till is given: the product has no switch for it. The simulation has to notice every one. */
export type Defect = Readonly<{
  http?: (http: Http) => Http;
  /** `clock`: the PC's own. */
  ledger?: (ledger: Ledger, clock: Pick<Clock, 'nowMs' | 'after'>) => Ledger;
  home?: (home: Home) => Home;
  notifier?: (notifier: Notifier) => Notifier;
  /** What the till finds in its settings file. */
  settings?: (kept: unknown) => unknown;
  /** What a person asks of it. */
  till?: (till: RunningTill) => RunningTill;
  /** A write is said to be on the disk, and gets there this much later. */
  syncsAfterMs?: number;
  /** Stands where the queue's `step` is; only a test that puts `bentStep` there plays it. */
  step?: (real: typeof step) => typeof step;
}>;

/** The defect being played. */
let playing: Defect | null = null;
export const setDefect = (defect: Defect | null): void => {
  playing = defect;
};
export const bentStep =
  (real: typeof step): typeof step =>
  (...given) =>
    (playing?.step?.(real) ?? real)(...given);

const withActions = (state: QueueState, change: (action: Action) => Action): QueueState => ({
  ...state,
  actions: new Map([...state.actions].map(([id, action]) => [id, change(action)])),
});

/** The queue believes something else of its actions than what is so. */
export const believing = (change: (action: Action, state: QueueState) => Action): Defect => ({
  step: (real) => (state, event, now) =>
    real(
      withActions(state, (action) => change(action, state)),
      event,
      now,
    ),
});

/** By both clocks. */
const settlesSooner = (byMs: number): Defect => ({
  step: (real) => (state, event, now) => {
    const lastSentAtMs = (action: Action) => (state.settlingSince.has(action.id) ? (action.sentAtMs ?? 0) - byMs : action.sentAtMs);
    const bent = withActions(state, (action) => (action.state === 'checking' ? { ...action, sentAtMs: lastSentAtMs(action) } : action));
    const settlingSince = new Map([...state.settlingSince].map(([id, sinceMs]) => [id, sinceMs - byMs]));
    const next = real({ ...bent, settlingSince }, event, now);
    // What this step did not begin anew is put back as it was: the next step takes off the same once more.
    const kept = new Map([...next.state.settlingSince].map(([id, sinceMs]) => [id, settlingSince.get(id) === sinceMs ? sinceMs + byMs : sinceMs]));
    const unbent = (action: Action) => {
      const before = bent.actions.get(action.id);
      return before === action ? (state.actions.get(action.id) ?? action) : action;
    };
    return { ...next, state: { ...withActions(next.state, unbent), settlingSince: kept } };
  },
});

const answering = (change: (answer: HttpAnswer, again: () => Promise<HttpAnswer>) => HttpAnswer | Promise<HttpAnswer>, movesOnly = true): Defect => ({
  http: (http) => ({
    request: async (request) => {
      const answer = await http.request(request);
      return movesOnly && !request.movesMoney ? answer : change(answer, () => http.request(request));
    },
  }),
});

/** One lane for each action: each is taken for the only one on its payment. */
const noLanes: Defect = {
  step: (real) => (state, event, now) => {
    const paymentIds = new Map([...state.actions.values()].map(({ id, paymentId }) => [id, paymentId]));
    for (const action of 'actions' in event ? event.actions : []) paymentIds.set(action.id, action.paymentId);
    const apart = (action: Action) => ({ ...action, paymentId: `${action.paymentId}#${action.id}` });
    const together = (action: Action) => ({ ...action, paymentId: paymentIds.get(action.id) ?? action.paymentId });
    const bent = 'actions' in event ? { ...event, actions: event.actions.map(apart) } : event;
    const next = real(withActions(state, apart), bent, now);
    return {
      state: withActions(next.state, together),
      effects: next.effects.map((effect) => {
        if (effect.type === 'write') return { ...effect, actions: effect.actions.map(together) };
        return 'paymentId' in effect ? { ...effect, paymentId: paymentIds.get(effect.actionId) ?? effect.paymentId } : effect;
      }),
    };
  },
};

const sendsWithdrawn: Defect = {
  step: (real) => (state, event, now) => {
    const withdrawn = (id: string) => state.actions.get(id)?.state === 'withdrawn';
    if (event.type === 'answered' && withdrawn(event.actionId)) return { state, effects: [] };
    const next = real(state, event, now);
    const action = event.type === 'withdraw' ? next.state.actions.get(event.actionId) : undefined;
    if (action?.state !== 'withdrawn' || withdrawn(action.id)) return next;
    const { id: actionId, paymentId, move, currency, idempotencyKey } = action;
    return { ...next, effects: [...next.effects, { type: 'send', actionId, paymentId, move, currency, idempotencyKey, apiVersion: now.apiVersion }] };
  },
};

export const DEFECTS = {
  'sends before the disk has it': { syncsAfterMs: 1_500 },
  'accepts what it did not write': {
    ledger: (ledger) => ({
      ...ledger,
      writeActions: (actions, activity) =>
        actions.every(({ changedAtMs, acceptedAtMs }) => changedAtMs === acceptedAtMs) ? { ok: true, value: null } : ledger.writeActions(actions, activity),
    }),
  },
  'sends again after a time-out without reading': answering((answer, again) => (answer.kind === 'broken' ? again() : answer)),
  'takes an unknown outcome for a refusal': answering((answer) =>
    answer.kind === 'broken' ? { kind: 'answered', status: 400, headers: { 'content-type': 'application/json' }, body: '{"title":"Error"}' } : answer,
  ),
  // Nor does it ask when the capture that shows was made: that alone would tell most of it.
  'ignores the baseline': believing((action) => {
    const { state, baseline, move, firstSentAtMs } = action;
    if (state !== 'checking' || !baseline) return action;
    const nothing = { ...baseline, captureIds: baseline.captureIds && [], capturedMinor: 0, refundedMinor: 0 };
    return { ...action, firstSentAtMs: move.kind === 'capture' ? null : firstSentAtMs, baseline: nothing };
  }),
  'ignores the settling time': settlesSooner(90_000),
  'waits half of the settling time': settlesSooner(45_000),
  'believes a 429 without looking': believing((action) => (action.sends === 0 ? { ...action, baseline: null } : action)),
  'follows the PC’s clock instead of Dojo’s': {
    step: (real) => (state, event, now) => {
      const { wallMs } = now;
      const isDated = event.type === 'read' && event.dojoAtMs !== null;
      return real(state, isDated ? { ...event, dojoAtMs: wallMs } : event, { ...now, nowMs: wallMs, otherwiseMs: null, isRepeated: true, isCertain: true });
    },
  },
  'ignores deadlines': believing((action) => ({ ...action, deadlineAtMs: null, sameDay: undefined })),
  'drops an unreadable row': {
    ledger: (ledger) => ({ ...ledger, loadActions: (sinceMs) => ({ ...ledger.loadActions(sinceMs), setAside: 0, setAsideLanes: [] }) }),
  },
  'makes a new idempotency key for a resend': {
    step: (real) => (state, event, now) => {
      const next = real(state, event, now);
      const resent = new Set(
        next.effects.flatMap((effect) => (effect.type === 'send' && (next.state.actions.get(effect.actionId)?.sends ?? 0) > 1 ? effect.actionId : [])),
      );
      const anew = (action: Action): Action => (resent.has(action.id) ? { ...action, idempotencyKey: `${action.id}-${action.sends}` } : action);
      return {
        state: { ...next.state, actions: new Map([...next.state.actions].map(([id, action]) => [id, anew(action)])) },
        effects: next.effects.map((effect) => {
          if (effect.type === 'write') return { ...effect, actions: effect.actions.map(anew) };
          const action = effect.type === 'send' ? next.state.actions.get(effect.actionId) : undefined;
          return effect.type === 'send' && action ? { ...effect, idempotencyKey: anew(action).idempotencyKey } : effect;
        }),
      };
    },
  },
  'has no lanes: two at once on one payment': noLanes,
  'sends what was withdrawn': sendsWithdrawn,
  'sends another account’s actions': believing((action, { accountId }) => (accountId === null ? action : { ...action, accountId })),
  'goes on while paused': { step: (real) => (state, event, now) => real({ ...state, paused: false }, event, now) },
  'takes a double click for two decisions': { ledger: (ledger) => ({ ...ledger, findRequest: () => null }) },
  'shows a capture under way as taken': answering(
    (answer) =>
      answer.kind === 'answered'
        ? { ...answer, body: answer.body.replaceAll(/"captures":\[[^\]]*/g, (captures) => captures.replaceAll('"Created"', '"Successful"')) }
        : answer,
    false,
  ),
} as const satisfies Record<string, Defect>;

/** The promises of which each breaks one, by their names. */
export const BREAKS: Readonly<Record<keyof typeof DEFECTS, readonly string[]>> = {
  'sends before the disk has it': ['writtenBeforeSent', 'whatIsToldIsOnTheDisk', 'nothingIsLost'],
  'accepts what it did not write': ['whatIsToldIsOnTheDisk', 'nothingIsLost'],
  'sends again after a time-out without reading': ['atMostOnce'],
  'takes an unknown outcome for a refusal': ['notDoneIsNotDone', 'elsewhereWasElsewhere'],
  'ignores the baseline': ['doneIsDone', 'oneCaptureOneAction'],
  'ignores the settling time': ['notDoneIsNotDone', 'elsewhereWasElsewhere'],
  'waits half of the settling time': ['notDoneIsNotDone', 'elsewhereWasElsewhere'],
  'believes a 429 without looking': ['notDoneIsNotDone', 'atMostOnce'],
  'follows the PC’s clock instead of Dojo’s': ['neverTooLate', 'notTooEarlyEither', 'expiredWasTooLate'],
  'ignores deadlines': ['neverTooLate'],
  'drops an unreadable row': ['unreadableIsTold', 'unreadableLanesClosed'],
  'makes a new idempotency key for a resend': ['oneActionOneKey'],
  'has no lanes: two at once on one payment': ['oneLanePerPayment'],
  'sends what was withdrawn': ['writtenBeforeSent', 'overIsOver'],
  'sends another account’s actions': ['accountsApart', 'askedItsOwnAccount'],
  'goes on while paused': ['pauseHolds'],
  'takes a double click for two decisions': ['oneDecisionOneAction'],
  'shows a capture under way as taken': ['capturedIsCaptured', 'takenIsTaken'],
};
