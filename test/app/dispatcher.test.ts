import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createDoor, type Handlers } from '../../main/app/dispatcher.ts';
import { type Channel, channels, ERROR_CODES, type Result } from '../../preload/contract.ts';
import { recordingLog } from './recording-log.ts';

const CHANNELS = Object.keys(channels) as Channel[];

/** An input that each channel accepts. */
const GOOD: Record<Channel, unknown> = {
  getSnapshot: undefined,
  connect: { apiKey: 'sk_sandbox_made_up' },
  startTraining: { seed: 7 },
  disconnect: { confirmed: true },
  refresh: undefined,
  getPayment: { paymentId: 'pi_1' },
  loadDay: { date: '2026-03-01' },
  search: { text: '4242' },
  submit: { requests: [{ requestId: 'r1', paymentId: 'pi_1', kind: 'capture', amount: 100 }] },
  withdraw: { actionId: 'a1' },
  retryNow: { actionId: 'a1' },
  settle: { actionId: 'a1', verdict: 'happened', note: '' },
  release: { actionIds: ['a1', 'a2'] },
  compare: undefined,
  allowOperation: { kind: 'refund' },
  decideAgain: { kind: 'refund', actionIds: ['a1'] },
  noticeSeen: { code: 'captures-declined', message: 'Read.' },
  pauseQueue: undefined,
  resumeQueue: undefined,
  getSettings: undefined,
  saveSettings: { shopName: 'The Corner' },
  setTraining: { cableOut: true },
};

/** A door whose handlers count their calls and answer with what `answer` gives. */
function door(answer: (input: unknown) => Promise<unknown> = async () => ({ ok: true, value: null }), checkOutputs = false) {
  const calls: [Channel, unknown][] = [];
  const log = recordingLog();
  const handlers = Object.fromEntries(
    CHANNELS.map((channel) => [
      channel,
      (input: unknown) => {
        calls.push([channel, input]);
        return answer(input);
      },
    ]),
  ) as unknown as Handlers;
  return { ...createDoor(handlers, log, { checkOutputs }), calls, log };
}

const codeOf = (result: Result<unknown>): string => (result.ok ? 'ok' : result.error.code);

