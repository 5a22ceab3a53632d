import { channels } from '../../preload/contract.ts';
import { expect, KEY, test } from './fixtures.ts';
import type { TillUser } from './pages/till-user.ts';
import { changesAsked, hold } from './shop.ts';

const LONG = 'x'.repeat(5_000);

/** Calls a hostile page could make: each is answered with `bad-input`, and nothing comes of it. */
const hostile = (paymentId: string): readonly (readonly [Parameters<TillUser['call']>[0], unknown])[] => [
  ['submit', undefined],
  ['submit', null],
  ['submit', []],
  ['submit', { requests: [] }],
  ['submit', { requests: 'all' }],
  ['submit', { requests: [{ requestId: 'a', kind: 'capture', paymentId, amount: 1, extra: true }] }],
  ['submit', { requests: [{ requestId: 'a', kind: 'capture', paymentId, amount: 1 }], confirmed: true }],
  ['submit', { requests: [{ requestId: '', kind: 'capture', paymentId, amount: 1 }] }],
  ['submit', { requests: [{ requestId: LONG, kind: 'capture', paymentId, amount: 1 }] }],
  ['submit', { requests: [{ requestId: 'a', kind: 'steal', paymentId, amount: 1 }] }],
  ['submit', { requests: [{ requestId: 'a', kind: 'capture', paymentId: { toString: 'x' }, amount: 1 }] }],
  ['submit', { requests: [{ requestId: 'a', kind: 'reverse', paymentId, amount: 1 }] }],
  ['submit', { requests: [{ requestId: 'a', kind: 'refund', paymentId, amount: 1, reason: LONG }] }],
  ['submit', { requests: [{ requestId: 'a', kind: 'sendReceipt', paymentId, emails: ['not an address'] }] }],
  ['submit', { requests: Array.from({ length: 1_001 }, (_, index) => ({ requestId: `a${index}`, kind: 'reverse', paymentId })) }],
  ['connect', {}],
  ['connect', { apiKey: 7 }],
  ['connect', { apiKey: LONG }],
  ['connect', { apiKey: KEY, thisRunOnly: 'yes' }],
  ['connect', { apiKey: KEY, dojoUrl: 'https://elsewhere.example' }],
  ['startTraining', { seed: -1 }],
  ['startTraining', { seed: 1.5 }],
  ['disconnect', { confirmed: 'yes' }],
  ['getPayment', {}],
  ['getPayment', { paymentId: '' }],
  ['getPayment', { paymentId: LONG }],
  ['loadDay', { date: 'yesterday' }],
  ['loadDay', { date: '2026-11-20', accountId: 'acc_other' }],
  ['withdraw', {}],
  ['withdraw', { actionId: ['a'] }],
  ['settle', { actionId: 'a', verdict: 'maybe', note: '' }],
  ['settle', { actionId: 'a', verdict: 'happened', note: LONG }],
  ['allowOperation', { kind: 'everything' }],
  ['decideAgain', { kind: 'refund' }],
  ['decideAgain', { kind: 'everything', actionIds: ['a'] }],
  ['noticeSeen', { code: '' }],
  ['noticeSeen', { code: 'captures-declined' }],
  ['release', { actionIds: [] }],
  ['release', { actionIds: ['a', 7] }],
  ['connect', { apiKey: 'sk_sandbox_e2e0001', sameAccount: '' }],
  ['saveSettings', { zone: '' }],
  ['saveSettings', { dayStartMinutes: 1_440 }],
  ['saveSettings', { appearance: 'neon' }],
  ['saveSettings', { dojoUrl: 'https://elsewhere.example' }],
  ['setTraining', { nextFault: 'fire' }],
];

test.describe('the contract refuses', () => {
  test('what it cannot do, what it does not know and what is hostile, and has no other way in', { tag: '@host' }, async ({ till, dojo }) => {
    test.setTimeout(120_000);
    await test.step('what needs a connection before there is one', async () => {
      for (const [channel, input] of [
        ['submit', { requests: [{ requestId: 'a', kind: 'reverse', paymentId: 'pi_sandbox_a' }] }],
        ['refresh', undefined],
        ['getPayment', { paymentId: 'pi_sandbox_a' }],
        ['loadDay', { date: '2026-01-01' }],
        ['release', { actionIds: ['a'] }],
      ] as const)
        expect(await till.call(channel, input), channel).toMatchObject({ ok: false, error: { code: 'not-connected' } });
      expect(await till.call('setTraining', { cableOut: true })).toMatchObject({ ok: false, error: { code: 'not-training' } });
      expect(dojo.journal()).toEqual([]);
    });
    await till.connect(KEY);
    await test.step('a payment it does not know, and an id that would be another path at Dojo', async () => {
      expect(await till.submit({ kind: 'capture', paymentId: 'pi_sandbox_nobody', amount: 1 })).toMatchObject({
        ok: false,
        error: { code: 'unknown-payment' },
      });
      for (const paymentId of ['../payment-intents/search', 'refunds/x', 'a?b', 'a b', 'a\r\nhost: x', '%2e%2e', 'ü']) {
        expect(await till.call('getPayment', { paymentId }), paymentId).toMatchObject({ ok: false });
        expect(await till.submit({ kind: 'capture', paymentId, amount: 1 }), paymentId).toMatchObject({ ok: false, error: { code: 'unknown-payment' } });
      }
      const paths = dojo.journal().map(({ path }) => path);
      for (const path of paths) expect(path).toMatch(/^\/payment-intents\/(search|pi_sandbox_nobody\?returnCanceled=true)$/);
      expect(changesAsked(dojo)).toEqual([]);
    });
    await test.step('actions it does not know', async () => {
      for (const [channel, input] of [
        ['withdraw', { actionId: 'nothing' }],
        ['retryNow', { actionId: 'nothing' }],
        ['settle', { actionId: 'nothing', verdict: 'happened', note: '' }],
        ['release', { actionIds: ['nothing'] }],
      ] as const)
        expect(await till.call(channel, input)).toMatchObject({ ok: false, error: { code: 'unknown-action' } });
    });
    await test.step('every hostile input with bad-input, naming the field and nothing of its content; nothing changes', async () => {
      const { id } = hold(dojo, { reference: 'Table 1', amountMinor: 1_000 });
      await till.freshen();
      await till.today.shows('Table 1', 'On hold');
      const before = await till.snapshot();
      for (const [channel, input] of hostile(id)) {
        const answer = await till.call(channel, input);
        expect(answer, `${channel} ${JSON.stringify(input)?.slice(0, 100)}`).toMatchObject({ ok: false, error: { code: 'bad-input' } });
        expect(answer.error?.message).not.toContain('xxxx');
        expect(answer.error?.message).not.toContain(KEY);
      }
      const after = await till.snapshot();
      expect(after.actions).toEqual([]);
      expect(after.settings).toEqual(before.settings);
      expect(after.connection).toMatchObject({ mode: before.connection.mode, queue: before.connection.queue });
      expect(changesAsked(dojo)).toEqual([]);
    });
    await test.step('anything but its named functions: there is no other way in', async () => {
      const names = await till.page.evaluate(() => Object.keys(window.till).toSorted());
      expect(names).toEqual([...Object.keys(channels), 'onPatch', 'onShow'].toSorted());
      const changed = await till.page.evaluate(() => {
        try {
          Object.assign(window.till, { submit: () => 'mine' });
        } catch {
          return 'refused';
        }
        return 'changed';
      });
      expect(changed).toBe('refused');
    });
  });
});
