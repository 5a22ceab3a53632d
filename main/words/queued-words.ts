import type { HeldUpBy } from '../core/queue/held-up.ts';

/** What keeps all that is queued, or all of one operation, where it is until something else has changed. */
export type StandsStillBy = Extract<HeldUpBy, 'no-key' | 'key-refused' | 'no-version' | 'paused' | 'disk' | 'operation'> | 'no-connection';

/** Said on each row that is queued, so in few words: the header and a notice say the rest. */
export const WHY_QUEUED: Readonly<Record<StandsStillBy, string>> = {
  'no-key': 'Tillside is not connected to Dojo. It is sent when it is.',
  'key-refused': 'Dojo does not accept the API key. It is sent when that is mended.',
  'no-version': 'Dojo answers in no API version that Tillside knows. It is sent when it does.',
  paused: 'The queue is paused. It is sent when somebody presses Go on.',
  disk: 'Nothing can be written down on this PC. It is sent when it can be.',
  operation: 'Dojo does not allow this key to do that. It is sent when that is allowed.',
  'no-connection': 'There is no connection. It is sent when it is back.',
};
