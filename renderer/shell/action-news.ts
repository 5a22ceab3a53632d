import type { ActionView } from '../../preload/contract.ts';
import { actionTold, type ToldAt } from '../queue/action-in-words.ts';
import type { ActionThen, ToastTone } from '../toasts.ts';
import { actionWords } from '../words.ts';

/** `of`: the action, where that is said until it has been seen to. */
export type News = Readonly<{ text: string; tone: ToastTone; of: ActionThen | null }>;

const isTrouble = ({ state, tooLate, willBeLate }: ActionView): boolean =>
  state === 'refused' || state === 'expired' || state === 'needsPerson' || tooLate || willBeLate;
/** Main's notice says it, and stays until it is seen. */
const isSaidByNotice = ({ captureStatus, state, code, cameTwice, untilSeen }: ActionView): boolean =>
  cameTwice || untilSeen || captureStatus === 'Declined' || captureStatus === 'Failed' || (state === 'needsPerson' && (code === 'moved' || code === 'new-key'));

/** What the page has heard of actions. */
export type Heard = Readonly<{
  actions: readonly ActionView[];
  /** Met with something to say, before the till's answer could tell that they were taken here. */
  unsaid: ReadonlySet<string>;
  /** Taken here and met: they come back with their account, and are no news then. */
  met: ReadonlySet<string>;
}>;

/** What the page starts with is no news, nor is what was taken here before the till was connected anew. */
export const heardAtFirst = (actions: readonly ActionView[], takenHere: ReadonlySet<string>): Heard => ({ actions, unsaid: new Set(), met: takenHere });

/**
 * What is worth saying about the actions that changed: what Dojo has confirmed, and what is not known. What is only promised was said
 * when it was decided. An end-of-day run says it on its own page and in its report: of its actions only what needs a person is said.
 *
 * `takenHere`: the ids of the actions that were decided on this page. One of them may have ended before the page meets it: its end is said
 * all the same. Others that come ended are old, or another page's.
 */
export function newsOf(heard: Heard, after: readonly ActionView[], takenHere: ReadonlySet<string>, at: ToldAt): { news: readonly News[]; heard: Heard } {
  const known = new Map(heard.actions.map((action) => [action.id, action]));
  const unsaid = new Set(heard.unsaid);
  const met = new Set(heard.met);
  const news = after.flatMap((action) => {
    const { id } = action;
    const previous = known.get(id);
    const isNewHere = takenHere.has(id) && !met.has(id);
    if (isNewHere) met.add(id);
    const said = saidOf(action, isNewHere && unsaid.has(id) ? undefined : previous, at);
    if (said === null) return [];
    if (previous === undefined && !isNewHere) {
      if (!takenHere.has(id)) unsaid.add(id);
      return [];
    }
    unsaid.delete(id);
    return [said];
  });
  return { news, heard: { actions: after, unsaid, met } };
}

/** What to say of an action that was `previous` before; undefined: nothing was said of it yet. */
function saidOf(action: ActionView, previous: ActionView | undefined, at: ToldAt): News | null {
  if (previous === action || (action.runId !== null && action.state !== 'needsPerson') || isSaidByNotice(action)) return null;
  // It was said to be on its way.
  if (action.timeDoubted && !previous?.timeDoubted)
    return { text: `${actionTold(action, at)}: queued. It waits until Tillside is sure of the time.`, tone: 'news', of: null };
  const words = actionWords(action);
  if (words.certainty === 'promised' || (previous && words.text === actionWords(previous).text)) return null;
  const trouble = isTrouble(action);
  const said = `${actionTold(action, at)}: ${words.text.charAt(0).toLowerCase()}${words.text.slice(1)}.`;
  const why = trouble && action.message ? ` ${action.message}` : '';
  return { text: `${said}${why}`, tone: trouble ? 'problem' : 'news', of: trouble ? { id: action.id, state: action.state } : null };
}
