import type { Connection } from '../../preload/contract.ts';

/** A live line with nothing waiting. */
export const connectionView = (differs: Partial<Connection> = {}): Connection => ({
  mode: 'live',
  accountId: 'account',
  keyLast4: '•••• 1234',
  thisRunOnly: false,
  line: 'live',
  asOfMs: 1_000,
  unheardSinceMs: null,
  refreshing: false,
  clockAheadMs: null,
  queue: { paused: false, waiting: 0, sending: 0, checking: 0, needsPerson: 0 },
  notices: [],
  stoppedOperations: [],
  askedToWaitUntilMs: null,
  askedToWaitWith: [],
  training: null,
  canKeepKey: true,
  otherAccountsWaiting: 0,
  ...differs,
});
