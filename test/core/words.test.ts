import { expect, it } from 'vitest';
import type { Payment } from '../../main/core/payment/payment.ts';
import type { Move } from '../../main/core/queue/action.ts';
import { never } from '../../main/core/result.ts';
import { checkingInWords, refusedInWords, words } from '../../main/core/words.ts';
import { aCapture, aFailure, aHold, anAction } from '../builders.ts';

it('a lost answer is told apart from a repeat that was refused', () => {
  const READS = 'Tillside reads the payment to find out; it does not send again blindly.';
  expect(checkingInWords(aFailure()).message).toBe(`It was sent. Dojo did not answer in time. ${READS}`);
  expect(checkingInWords(aFailure({ kind: 'refused', status: 409 })).message).toBe(
    `It was sent again and Dojo refused it, perhaps because it was done before. ${READS}`,
  );
});

it('Dojo’s no to a reading is told apart from its no to the move', () => {
  const conflict = aFailure({ kind: 'refused', status: 409, cause: 'http-409' });
  expect(refusedInWords(anAction(), conflict, 'read').message).not.toBe(refusedInWords(anAction(), conflict, 'move').message);
});

it.each([
  ['nothing-left', 'The payment changed in the meantime. So it is. Nothing was sent.'],
  ['undone', 'The payment changed in the meantime. So it is. Nothing was sent.'],
  ['hold-ended', 'So it is. Nothing was sent.'],
  ['day-over', 'So it is. Nothing was sent.'],
  ['promised', 'So it is. Nothing was sent.'],
  ['tips-not-allowed', 'So it is. Nothing was sent.'],
] as const)('what the rules closed before the send (%s) says that the payment changed only where it did', (code, message) => {
  expect(words.closed(anAction(), { code, message: 'So it is.' }).message).toBe(message);
});

it('where tips cannot stand beside the amount, what to do does not lose them', () => {
  const next = (code: 'tips-in-amount' | 'tips-not-allowed') => words.closed(anAction(), { code, message: 'So it is.' }).next;
  expect(next('tips-in-amount')).toBe('Capture amount and tips together as one amount.');
  expect(next('tips-not-allowed')).toBe('Leave the tips out.');
});

it('what a person noted when it was settled is quoted, and nothing where nothing was noted', () => {
  expect(words.settledHappened('Seen in Dojo').message).toBe('A person settled it: it was done. “Seen in Dojo”');
  expect(words.settledHappened('').message).toBe('A person settled it: it was done.');
  expect(words.settledNot('').message).toBe('A person settled it: it was not done.');
});

const wholeCapture = (status: string) => ({ status, captures: [aCapture({ amountMinor: 4200, status })] });
it.each<readonly [Move, Partial<Payment>, string]>([
  [{ kind: 'capture', amount: 4200 }, wholeCapture('Created'), 'being captured'],
  [{ kind: 'capture', amount: 4200 }, wholeCapture('Successful'), 'captured'],
  [
    { kind: 'capture', amount: 4200 },
    { captures: [...wholeCapture('Successful').captures, aCapture({ id: 'cp_2', amountMinor: 1, status: 'Created' })] },
    'being captured',
  ],
  [{ kind: 'reverse' }, { status: 'Reversed' }, 'released'],
  [{ kind: 'reverse' }, { status: 'Reversed', captureMode: 'Auto' }, 'reversed'],
  [{ kind: 'refund', amount: 100 }, { status: 'Reversed', captureMode: 'Auto' }, 'reversed'],
  [{ kind: 'refund', amount: 4200 }, { status: 'Refunded', refundedMinor: 4200 }, 'refunded'],
  [{ kind: 'cancel' }, { status: 'Canceled' }, 'cancelled'],
  [{ kind: 'setAmount', amount: 4200 }, { status: 'Created' }, 'done'],
  [{ kind: 'setTips', amount: 0 }, { status: 'Authorized' }, 'done'],
])('of what has nothing left to send it is said what Dojo shows: %j on %j', (move, shown, said) => {
  expect(words.doneByNow(anAction({ move, outcome: null }), aHold(shown)).message).toBe(`Dojo shows it ${said} by now: nothing is left to send.`);
});

it('a case that the types rule out is loud when it comes all the same', () => {
  expect(() => never('surprise' as never)).toThrow('expected no other case, got "surprise"');
});
