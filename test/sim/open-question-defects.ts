import type { Action } from '../../main/core/queue/action.ts';
import { outcome } from '../../main/core/queue/outcome.ts';
import type { step } from '../../main/core/queue/queue.ts';
import type { Defect } from './defects.ts';
import { LET_GO } from './open-questions.ts';
import { given, hearing, leaving, readOf, SAID } from './wider-defects.ts';

/** Deliberate mistakes with what Dojo's documents leave open: a refund that is asked for again, lists that lag behind, what comes late. */

type Intent = Record<string, unknown> & Readonly<{ id?: string; status?: string; captureMode?: string }>;
type Answered = Partial<Intent> & Readonly<{ data?: readonly Intent[] }>;
const answered = (body: string): Answered => {
  try {
    return JSON.parse(body) as Answered;
  } catch {
    return {};
  }
};
/** The intents of an answer, of a list or a single one, each as `change` leaves it. */
const intentsHeard = (change: (intent: Intent) => Intent): Defect =>
  hearing((answer) => {
    const json = answered(answer.body);
    if (json.data) return { ...answer, body: JSON.stringify({ ...json, data: json.data.map(change) }) };
    return json.captureMode ? { ...answer, body: JSON.stringify(change(json)) } : answer;
  });

const noToRepeat = (of: number): Defect =>
  leaving((action, [state, event]) => {
    if (event.type !== 'answered' || event.actionId !== action.id || event.result.ok || event.result.error.status !== of) return action;
    const before = state.actions.get(action.id);
    const isRepeat = before?.state === 'sending' && before.move.kind === 'refund' && before.sends > 1;
    return isRepeat ? { ...action, state: 'refused', outcome: outcome('refused', SAID, { status: of, settledBy: 'answer' }) } : action;
  });

/** Before a refund is sent once more, its first send is taken for as late as this. `sinceMs`: when that was by the monotonic clock, in this run. */
const takingForSent = (firstSentAtMs: (sinceMs: number | undefined, now: Parameters<typeof step>[2]) => number | null): Defect => ({
  step: (real) => (state, event, now) => {
    const action = event.type === 'read' ? state.actions.get(event.actionId) : undefined;
    const atMs = action?.move.kind === 'refund' && action.sends > 0 ? firstSentAtMs(state.firstSentSince.get(action.id), now) : null;
    if (!action || atMs === null) return real(state, event, now);
    const actions = new Map(state.actions).set(action.id, { ...action, firstSentAtMs: atMs });
    const firstSentSince = new Map(state.firstSentSince).set(action.id, now.monotonicMs - (now.nowMs - atMs));
    const next = real({ ...state, actions, firstSentSince, putBackSince: null }, event, now);
    const asItWas = (one: Action): Action => (one.id === action.id && one.sends >= action.sends ? { ...one, firstSentAtMs: action.firstSentAtMs } : one);
    const sinceItWas = [...next.state.firstSentSince].flatMap(([id, sinceMs]) => {
      const wasMs = id === action.id ? state.firstSentSince.get(id) : sinceMs;
      return wasMs === undefined ? [] : [[id, wasMs] as const];
    });
    const kept = new Map([...next.state.actions].map(([id, one]) => [id, asItWas(one)]));
    return {
      state: { ...next.state, actions: kept, firstSentSince: new Map(sinceItWas) },
      effects: next.effects.map((effect) => (effect.type === 'write' ? { ...effect, actions: effect.actions.map(asItWas) } : effect)),
    };
  },
});

export const OPEN_QUESTION_DEFECTS = {
  'takes a 409 to a refund asked again for Dojo’s no': noToRepeat(409),
  'takes a 400 to a refund asked again for Dojo’s no': noToRepeat(400),
  'asks for a refund again however long ago it was sent': takingForSent((_, { nowMs }) => nowMs),
  'counts by the monotonic clock alone how long ago a refund was sent': takingForSent((sinceMs, { nowMs, monotonicMs }) =>
    sinceMs === undefined ? null : nowMs - (monotonicMs - sinceMs),
  ),
  'counts a hold’s end from when it was made, before a send': given((state, event, now) => {
    const read = readOf([state, event, now]);
    if (event.type !== 'read' || read?.payment.captureMode !== 'Manual') return [state, event, now];
    const { payment } = read;
    return [state, { ...event, result: { ok: true, value: { ...payment, paidAtMs: payment.createdAtMs } } }, now];
  }),
  'takes what has no card and time yet for unpaid': intentsHeard((intent) =>
    intent.paymentDetails || (intent.status !== 'Authorized' && intent.status !== 'Captured') ? intent : { ...intent, status: 'Created' },
  ),
  'counts a refund that was let go once more from its last send': {
    step:
      (real) =>
      ({ actions, ...state }, ...of) =>
        real(
          {
            ...state,
            actions: new Map(
              [...actions].map(([id, action]) => [
                id,
                action.move.kind === 'refund' && action.state === 'done' ? { ...action, sentBefore: undefined, decidedFirst: undefined } : action,
              ]),
            ),
          },
          ...of,
        ),
  },
  'leaves Dojo’s total out': hearing((answer) => ({ ...answer, body: answer.body.replaceAll(/"totalAmount":\{[^}]*\},?/g, '') })),
} as const satisfies Record<string, Defect>;

/** What a seed has to have for the defect to show. */
export const OPEN_QUESTION_SHOWN_WITH: Readonly<Record<string, readonly string[]>> = {
  'takes a 409 to a refund asked again for Dojo’s no': ['a refund asked again is answered 409', 'a refund asked again is answered 409 while in progress'],
  'takes a 400 to a refund asked again for Dojo’s no': ['a refund asked again is refused by its limit'],
  'counts a hold’s end from when it was made, before a send': ['hold authorised days after it was created', 'link paid late'],
  'takes what has no card and time yet for unpaid': ['card and time come late'],
  'counts a refund that was let go once more from its last send': [LET_GO],
  'leaves Dojo’s total out': ['a total that differs from its parts'],
};

/** What meets too seldom: every seed is given all of it. */
export const OPEN_QUESTION_PLAYED_WITH: Readonly<Record<string, readonly string[]>> = {
  'asks for a refund again however long ago it was sent': ['shut for a season', 'a refund asked again is answered 200'],
  'takes a refund after Dojo’s date of the payment for one that it cannot show': ['updatedAt stands still', LET_GO],
  'counts by the monotonic clock alone how long ago a refund was sent': [
    'refund key forgotten',
    'a refund asked again is answered 200',
    'nobody tells that the PC woke',
  ],
};

/** The promises of which each breaks one, by their names. */
export const OPEN_QUESTION_BREAKS: Readonly<Record<keyof typeof OPEN_QUESTION_DEFECTS, readonly string[]>> = {
  'takes a 409 to a refund asked again for Dojo’s no': ['notDoneIsNotDone'],
  'takes a 400 to a refund asked again for Dojo’s no': ['notDoneIsNotDone'],
  'asks for a refund again however long ago it was sent': ['atMostOnce'],
  'counts by the monotonic clock alone how long ago a refund was sent': ['atMostOnce'],
  'counts a hold’s end from when it was made, before a send': ['expiredWasTooLate'],
  'takes what has no card and time yet for unpaid': ['toThePenny', 'elsewhereWasElsewhere'],
  'counts a refund that was let go once more from its last send': ['atMostOnce', 'whatOthersDidIsTold'],
  'leaves Dojo’s total out': ['toThePenny', 'takenIsTaken'],
};
