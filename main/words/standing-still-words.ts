import type { Action } from '../core/queue/action.ts';
import type { HeldUpBy } from '../core/queue/held-up.ts';
import { type Note, named } from './aftermath-words.ts';

/** What keeps actions from being sent until somebody does something about it. */
export type NeedsSomebody = Extract<HeldUpBy, 'key-refused' | 'no-version' | 'disk' | 'operation'>;

const WHY: Readonly<Record<NeedsSomebody, string>> = {
  'key-refused': 'Dojo does not accept the API key. Mend it, and they are sent by themselves',
  'no-version': 'Dojo answers in no API version that Tillside knows. Look at what Tillside says about it',
  disk: 'Nothing can be written down on this PC. Look at what Tillside says about the disk',
  operation: 'Dojo does not allow this key to do that. Ask who made the key, or use another',
};

/** For a notification, where nobody looks. `actions`: those that wait, one at least. */
export const standsStillInWords = (by: NeedsSomebody, actions: readonly Action[]): Note => ({
  title: actions.length === 1 ? 'An action stands still' : `${actions.length} actions stand still`,
  body: `${named(actions)}: none of it is sent. ${actions.length === 1 ? WHY[by].replace('they are sent by themselves', 'it is sent by itself') : WHY[by]}.`,
});
