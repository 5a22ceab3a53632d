import type { StateWords } from '../words.ts';
import type { ReportLine, TakeOutcome } from './run-report.ts';

/** What became of a take, as its row says it. Only `Taken` claims money, and only Dojo's word makes it so. */
export const OUTCOME_WORDS: Readonly<Record<TakeOutcome, StateWords>> = {
  waiting: { text: 'Queued', tone: 'blue', shape: 'clock', certainty: 'promised' },
  sending: { text: 'Sending', tone: 'blue', shape: 'up', certainty: 'promised' },
  checking: { text: 'Checking with Dojo', tone: 'amber', shape: 'magnifier', certainty: 'unknown' },
  'needs-person': { text: 'Needs you', tone: 'amber', shape: 'person', certainty: 'unknown' },
  taking: { text: 'Capturing…', tone: 'blue', shape: 'arc', certainty: 'promised' },
  taken: { text: 'Captured', tone: 'teal', shape: 'tick', certainty: 'confirmed' },
  'settled-done': { text: 'Done, a person settled it', tone: 'grey', shape: 'tick', certainty: 'confirmed' },
  declined: { text: 'Declined by the bank, nothing captured', tone: 'amber', shape: 'bang', certainty: 'confirmed' },
  failed: { text: 'Failed, nothing captured', tone: 'amber', shape: 'stop', certainty: 'confirmed' },
  refused: { text: 'Refused', tone: 'amber', shape: 'stop', certainty: 'confirmed' },
  'too-late': { text: 'Too late', tone: 'grey', shape: 'late', certainty: 'confirmed' },
  withdrawn: { text: 'Removed', tone: 'grey', shape: 'dash', certainty: 'confirmed' },
};

export const LINE_WORDS: Readonly<Record<ReportLine, string>> = {
  taken: 'Captured',
  taking: 'Capturing, the bank has not answered yet',
  'settled-done': 'Done, settled by a person',
  declined: 'Declined by the bank, or failed',
  refused: 'Refused by Dojo',
  'too-late': 'Too late',
  withdrawn: 'Removed',
  unsettled: 'Not settled yet',
};
