import type { Action } from '../../main/core/queue/action.ts';
import { outcome } from '../../main/core/queue/outcome.ts';
import type { Defect } from './defects.ts';
import { given, hearing, leaving, SAID } from './wider-defects.ts';

/** Deliberate mistakes with answers of Dojo's that leave something out, or say what is not so. */

/** Dojo said of its payment that there is none, while the till looked what had become of the action. */
const wasUnknown = (action: Action, [state, event]: Parameters<Parameters<typeof leaving>[0]>[1]): boolean =>
  event.type === 'read' &&
  event.actionId === action.id &&
  !event.result.ok &&
  event.result.error.status === 404 &&
  state.actions.get(action.id)?.state === 'checking';

type Listed = { captures?: { id?: unknown }[] | null };
const withCaptures = (body: string, change: (captures: { id?: unknown }[]) => { id?: unknown }[]): string => {
  try {
    const json = JSON.parse(body) as Listed & { data?: Listed[] };
    for (const one of json.data ?? [json]) if (one.captures) one.captures = change(one.captures);
    return JSON.stringify(json);
  } catch {
    return body;
  }
};

export const ODD_ANSWER_DEFECTS = {
  'takes the time of whichever server answered': given((state, event, now) => [
    state,
    event,
    event.type === 'read' && event.dojoAtMs !== null ? { ...now, nowMs: event.dojoAtMs } : now,
  ]),
  'takes a 404 to a look for Dojo’s no': leaving((action, of) =>
    wasUnknown(action, of) ? { ...action, state: 'refused', outcome: outcome('refused', SAID, { status: 404, settledBy: 'evidence' }) } : action,
  ),
  'takes a 404 to a look for a cancellation': leaving((action, of) =>
    wasUnknown(action, of) && action.move.kind === 'cancel' ? { ...action, state: 'done', outcome: outcome('done', SAID, { settledBy: 'evidence' }) } : action,
  ),
  'takes a yes without an id for none': hearing((answer, request) =>
    request.movesMoney && answer.status === 200
      ? {
          ...answer,
          body: answer.body.replace(/"(captureId|reversalId|refundId)":null/, '"nothing":null').replace(/"paymentIntentId":"[^"]*",(?!"refundId")/, ''),
        }
      : answer,
  ),
  'leaves out a capture that has no id': hearing((answer) => ({
    ...answer,
    body: withCaptures(answer.body, (captures) => captures.filter(({ id }) => id)),
  })),
  'cannot read a payment with a capture that has no id': hearing((answer) => ({
    ...answer,
    body: withCaptures(answer.body, (captures) => captures.map((capture) => (capture.id ? capture : { ...capture, id: {} }))),
  })),
  'takes a refund after Dojo’s date of the payment for one that it cannot show': given((state, event, now) => {
    const undated = (action: Action): Action =>
      action.move.kind === 'refund' && action.state === 'done' && action.baseline ? { ...action, baseline: { ...action.baseline, updatedAtMs: -1 } } : action;
    return [{ ...state, actions: new Map([...state.actions].map(([id, action]) => [id, undated(action)])) }, event, now];
  }),
  'believes no reading that Dojo dates as the one before': {
    http: (http) => {
      const kept = new Map<string, string>();
      return {
        request: async (request) => {
          const answer = await http.request(request);
          if (answer.kind !== 'answered' || answer.status !== 200 || request.method !== 'GET') return answer;
          const dated = `${request.url} ${/"updatedAt":"[^"]*"/.exec(answer.body)?.[0]}`;
          const body = kept.get(dated) ?? answer.body;
          kept.set(dated, body);
          return { ...answer, body };
        },
      };
    },
  },
} as const satisfies Record<string, Defect>;

/** What a seed has to have for the defect to show. */
export const ODD_SHOWN_WITH: Readonly<Record<string, readonly string[]>> = {
  'takes the time of whichever server answered': ['one of several servers is hours off'],
  'takes a 404 to a look for Dojo’s no': ['404 to one of the looks', '404 to one payment, looks'],
  'takes a 404 to a look for a cancellation': ['404 to one of the looks', '404 to one payment, looks'],
  'takes a yes without an id for none': ['ids left out of answers'],
  'leaves out a capture that has no id': ['ids left out of lists'],
  'cannot read a payment with a capture that has no id': ['ids left out of lists'],
  'believes no reading that Dojo dates as the one before': ['updatedAt stands still'],
};

/** The promises of which each breaks one, by their names. */
export const ODD_BREAKS: Readonly<Record<keyof typeof ODD_ANSWER_DEFECTS, readonly string[]>> = {
  'takes the time of whichever server answered': ['notTooEarlyEither', 'expiredWasTooLate', 'neverTooLate'],
  'takes a 404 to a look for Dojo’s no': ['notDoneIsNotDone'],
  'takes a 404 to a look for a cancellation': ['doneIsDone'],
  'takes a yes without an id for none': ['yesIsBelieved'],
  'leaves out a capture that has no id': ['notDoneIsNotDone', 'atMostOnce'],
  'cannot read a payment with a capture that has no id': ['toThePenny'],
  'takes a refund after Dojo’s date of the payment for one that it cannot show': ['anotherDidItSince'],
  'believes no reading that Dojo dates as the one before': ['notDoneIsNotDone'],
};