describe('the door', () => {
  test.each(CHANNELS)('lets a right call of %s through, once, with its input', async (channel) => {
    const { call, calls } = door();
    expect(await call(channel, GOOD[channel])).toEqual({ ok: true, value: null });
    expect(calls).toEqual([[channel, GOOD[channel]]]);
  });

  test.each(CHANNELS)('refuses input of %s that does not fit, and calls nothing', async (channel) => {
    const good = GOOD[channel];
    const { call, calls } = door();
    const wrong: unknown[] = [null, 1, 'text', [], [good], { surprise: 1 }, () => undefined, Symbol('s'), Number.NaN];
    if (typeof good === 'object' && good !== null) {
      wrong.push({ ...good, surprise: 1 }, JSON.parse(`${JSON.stringify(good).slice(0, -1)},"__proto__x":{"a":1}}`));
      for (const field of Object.keys(good)) wrong.push({ ...good, [field]: { toString: 'x' } }, { ...good, [field]: null });
    } else wrong.push({});
    for (const input of wrong) {
      const result = await call(channel, input);
      expect([input, codeOf(result)]).toEqual([input, 'bad-input']);
    }
    expect(calls).toEqual([]);
  });

  test.each([
    ['connect', {}, 'apiKey'],
    ['connect', { apiKey: 'x', apiKeyTwo: 'y' }, 'apiKeyTwo'],
    ['submit', { requests: [GOOD.submit, { requestId: 'r', paymentId: 'p', kind: 'capture', amount: 1.5 }] }, 'requests.0.kind'],
    ['submit', { requests: [{ requestId: 'r', paymentId: 'p', kind: 'capture', amount: 1.5 }] }, 'requests.0.amount'],
    ['submit', { requests: [{ requestId: 'r', paymentId: 'p', kind: 'capture', amount: '100' }] }, 'requests.0.amount'],
    ['submit', { requests: [{ requestId: 'r', paymentId: 'p', kind: 'capture', amount: 0 }] }, 'requests.0.amount'],
    ['submit', { requests: [{ requestId: 'r', paymentId: 'p', kind: 'reverse', amount: 1 }] }, 'requests.0.amount'],
    ['submit', { requests: [{ requestId: 'r', paymentId: 'p', kind: 'give', amount: 1 }] }, 'requests.0.kind'],
    ['submit', { requests: [] }, 'requests'],
    ['loadDay', { date: '1.3.2026' }, 'date'],
    ['saveSettings', { dayStartMinutes: 1440 }, 'dayStartMinutes'],
  ] as const)('names the field at fault: %s %j → %s', async (channel, input, field) => {
    const result = await door().call(channel, input);
    expect(result).toMatchObject({ ok: false, error: { code: 'bad-input', field, message: expect.stringContaining(field) } });
  });

  test.each([
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'valueOf',
    '',
    'getsnapshot',
    'getSnapshot ',
    'patch',
    undefined,
    null,
    0,
    {},
    ['refresh'],
    Symbol.iterator,
  ])('refuses the unknown channel %s', async (channel) => {
    const { call, calls } = door();
    expect(await call(channel, undefined)).toMatchObject({ ok: false, error: { code: 'bad-input', field: 'channel' } });
    expect(calls).toEqual([]);
  });

  test('lets nothing be slipped in through __proto__', async () => {
    const { call, calls } = door();
    const hostile = JSON.parse('{"paymentId":"pi_1","__proto__":{"polluted":true}}');
    await call('getPayment', hostile);
    for (const [, input] of calls) expect(input).not.toHaveProperty('polluted');
    expect({}).not.toHaveProperty('polluted');
  });

  test('never repeats what it was given in a refusal', async () => {
    const result = await door().call('connect', { apiKey: ['sk_sandbox_made_up'] });
    expect(JSON.stringify(result)).not.toContain('sk_sandbox');
  });

  test('answers any input of any channel, and never rejects', async () => {
    const { call } = door();
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.constantFrom<unknown>(...CHANNELS), fc.anything()),
        fc.anything({ withDate: true, withMap: true }),
        async (channel, input) => {
          expect(['ok', 'bad-input']).toContain(codeOf(await call(channel, input)));
        },
      ),
    );
  });

  test('turns a handler that throws into an internal error that says nothing of it, and logs it without the input', async () => {
    const { call, log } = door(async (input) => {
      throw new Error(`could not use ${JSON.stringify(input)}`);
    });
    const result = await call('connect', { apiKey: 'odd-looking-secret' });
    expect(result).toMatchObject({ ok: false, error: { code: 'internal' } });
    expect(JSON.stringify(result)).not.toMatch(/odd-looking-secret|could not use|door\.test/);
    expect(log.lines.join()).toContain('connect failed: Error: could not use');
    expect(log.lines.join()).not.toContain('odd-looking-secret');
  });

  test.each(ERROR_CODES)('says what to do next after %s, in a sentence', async (code) => {
    const result = await door(async () => ({ ok: false, error: { code, message: 'No.' } })).call('refresh', undefined);
    expect(result).toEqual({ ok: false, error: { code, message: 'No.', next: expect.stringMatching(/^[A-Z].*\.$/) } });
  });

  test('leaves a next step that was said already as it is', async () => {
    const error = { code: 'second-refund', message: 'No.', next: 'Confirm it.' };
    expect(await door(async () => ({ ok: false, error })).call('refresh', undefined)).toEqual({ ok: false, error });
  });

  test('holds the answers to the contract too, where it is asked to', async () => {
    const wrong = async () => ({ ok: true, value: { shopName: 1 } });
    expect(codeOf(await door(wrong, true).call('getSettings', undefined))).toBe('internal');
    expect(codeOf(await door(wrong, false).call('getSettings', undefined))).toBe('ok');
  });
});
