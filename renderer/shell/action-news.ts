import type { ActionView } from '../../preload/contract.ts';
import { referenceInWords } from '../reference.ts';
import type { ToastTone } from '../toasts.ts';
import { actionTitle, actionWords } from '../words.ts';

export type News = Readonly<{ text: string; tone: ToastTone }>;

const isTrouble = ({ state, tooLate, willBeLate }: ActionView): boolean =>
  state === 'refused' || state === 'expired' || state === 'needsPerson' || tooLate || willBeLate;
/** Main's notice says it, and stays until it is seen. */
const isSaidByNotice = ({ captureStatus, state, code }: ActionView): boolean =>
  captureStatus === 'Declined' || captureStatus === 'Failed' || (state === 'needsPerson' && (code === 'moved' || code === 'new-key'));

/**
 * What is worth saying about the actions that changed: what Dojo has confirmed, and what is not known. What is only promised was said
 * when it was decided. An end-of-day run says it on its own page and in its report: of its actions only what needs a person is said.
 */
export function newsOf(before: readonly ActionView[], after: readonly ActionView[]): News[] {
  if (before === after) return [];
  const known = new Map(before.map((action) => [action.id, action]));
  return after.flatMap((action) => {
    const previous = known.get(action.id);
    if (!previous || previous === action || (action.runId !== null && action.state !== 'needsPerson') || isSaidByNotice(action)) return [];
    const words = actionWords(action);
    if (words.certainty === 'promised' || words.text === actionWords(previous).text) return [];
    const trouble = isTrouble(action);
    const said = `${actionTitle(action)} of ${referenceInWords(action.reference)}: ${words.text.charAt(0).toLowerCase()}${words.text.slice(1)}.`;
    const why = trouble && action.message ? ` ${action.message}` : '';
    return [{ text: `${said}${why}`, tone: trouble ? 'problem' : 'news' }];
  });
}
