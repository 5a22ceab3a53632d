import { describe, expect, it } from 'vitest';
import { ACTION_STATES, type Connection, PAYMENT_STATES } from '../../preload/contract.ts';
import { dayStarts } from '../../renderer/settings/day-start.ts';
import { clockWords } from '../../renderer/shell/clock-words.ts';
import { lineWords } from '../../renderer/shell/line-words.ts';
import { actionTitle, actionWords, cardWords, paymentWords } from '../../renderer/words.ts';
import { connectionView } from './connection-builder.ts';
import { actionView, paymentView } from './view-builders.ts';

describe('a payment’s state in words', () => {
  const money = { totalMinor: 4200, takenMinor: 2000, leftMinor: 4200, refundedMinor: 500, captureMode: 'Manual' } as const;
  it.each([
    ['not-paid', 'Unpaid'],
    ['on-hold', 'On hold · £42.00 to capture'],
    ['part-taken', '£20.00 of £42.00 captured'],
    ['taking', 'Capturing…'],
    ['paid', 'Captured'],
    ['undone', 'Released: the customer is not charged'],
    ['refunded', 'Refunded'],
    ['part-refunded', '£5.00 of £20.00 refunded'],
    ['cancelled', 'Cancelled before payment'],
    ['capture-declined', 'Declined by the bank, nothing captured'],
    ['capture-failed', 'Failed, nothing captured'],
  ] as const)('%s: %s', (state, text) => {
    expect(paymentWords(paymentView({ ...money, state })).text).toBe(text);
  });

  it('is Paid for what was taken as the customer paid', () => {
    expect(paymentWords(paymentView({ state: 'paid', captureMode: 'Auto' })).text).toBe('Paid');
  });

  it('is Dojo’s own word for a status added later', () => {
    expect(paymentWords(paymentView({ state: 'unknown', status: 'Frozen' }))).toMatchObject({ text: 'Frozen', certainty: 'unknown' });
  });

  it('has a shape of its own for every state', () => {
    const shapes = PAYMENT_STATES.map((state) => paymentWords(paymentView({ state })).shape);
    expect(new Set(shapes).size).toBe(PAYMENT_STATES.length);
  });
});

describe('an action’s state in words', () => {
  it.each([
    ['waiting', 'Queued', 'promised'],
    ['sending', 'Sending', 'promised'],
    ['checking', 'Checking with Dojo', 'unknown'],
    ['done', 'Done', 'confirmed'],
    ['refused', 'Refused', 'confirmed'],
    ['expired', 'Too late', 'confirmed'],
    ['withdrawn', 'Removed', 'confirmed'],
    ['needsPerson', 'Needs you', 'unknown'],
  ] as const)('%s: %s, %s', (state, text, certainty) => {
    expect(actionWords(actionView({ state, kind: 'refund' }))).toMatchObject({ text, certainty });
  });

  it('says Too late as soon as it is, and before where that is certain', () => {
    expect(actionWords(actionView({ state: 'waiting', tooLate: true }))).toMatchObject({ text: 'Too late', certainty: 'unknown' });
    expect(actionWords(actionView({ state: 'waiting', timeDoubted: true }))).toMatchObject({ text: 'Queued until the time is sure', certainty: 'promised' });
    expect(actionWords(actionView({ state: 'waiting', willBeLate: true }))).toMatchObject({ text: 'Will be too late', certainty: 'unknown' });
  });

  it('has a shape of its own for every state', () => {
    const shapes = ACTION_STATES.map((state) => actionWords(actionView({ state, kind: 'refund' })).shape);
    expect(new Set(shapes).size).toBe(ACTION_STATES.length);
  });

  it.each([
    ['Created', 'Capturing…', 'promised'],
    ['Successful', 'Captured', 'confirmed'],
    ['Declined', 'Declined by the bank, nothing captured', 'confirmed'],
    ['Failed', 'Failed, nothing captured', 'confirmed'],
    ['Pending', 'Pending', 'unknown'],
    [null, 'Capturing…', 'promised'],
  ])('a capture that Dojo took and the bank calls %s: %s', (captureStatus, text, certainty) => {
    expect(actionWords(actionView({ state: 'done', kind: 'capture', captureStatus }))).toMatchObject({ text, certainty });
  });

  it('says no more of a capture than is known, where its outcome is not shown', () => {
    const done = actionView({ state: 'done', kind: 'capture', captureStatus: null });
    expect(actionWords({ ...done, outcomeShown: false })).toMatchObject({ text: 'Sent, outcome not shown', certainty: 'unknown' });
    expect(actionWords({ ...done, code: 'settled-happened' })).toMatchObject({ text: 'Captured, as a person found', certainty: 'unknown' });
  });

  it('is not called refused or done where a person said so, or Dojo only shows no trace', () => {
    const ended = (state: 'done' | 'refused', code: string) => actionWords(actionView({ kind: 'refund', state, code })).text;
    expect(ended('refused', 'settled-not')).toBe('Not done, as a person found');
    expect(ended('refused', 'gave-up')).toBe('Not done, as far as Dojo shows');
    expect(ended('done', 'settled-happened')).toBe('Done, as a person found');
    expect(ended('refused', 'refused')).toBe('Refused');
  });

  it('has a title with its amount and tips', () => {
    expect(actionTitle(actionView({ kind: 'capture', amountMinor: 2000, tipsMinor: 250 }))).toBe('Capture £20.00 + £2.50 tips');
    expect(actionTitle(actionView({ kind: 'reverse', amountMinor: null, tipsMinor: 0 }))).toBe('Reversal');
    expect(actionTitle(actionView({ kind: 'reverse', way: 'undo', amountMinor: null, tipsMinor: 0 }))).toBe('Reversal');
    expect(actionTitle(actionView({ kind: 'reverse', way: 'release', amountMinor: null, tipsMinor: 0 }))).toBe('Release');
    expect(actionTitle(actionView({ kind: 'refund', way: 'refund', amountMinor: 500, tipsMinor: 0 }))).toBe('Refund £5.00');
  });
});

