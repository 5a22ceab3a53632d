import { baselineOf } from '../../main/core/queue/evidence.ts';
import { CHANGED_ELSEWHERE, NO_NEWS } from '../../main/ports/ledger.ts';
import { CLOCK_SET_BACK, MISJUDGED, PAID_MEANWHILE, REMOVED_AFTER_RELEASE, REMOVED_DISK_REFUSES, ZONE_PUT_RIGHT } from './clocks-and-people.ts';
import { believing, type Defect } from './defects.ts';

/** Deliberate mistakes with the shop's clocks, and with what a person was told. */

/** What a person decides is in one write of its own. */
const isPersons = (actions: Parameters<Parameters<NonNullable<Defect['ledger']>>[0]['writeActions']>[0], code: string): boolean =>
  actions.length > 0 && actions.every(({ outcome }) => outcome?.code.startsWith(code));

export const CLOCK_AND_PEOPLE_DEFECTS = {
  'keeps the midnight of the zone that was set before': {
    step: (real) => (state, event, now) => {
      const before = new Map([...state.actions.values()].map((action) => [action.id, action]));
      // Of what has no day the midnight cannot follow the zone.
      const actions = new Map([...state.actions].map(([id, action]) => [id, { ...action, sameDay: undefined }]));
      const loaded = event.type === 'loaded' ? { ...event, actions: event.actions.map((action) => ({ ...action, sameDay: undefined })) } : event;
      const next = real({ ...state, actions }, loaded, now);
      const back = [...next.state.actions].map(([id, action]) => [id, { ...action, sameDay: before.get(id)?.sameDay ?? action.sameDay }] as const);
      return { ...next, state: { ...next.state, actions: new Map(back) } };
    },
  },
  'lets a send stay dated by a clock that was ahead': {
    step: (real) => (state, event, now) => {
      const next = real(state, event, now);
      const actions = [...next.state.actions].map(([id, action]) => {
        const sentAtMs = state.actions.get(id)?.sentAtMs ?? 0;
        return [id, sentAtMs > now.nowMs && action.sentAtMs === now.nowMs ? { ...action, sentAtMs } : action] as const;
      });
      return { ...next, state: { ...next.state, actions: new Map(actions) } };
    },
  },
  'says removed what a full disk did not take': {
    ledger: (ledger) => ({
      ...ledger,
      writeActions(actions, activity) {
        const written = ledger.writeActions(actions, activity);
        return written.ok || !isPersons(actions, 'withdrawn') ? written : { ok: true, value: null };
      },
    }),
  },
  'says removed before the disk has it': {
    ledger: (ledger, { after }) => ({
      ...ledger,
      writeActions(actions, activity) {
        if (!isPersons(actions, 'withdrawn')) return ledger.writeActions(actions, activity);
        after(SYNCED_MS, () => void ledger.writeActions(actions, activity));
        return { ok: true, value: null };
      },
    }),
  },
  'reverses what was paid since it was decided': {
    step: (real) => (state, event, now) => {
      const action = event.type === 'read' && event.result.ok ? state.actions.get(event.actionId) : undefined;
      if (event.type !== 'read' || !event.result.ok || action?.move.kind !== 'reverse') return real(state, event, now);
      const actions = new Map(state.actions).set(action.id, { ...action, decidedOn: baselineOf(event.result.value, now.nowMs) });
      return real({ ...state, actions }, event, now);
    },
  },
  'tells of several changes elsewhere the first only': {
    ledger: (ledger) => ({
      ...ledger,
      writePayments(accountId, payments, news = NO_NEWS) {
        const isTold = (paymentId: string | null) => paymentId !== null && ledger.activityOn(paymentId).some(({ what }) => what.startsWith(CHANGED_ELSEWHERE));
        return ledger.writePayments(accountId, payments, { ...news, activity: news.activity.filter(({ paymentId }) => !isTold(paymentId)) });
      },
    }),
  },
  'takes a capture that only a person called done for made': believing((action) =>
    action.move.kind === 'capture' && action.outcome?.code === 'settled-happened'
      ? { ...action, outcome: { ...action.outcome, settledBy: 'evidence' } }
      : action,
  ),
  'offers to send once more what Dojo shows by now': {
    till: (till) => ({
      ...till,
      handlers: {
        ...till.handlers,
        async getSnapshot(asked) {
          const result = await till.handlers.getSnapshot(asked);
          if (!result.ok) return result;
          const actions = result.value.actions.map((action) => (action.code === 'absent-part' ? { ...action, can: { ...action.can, release: true } } : action));
          return { ...result, value: { ...result.value, actions } };
        },
      },
    }),
  },
} as const satisfies Record<string, Defect>;

const SYNCED_MS = 2_000;

/** What meets too seldom: every seed is given all of it. */
export const CLOCK_AND_PEOPLE_PLAYED_WITH: Readonly<Record<string, readonly string[]>> = {
  'takes a capture that only a person called done for made': [MISJUDGED],
};

export const CLOCK_AND_PEOPLE_SHOWN_WITH: Readonly<Record<string, readonly string[]>> = {
  'keeps the midnight of the zone that was set before': [ZONE_PUT_RIGHT],
  'lets a send stay dated by a clock that was ahead': [CLOCK_SET_BACK],
  'says removed what a full disk did not take': [REMOVED_DISK_REFUSES],
  'says removed before the disk has it': [REMOVED_AFTER_RELEASE],
  'reverses what was paid since it was decided': [PAID_MEANWHILE],
  'takes a 404 to a look for a cancellation': ['404 to one of the looks', '404 to one payment, looks', PAID_MEANWHILE],
  'tells of several changes elsewhere the first only': ['rival, same', 'rival, same-total', 'rival, more'],
};

/** The promises of which each breaks one, by their names. */
export const CLOCK_AND_PEOPLE_BREAKS: Readonly<Record<keyof typeof CLOCK_AND_PEOPLE_DEFECTS, readonly string[]>> = {
  'keeps the midnight of the zone that was set before': ['neverTooLate', 'notTooEarlyEither'],
  'lets a send stay dated by a clock that was ahead': ['everythingEnds', 'whatOthersDidIsTold'],
  'says removed what a full disk did not take': ['whatIsToldIsOnTheDisk'],
  'says removed before the disk has it': ['whatIsToldIsOnTheDisk'],
  'reverses what was paid since it was decided': ['paidSinceAsks'],
  'tells of several changes elsewhere the first only': ['whatOthersDidIsTold'],
  'takes a capture that only a person called done for made': ['whatShowsIsNotSentAgain', 'atMostOnce'],
  'offers to send once more what Dojo shows by now': ['whatShowsIsNotSentAgain'],
};
