import { expect, KEY, test } from './fixtures.ts';
import { changesAsked, hold } from './shop.ts';

/**
 * What a page that runs amok can put on the real channels. It reaches main only through the named functions, with one value each,
 * copied twice: by the bridge and by structured cloning. What cannot be copied is refused before it leaves the page.
 */
test.describe('junk from the page', { tag: '@electron' }, () => {
  test('is refused on every channel, and in thousands of calls at once, while the till goes on', async ({ till, dojo, app }) => {
    test.setTimeout(120_000);
    const { id: paymentId } = hold(dojo, { reference: 'Table 1', amountMinor: 1_000 });
    await till.connect(KEY);
    await test.step('neither main nor anything it keeps is another than before', async () => {
      const before = await till.snapshot();

      const outcomes = await till.page.evaluate(async (knownId) => {
        const nested = (depth: number): unknown => (depth === 0 ? 1 : { a: [nested(depth - 1)] });
        const cyclic: { self?: unknown } = {};
        cyclic.self = cyclic;
        const throwing = Object.defineProperty({}, 'requests', { enumerable: true, get: () => Reflect.ownKeys(1 as never) });
        const junk: Record<string, unknown> = {
          null: null,
          'not a number': Number.NaN,
          'minus zero': -0,
          huge: 1e308,
          infinite: Number.POSITIVE_INFINITY,
          'a big integer': 1n << 200n,
          'no date': new Date(Number.NaN),
          'half a letter': '\ud800',
          'a long text': 'x'.repeat(500_000),
          'a map': new Map([['requests', []]]),
          'a set': new Set([1]),
          bytes: new Uint8Array(100_000),
          'a buffer': new ArrayBuffer(8),
          'an expression': /a/g,
          'an error': new Error('an error'),
          'a list': Array.from({ length: 10_000 }, () => ({})),
          'a list of gaps': new Array(10_000),
          'a prototype': JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
          deep: nested(200),
          'very deep': nested(3_000),
          'a ring': cyclic,
          'a function': () => 1,
          'a symbol': Symbol('s'),
          'an element': document.body,
          'the window': window,
          'a promise': Promise.resolve(1),
          'a throwing field': throwing,
          'a proxy': new Proxy({ surprise: 1 }, {}),
        };
        const functions = window.till as unknown as Record<string, (input: unknown) => Promise<{ ok: boolean; error?: { code: string } }>>;
        const request = { requestId: 'junk', kind: 'capture', paymentId: knownId, amount: 1 };
        const wraps: Record<string, (value: unknown) => unknown> = {
          'as a field': (value) => ({ surprise: value }),
          'as a request': (value) => ({ requests: [request, value] }),
          'as an amount': (value) => ({ requests: [{ ...request, amount: value }] }),
          'as an id': (value) => ({ paymentId: value, actionId: value, surprise: 1 }),
        };
        const counts: Record<string, number> = {};
        const strange: string[] = [];
        for (const name of Object.keys(functions).filter((key) => !['onPatch', 'onShow', 'getSnapshot', 'getSettings'].includes(key)))
          for (const [what, value] of Object.entries(junk))
            for (const [how, wrapped] of Object.entries(wraps)) {
              let outcome: string;
              try {
                const answer = await functions[name]?.(wrapped(value));
                outcome = answer?.ok ? 'done' : (answer?.error?.code ?? 'no answer');
              } catch {
                outcome = 'not sent';
              }
              counts[outcome] = (counts[outcome] ?? 0) + 1;
              if (outcome !== 'bad-input' && outcome !== 'not sent') strange.push(`${name}, ${what} ${how}: ${outcome}`);
            }
        return { counts, strange };
      }, paymentId);

      expect(outcomes.strange).toEqual([]);
      expect(outcomes.counts['bad-input']).toBeGreaterThan(1_000);
      const after = await till.snapshot();
      expect(after.actions).toEqual([]);
      expect(after.payments).toEqual(before.payments);
      expect(after.settings).toEqual(before.settings);
      expect(after.connection).toMatchObject({ mode: 'test', line: 'live', queue: before.connection.queue });
      expect(changesAsked(dojo)).toEqual([]);
    });
    await test.step('each call of thousands at once comes back refused', async () => {
      const codes = await till.page.evaluate(async () => {
        const submit = window.till.submit as unknown as (input: unknown) => Promise<{ ok: boolean; error?: { code: string } }>;
        const answers = await Promise.all(Array.from({ length: 5_000 }, (_, nth) => submit({ requests: [{ requestId: nth, kind: 'capture' }] })));
        return [...new Set(answers.map((answer) => (answer.ok ? 'done' : answer.error?.code)))];
      });
      expect(codes).toEqual(['bad-input']);
      expect((await till.snapshot()).actions).toEqual([]);
      expect(changesAsked(dojo)).toEqual([]);
    });
    expect(app.output()).not.toMatch(/unhandled|uncaught/i);
  });
});