describe('the card in words', () => {
  it.each([
    [{ scheme: 'MASTERCARD', last4: '1234' }, 'Mastercard ···· 1234'],
    [{ scheme: 'Visa', last4: null }, 'Visa'],
    [{ scheme: null, last4: '1234' }, '···· 1234'],
    [{ scheme: 'JCB', last4: '1' }, 'JCB ···· 1'],
    [null, ''],
  ])('%j: %s', (card, words) => {
    expect(cardWords(card)).toBe(words);
  });
});

describe('the line in words', () => {
  const asOfMs = Date.parse('2026-11-20T14:32:00Z');
  const askedToWaitUntilMs = asOfMs + 6.5 * 60_000;
  const fullDisk = [{ code: 'disk-full', message: 'The disk of this PC is full.' }];
  const waiting = (count: number) => ({ paused: false, waiting: count, sending: 0, checking: 0, needsPerson: 0 });
  it.each([
    [{ line: 'live' }, 'Live · as of 14:32'],
    [{ line: 'live', refreshing: true }, 'Live · reading from Dojo…'],
    [{ line: 'offline', queue: waiting(2) }, 'Offline, as of 14:32 · 2 actions wait'],
    [{ line: 'offline', queue: waiting(1) }, 'Offline, as of 14:32 · 1 action waits'],
    [{ line: 'offline', asOfMs: null }, 'Offline, nothing read yet'],
    [{ line: 'key-refused' }, 'Key refused, as of 14:32'],
    [{ line: 'connecting', asOfMs: null }, 'Connecting…'],
    [{ line: 'connecting' }, 'Connecting… · as of 14:32'],
    [{ line: 'connecting', unheardSinceMs: asOfMs }, 'No usable answer since 14:32'],
    [{ line: 'connecting', unheardSinceMs: asOfMs, refreshing: true }, 'No usable answer since 14:32'],
    [{ line: 'connecting', unheardSinceMs: asOfMs, queue: waiting(2) }, 'No usable answer since 14:32 · 2 actions wait'],
    [{ line: 'live', askedToWaitUntilMs, queue: waiting(2) }, 'Asked to wait until 14:39, as of 14:32 · 2 actions wait'],
    [{ line: 'connecting', unheardSinceMs: asOfMs, askedToWaitUntilMs }, 'Asked to wait until 14:39, as of 14:32'],
    [{ line: 'live', askedToWaitUntilMs, queue: { ...waiting(2), paused: true } }, 'Queue paused, as of 14:32 · 2 actions wait'],
    [{ line: 'live', askedToWaitWith: ['capture'], queue: waiting(40) }, 'Dojo asks to wait, as of 14:32 · 40 actions wait'],
    [{ line: 'offline', askedToWaitUntilMs }, 'Offline, as of 14:32'],
    [{ line: 'live', notices: fullDisk, queue: waiting(1) }, 'Nothing is sent: the disk, as of 14:32 · 1 action waits'],
    [{ line: 'live', notices: fullDisk, queue: { ...waiting(1), paused: true } }, 'Nothing is sent: the disk, as of 14:32 · 1 action waits'],
    [{ line: 'offline', notices: fullDisk }, 'Offline, as of 14:32'],
    [{ line: 'live', notices: [{ code: 'backup-failed', message: '' }] }, 'Live · as of 14:32'],
  ] satisfies readonly (readonly [Partial<Connection>, string])[])('%j: %s', (differs, text) => {
    expect(lineWords(connectionView({ asOfMs, ...differs }), 'Europe/London', asOfMs + 60_000).text).toBe(text);
  });
});

describe('a wrong clock in words', () => {
  it.each([
    [5 * 60_000, 'This PC’s clock is 5 min ahead.'],
    [-5 * 60_000, 'This PC’s clock is 5 min behind.'],
    [125 * 60_000, 'This PC’s clock is 2 h 5 min ahead.'],
    [-60 * 60_000, 'This PC’s clock is 1 h behind.'],
    [(48 * 60 - 1) * 60_000, 'This PC’s clock is 47 h 59 min ahead.'],
    [48 * 3_600_000, 'This PC’s clock is 2 days ahead.'],
    [-(400 * 24 + 5) * 3_600_000, 'This PC’s clock is 400 days behind.'],
  ])('%d: %s', (aheadMs, words) => {
    expect(clockWords(aheadMs)).toBe(words);
  });
});

describe('the starts of a trading day', () => {
  it('are every half hour, and the one in use', () => {
    expect(dayStarts(0)).toHaveLength(48);
    expect(dayStarts(0)[0]).toEqual({ id: '0', text: '00:00 (midnight)' });
    expect(dayStarts(315).map(({ text }) => text)).toContain('05:15');
  });
});
