import { describe, expect, it } from 'vitest';
import { openInWords as inMain } from '../../main/words/open-in-words.ts';
import type { Connection } from '../../preload/contract.ts';
import { actionInWords, actionSpoken, actionTold, paymentFacts, sendConfirmed } from '../../renderer/queue/action-in-words.ts';
import { evidenceFacts } from '../../renderer/queue/evidence-facts.ts';
import { whyQueueWaits } from '../../renderer/queue/why-waits.ts';
import { openInWords as onThePage } from '../../renderer/settings/open-in-words.ts';
import { LONDON, NOON_MS } from '../builders.ts';
import { connectionView } from './connection-builder.ts';
import { actionView } from './view-builders.ts';

describe('an action in words', () => {
  it.each([
    ['a capture', actionView({ amountMinor: 2000 }), 'Capture £20.00 of Table 12'],
    ['a capture with tips', actionView({ amountMinor: 2000, tipsMinor: 300 }), 'Capture £20.00 + £3.00 tips of Table 12'],
    ['an undo', actionView({ kind: 'reverse', amountMinor: null }), 'Reversal of Table 12'],
    ['one without a reference', actionView({ kind: 'refund', amountMinor: 500, reference: '' }), 'Refund £5.00 of a payment without a reference'],
  ])('%s', (_, action, expected) => {
    expect(actionInWords(action)).toBe(expected);
  });
});

it.each([
  ['a capture', actionView({ amountMinor: 2000 }), 'Yes, send £20.00'],
  ['a capture with tips', actionView({ amountMinor: 2000, tipsMinor: 300 }), 'Yes, send £23.00'],
  ['a refund', actionView({ kind: 'refund', amountMinor: 500 }), 'Yes, send £5.00'],
  ['a reversal', actionView({ kind: 'reverse', amountMinor: null }), 'Yes, send it'],
  ['a new amount', actionView({ kind: 'setAmount', amountMinor: 900 }), 'Yes, send it'],
])('the press that sends %s says how much money that moves', (_, action, expected) => {
  expect(sendConfirmed(action)).toBe(expected);
  expect(sendConfirmed(action, ' again')).toBe(`${expected} again`);
});

describe('an action among others of the same reference', () => {
  const [PAID_MS, NOON_MS] = [Date.UTC(2026, 10, 20, 9, 32), Date.UTC(2026, 10, 20, 12)];
  const at = { zone: 'Europe/London', nowMs: NOON_MS };
  const card = { scheme: 'VISA', last4: '2437' };
  const of = (differs: Parameters<typeof actionView>[0]) => {
    const action = actionView({ paymentAtMs: PAID_MS, card, ...differs });
    return [paymentFacts(action, at), actionTold(action, at), actionSpoken(action, at)];
  };

  it.each([
    [
      'by its card and its time',
      {},
      ['Visa ···· 2437, 09:32', 'Capture £42.00 of Table 12 (Visa ···· 2437, 09:32)', 'Capture £42.00 of Table 12 (Visa ending in 2437, 09:32)'],
    ],
    [
      'of an earlier day with its day',
      { paymentAtMs: PAID_MS - 86_400_000 },
      [
        'Visa ···· 2437, Thu 19 Nov, 09:32',
        'Capture £42.00 of Table 12 (Visa ···· 2437, Thu 19 Nov, 09:32)',
        'Capture £42.00 of Table 12 (Visa ending in 2437, Thu 19 Nov, 09:32)',
      ],
    ],
    [
      'by its time alone where no card is known',
      { card: null },
      ['Payment of 09:32', 'Capture £42.00 of Table 12 (payment of 09:32)', 'Capture £42.00 of Table 12 (payment of 09:32)'],
    ],
    [
      'nor where nothing of the card is told',
      { card: { scheme: null, last4: null } },
      ['Payment of 09:32', 'Capture £42.00 of Table 12 (payment of 09:32)', 'Capture £42.00 of Table 12 (payment of 09:32)'],
    ],
    ['not at all where the payment is not known', { card: null, paymentAtMs: null }, [null, 'Capture £42.00 of Table 12', 'Capture £42.00 of Table 12']],
  ])('is told apart %s', (_, differs, expected) => {
    expect(of(differs)).toEqual(expected);
  });

  it('in the shop’s own zone', () => {
    expect(paymentFacts(actionView({ card, paymentAtMs: Date.UTC(2026, 6, 20, 9, 32) }), { zone: 'Europe/London', nowMs: Date.UTC(2026, 6, 20, 12) })).toBe(
      'Visa ···· 2437, 10:32',
    );
  });
});

describe('evidence fact by fact', () => {
  it('keeps amounts whole', () => {
    expect(evidenceFacts('Authorized, £1,042.00, 0 captures, £0.00 refunded')).toEqual(['Authorized', '£1,042.00', '0 captures', '£0.00 refunded']);
    expect(evidenceFacts(null)).toBeNull();
  });
});

