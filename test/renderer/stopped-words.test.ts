import { describe, expect, it } from 'vitest';
import { againKinds, againTitle, againWords, notAgainWords, sendWords, stoppedWords, tryingWords, tryWords } from '../../renderer/shell/stopped-words.ts';
import { actionView } from './view-builders.ts';

describe('what is said of an operation that the key may not do', () => {
  it.each([
    [5, 3, '5 wait, 3 were refused: nothing moved. Ask who made the key, or use another.'],
    [1, 1, '1 waits, 1 was refused: nothing moved. Ask who made the key, or use another.'],
    [0, 2, '2 were refused: nothing moved. Ask who made the key, or use another.'],
    [2, 0, '2 wait: nothing moved. Ask who made the key, or use another.'],
    [0, 0, 'Nothing moved. Ask who made the key, or use another.'],
  ])('%i waiting, %i refused', (waiting, refused, words) => expect(stoppedWords(waiting, refused)).toBe(words));

  it.each([
    [8, 0, 'Try the 8 again'],
    [1, 0, 'Try it again'],
    [8, 4, 'Try all 12 again'],
    [0, 1, 'Try it again'],
    [0, 0, 'Try again'],
  ])('one press for %i waiting and %i refused', (waiting, refused, words) => expect(tryWords(waiting, refused)).toBe(words));

  it('what only waits is tried, and queued is what was refused', () => {
    expect(tryingWords(0)).toBe('Trying…');
    expect(tryingWords(3)).toBe('Queueing…');
  });

  const unknown = () => undefined;

  it('the second press says what goes and how much of each currency', () => {
    const refund = (amountMinor: number, currency = 'GBP') => actionView({ kind: 'refund', way: 'refund', amountMinor, currency });
    expect(sendWords('refund', [refund(500), refund(700), refund(300, 'EUR')], unknown)).toBe('Yes, refund 3: £12.00 and €3.00');
    expect(sendWords('capture', [actionView({ amountMinor: 4200, tipsMinor: 300 })], unknown)).toBe('Yes, capture 1: £45.00');
    const known = (paymentId: string) => (paymentId === 'pi_1' ? 2200 : paymentId === 'pi_2' ? 1800 : undefined);
    const reverse = (paymentId: string, way: 'release' | 'undo') => actionView({ kind: 'reverse', paymentId, way, amountMinor: null });
    const both = [reverse('pi_1', 'release'), reverse('pi_2', 'undo')];
    expect(sendWords('reverse', both, known)).toBe('Yes, release or reverse 2: £40.00');
    expect(sendWords('reverse', [reverse('pi_2', 'undo')], known)).toBe('Yes, reverse 1: £18.00');
    expect(sendWords('reverse', [...both, reverse('pi_3', 'undo')], known)).toBe('Yes, release or reverse 3');
    expect(sendWords('reverse', both, unknown)).toBe('Yes, release or reverse 2');
  });

  it.each(['cancel', 'setAmount', 'setTips', 'sendReceipt'] as const)('of %s nothing leaves: one press is enough', (kind) => {
    expect(sendWords(kind, [actionView({ kind, amountMinor: null })], unknown)).toBeNull();
  });

  it('where nothing waits and nothing was refused, nothing goes: one press is enough', () => expect(sendWords('refund', [], unknown)).toBeNull());

  it('names what could not be decided again, the first two of it', () => {
    const said = (...messages: string[]) => notAgainWords(messages.map((message, nth) => ({ actionId: `a${nth}`, message })));
    expect(said()).toBeNull();
    expect(said('Table 1: It is released.')).toBe('1 was not decided again. Table 1: It is released.');
    expect(said('One.', 'Two.', 'Three.')).toBe('3 were not decided again. One. Two. And 1 more.');
  });

  const refused = (nth: number, differs: Parameters<typeof actionView>[0] = {}) =>
    actionView({ id: `a${nth}`, paymentId: `pi_${nth}`, kind: 'refund', state: 'refused', keyMayNot: true, decidableAgain: true, ...differs });

  it('what is left refused when nothing is stopped any more can be decided again, from three payments on', () => {
    expect(againKinds([refused(1), refused(2), refused(3)], [])).toEqual(['refund']);
    expect(`${againTitle('refund')} ${againWords(3)}`).toBe('Dojo did not allow the key some refunds. 3 were refused: nothing moved.');
    expect(againKinds([refused(1), refused(2), refused(3)], ['refund'])).toEqual([]);
    expect(againKinds([refused(1), refused(2)], [])).toEqual([]);
    expect(againKinds([refused(1), refused(2), refused(3, { paymentId: 'pi_1' })], [])).toEqual([]);
    expect(againKinds([refused(1), refused(2), refused(3, { decidableAgain: false })], [])).toEqual([]);
    expect(againKinds([refused(1), refused(2), refused(3, { otherAccount: true })], [])).toEqual([]);
  });
});
