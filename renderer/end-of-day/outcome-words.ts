import type { StateWords } from '../words.ts';
import type { ReportLine, TakeOutcome } from './run-report.ts';

/** What became of a capture, as its row says it. Only `Captured` claims money, and only Dojo's word makes it so. */
const OUTCOME_WORDS: Readonly<Record<TakeOutcome, StateWords>> = {
  waiting: { text: 'Queued', tone: 'blue', shape: 'clock', certainty: 'promised' },
  behind: { text: 'Queued, waits for you', tone: 'amber', shape: 'clock', certainty: 'promised' },
  sending: { text: 'Sending', tone: 'blue', shape: 'up', certainty: 'promised' },
  checking: { text: 'Checking with Dojo', tone: 'amber', shape: 'magnifier', certainty: 'unknown' },
  'needs-person': { text: 'Needs you', tone: 'amber', shape: 'person', certainty: 'unknown' },
  taking: { text: 'Capturing…', tone: 'blue', shape: 'arc', certainty: 'promised' },
  taken: { text: 'Captured', tone: 'teal', shape: 'tick', certainty: 'confirmed' },
  'not-shown': { text: 'Sent, outcome not shown', tone: 'grey', shape: 'question', certainty: 'unknown' },
  'settled-done': { text: 'Captured, as a person found', tone: 'grey', shape: 'tick', certainty: 'unknown' },
  declined: { text: 'Declined by the bank, nothing captured', tone: 'amber', shape: 'bang', certainty: 'confirmed' },
  failed: { text: 'Failed, nothing captured', tone: 'amber', shape: 'stop', certainty: 'confirmed' },
  refused: { text: 'Refused', tone: 'amber', shape: 'stop', certainty: 'confirmed' },
  'too-late': { text: 'Too late', tone: 'grey', shape: 'late', certainty: 'confirmed' },
  withdrawn: { text: 'Removed', tone: 'grey', shape: 'dash', certainty: 'confirmed' },
};

/** `capturedMinor`: what Dojo shows captured of its payment, whoever did it. Beside that nothing is called *nothing captured*. */
export function outcomeWords(outcome: TakeOutcome, capturedMinor: number): StateWords {
  const words = OUTCOME_WORDS[outcome];
  if (capturedMinor === 0 || (outcome !== 'declined' && outcome !== 'failed')) return words;
  return { ...words, text: outcome === 'declined' ? 'Declined by the bank' : 'Failed' };
}

export const LINE_WORDS: Readonly<Record<ReportLine, string>> = {
  taken: 'Captured',
  taking: 'Still with the bank',
  'not-shown': 'Sent, outcome not shown',
  'settled-done': 'Captured, as a person found',
  declined: 'Declined by the bank, or failed',
  refused: 'Refused or not done',
  'too-late': 'Too late',
  withdrawn: 'Removed',
  unsettled: 'Not settled yet',
};
