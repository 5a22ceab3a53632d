import type { StateWords } from '../words.ts';
import type { ReportLine, TakeOutcome } from './run-report.ts';

/** What became of a take, as its row says it. Only `Taken` claims money, and only Dojo's word makes it so. */
export const OUTCOME_WORDS: Readonly<Record<TakeOutcome, StateWords>> = {
  waiting: { text: 'Waiting', tone: 'blue', shape: 'clock', certainty: 'promised' },
  sending: { text: 'Sending', tone: 'blue', shape: 'up', certainty: 'promised' },
  checking: { text: 'Checking with Dojo', tone: 'amber', shape: 'magnifier', certainty: 'unknown' },
  'needs-person': { text: 'Needs a person', tone: 'amber', shape: 'person', certainty: 'unknown' },
  taking: { text: 'Taking…', tone: 'blue', shape: 'arc', certainty: 'promised' },
  taken: { text: 'Taken', tone: 'teal', shape: 'tick', certainty: 'confirmed' },
  'settled-done': { text: 'Done, a person settled it', tone: 'grey', shape: 'tick', certainty: 'confirmed' },
  declined: { text: 'Refused by the bank, nothing taken', tone: 'amber', shape: 'bang', certainty: 'confirmed' },
  failed: { text: 'Did not go through, nothing taken', tone: 'amber', shape: 'stop', certainty: 'confirmed' },
  refused: { text: 'Refused', tone: 'amber', shape: 'stop', certainty: 'confirmed' },
  'too-late': { text: 'Too late', tone: 'grey', shape: 'late', certainty: 'confirmed' },
  withdrawn: { text: 'Withdrawn', tone: 'grey', shape: 'dash', certainty: 'confirmed' },
};

export const LINE_WORDS: Readonly<Record<ReportLine, string>> = {
  taken: 'Taken',
  taking: 'Being taken, the bank has not said yet',
  'settled-done': 'Done, settled by a person',
  declined: 'Refused by the bank or did not go through',
  refused: 'Refused by Dojo',
  'too-late': 'Too late',
  withdrawn: 'Withdrawn',
  unsettled: 'Not settled yet',
};