describe('why the queue stands still', () => {
  it.each<readonly [Connection['line'], Partial<Connection['queue']>, string | null]>([
    ['live', { waiting: 1 }, null],
    ['live', { paused: true, waiting: 1 }, 'The queue is paused. Nothing is sent until you press Go on.'],
    ['live', { paused: true, checking: 1 }, 'The queue is paused. Nothing is sent until you press Go on. What was sent already is still checked.'],
    ['offline', { waiting: 1 }, 'There is no connection. What is queued is sent when it is back, each only while its time lasts.'],
    ['offline', { checking: 1 }, 'There is no connection. What was sent already is checked when it is back.'],
    [
      'offline',
      { waiting: 1, sending: 1 },
      'There is no connection. What is queued is sent when it is back, each only while its time lasts. What was sent already is checked then.',
    ],
    ['offline', { needsPerson: 1 }, 'There is no connection.'],
    ['offline', { paused: true, waiting: 1 }, 'The queue is paused, and there is no connection. Nothing is sent until you press Go on.'],
    [
      'offline',
      { paused: true, checking: 1 },
      'The queue is paused, and there is no connection. Nothing is sent until you press Go on. What was sent already is checked when the connection is back.',
    ],
    ['key-refused', { waiting: 1 }, 'Dojo does not accept the API key. Nothing is lost: what is queued is sent when the key is mended.'],
    ['key-refused', { checking: 1 }, 'Dojo does not accept the API key. Nothing is lost. What was sent already is checked when the key is mended.'],
    [
      'key-refused',
      { paused: true, waiting: 1 },
      'The queue is paused, and Dojo does not accept the API key. Nothing is lost: mend the key, then press Go on.',
    ],
  ])('line %s, %o', (line, queue, why) => {
    expect(whyQueueWaits(connectionView({ line, queue: { paused: false, waiting: 0, sending: 0, checking: 0, needsPerson: 0, ...queue } }), LONDON)).toBe(why);
  });
});

describe('why the queue stands still where nothing can be written down', () => {
  const why = (queue: Partial<Connection['queue']>, code = 'disk-full') =>
    whyQueueWaits(connectionView({ notices: [{ code, message: '' }], queue: { ...connectionView().queue, ...queue } }), LONDON);

  it('says so, and what lets it go on', () => {
    expect(why({ waiting: 1 })).toBe('Nothing can be written down on this PC, so nothing is sent. What is queued goes on by itself when it can be.');
    expect(why({ waiting: 1, paused: true })).toBe(
      'The queue is paused, and nothing can be written down on this PC. Nothing is sent until it can be and you press Go on.',
    );
    expect(why({ waiting: 1 }, 'purge-failed')).toBeNull();
  });
});

describe('why the queue stands still where Dojo asked to wait', () => {
  const why = (differs: Parameters<typeof connectionView>[0], queue: Partial<Connection['queue']> = {}) =>
    whyQueueWaits(connectionView({ ...differs, queue: { ...connectionView().queue, ...queue } }), LONDON);
  // Twenty seconds past: said up to the minute at which it is surely over.
  const askedToWaitUntilMs = NOON_MS + 6 * 60_000 + 20_000;

  it('says until when, by the shop’s clock', () => {
    expect(why({ askedToWaitUntilMs }, { waiting: 2 })).toBe(
      'Tillside was asked to wait until 12:07. Nothing is sent before; what is queued goes on by itself then.',
    );
    expect(why({ askedToWaitUntilMs, line: 'connecting' }, { checking: 1 })).toBe(
      'Tillside was asked to wait until 12:07. Nothing is asked of Dojo before. What was sent already is checked then.',
    );
    expect(why({ askedToWaitUntilMs }, { waiting: 2, paused: true })).toBe(
      'The queue is paused, and Tillside was asked to wait until 12:07. Nothing is sent until you press Go on.',
    );
  });

  it('says with which operation', () => {
    expect(why({ askedToWaitWith: ['capture'] }, { waiting: 40 })).toBe(
      'Dojo asks to wait with captures. One is tried again every half minute; the rest follows by itself.',
    );
  });
});

describe.each([
  ['the page', onThePage],
  ['main', inMain],
] as const)('what is open as the owner disconnects, as %s says it', (_, openInWords) => {
  it.each<readonly [Partial<Connection['queue']>, string | null]>([
    [{}, null],
    [{ waiting: 1 }, 'One action is queued. It stays here. Connect this account again to go on with it.'],
    [{ checking: 1 }, 'One action is being checked. It stays here. Connect this account again to go on with it.'],
    [{ needsPerson: 1 }, 'One action waits for you to decide. It stays here. Connect this account again to go on with it.'],
    [
      { waiting: 2, checking: 1, needsPerson: 1 },
      '4 actions are open: 2 queued, 1 being checked, 1 to decide. They stay here. Connect this account again to go on with them.',
    ],
    [{ needsPerson: 2, sending: 1 }, '3 actions are open: 1 being sent, 2 to decide. They stay here. Connect this account again to go on with them.'],
  ])('%o', (open, said) => {
    expect(openInWords({ paused: false, waiting: 0, sending: 0, checking: 0, needsPerson: 0, ...open })).toBe(said);
  });
});
