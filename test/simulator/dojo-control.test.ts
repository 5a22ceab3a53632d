import { afterEach, beforeEach, expect, it } from 'vitest';
import { controlAnswer } from '../../scripts/dojo-control.ts';
import { aHold, anUnpaid } from './a-bank.ts';
import { DEFAULT_KEY, type DojoServer, startDojoServer } from './dojo-server.ts';

let dojo: DojoServer;
beforeEach(async () => {
  dojo = await startDojoServer({ beside: (request, body) => controlAnswer(dojo, request, body, 'the help') });
});
afterEach(() => dojo.close());

const control = async (method: string, path: string, json?: unknown) => {
  const answer = await fetch(`${dojo.url}/_training/${path}`, { method, ...(json === undefined ? {} : { body: JSON.stringify(json) }) });
  return { status: answer.status, text: await answer.text() };
};
const capture = (id: string) =>
  fetch(`${dojo.url}/payment-intents/${id}/captures`, {
    method: 'POST',
    headers: { Authorization: `Basic ${DEFAULT_KEY}`, version: '2026-02-27', 'Content-Type': 'application/json' },
    body: '{"amount":100}',
  });

it('orders a fault for the next capture, and shows what came of it', async () => {
  const { id } = dojo.addPayment(aHold({ createdAtMs: Date.now() - 1000 }));
  expect(await control('POST', 'faults', { kind: 'status-after-commit', status: 500, match: { operation: 'capture' } })).toMatchObject({ status: 200 });
  expect((await control('GET', 'faults')).text).toContain('status-after-commit');
  expect((await capture(id)).status).toBe(500);
  expect((await control('GET', 'faults')).text).toBe('none\n');
  expect((await control('GET', 'journal')).text).toMatch(/captures {2}500 {2}committed .*fault status-after-commit/);
  expect((await control('GET', `ledger?payment=${id}`)).text).toContain(`captured-requested  100  GBP  ${id}`);
  expect((await control('GET', 'payments')).text).toContain(`${id}  Manual  Authorized  4200`);
});

it('clears what was ordered', async () => {
  const { id } = dojo.addPayment(aHold({ createdAtMs: Date.now() - 1000 }));
  await control('POST', 'faults', { kind: 'reset-before' });
  await control('DELETE', 'faults');
  expect((await capture(id)).status).toBe(200);
});

it('lets a customer pay', async () => {
  const { id } = dojo.addPayment(anUnpaid({ createdAtMs: Date.now() - 1000 }));
  expect(await control('POST', 'pay', { paymentId: id })).toMatchObject({ status: 200 });
  expect(await control('POST', 'pay', { paymentId: id })).toMatchObject({ status: 409 });
  expect(dojo.bank.intent(id)?.status).toBe('Captured');
});

it('lets another till do something, by the rules of Dojo', async () => {
  const { id } = dojo.addPayment(aHold({ createdAtMs: Date.now() - 1000 }));
  expect(await control('POST', 'elsewhere', { do: 'capture', paymentId: id, amountMinor: 4_100 })).toMatchObject({ status: 200 });
  expect(await control('POST', 'elsewhere', { do: 'reverse', paymentId: id })).toMatchObject({
    status: 409,
    text: 'A payment that was captured must be refunded.\n',
  });
  expect(await control('POST', 'elsewhere', { do: 'cancel', paymentId: 'pi_nobody' })).toMatchObject({ status: 404 });
  expect(dojo.bank.moneyOf(id)).toMatchObject({ captures: 1, reversals: 0 });
  expect(dojo.journal()).toEqual([]); // it was not this till that asked
});

it('lets another till make the very same capture, tips and all', async () => {
  const { id } = dojo.addPayment(aHold({ tipsMinor: 250, tipsAllowed: true, createdAtMs: Date.now() - 1000 }));
  const capture = { do: 'capture', paymentId: id, amountMinor: 1_000, tipsMinor: 250 };
  expect(await control('POST', 'elsewhere', capture)).toMatchObject({ status: 200 });
  expect(dojo.bank.intent(id)?.captures).toMatchObject([{ amountMinor: 1_000, tipsMinor: 250 }]);
  expect(await control('POST', 'elsewhere', { ...capture, do: 'refund' }), 'a refund has no tips').toMatchObject({ status: 400 });
});

it('puts a hold in that was captured in 900 parts', async () => {
  const asked = { amountMinor: 10_000, captureMode: 'Manual', paidAgoMs: 3_600_000, captured: { times: 900, amountMinor: 5 } };
  const added = await control('POST', 'payments', asked);
  expect(added).toMatchObject({ status: 200 });
  const id = added.text.trim();
  expect(dojo.bank.intent(id)?.captures).toHaveLength(900);
  expect(dojo.bank.moneyOf(id).captures).toBe(900);
  dojo.bank.advance(Date.now() + 5_000);
  expect(dojo.bank.moneyOf(id)).toMatchObject({ capturedMinor: 4_500, heldMinor: 10_000 });
  const declined = await control('POST', 'payments', { ...asked, captured: { times: 3, amountMinor: 5, outcome: 'Declined' } });
  expect(dojo.bank.intent(declined.text.trim())?.captures.map(({ status }) => status)).toEqual(['Declined', 'Declined', 'Declined']);
});

it.each([
  { what: 'a sale', changes: { captureMode: 'Auto' } },
  { what: 'nobody has paid', changes: { paidAgoMs: null } },
  { what: 'is to be paid later', changes: { paysInMs: 1_000 } },
  { what: 'was captured of more than is held', changes: { captured: { times: 900, amountMinor: 12 } } },
])('refuses a past that cannot be: $what', async ({ changes }) => {
  const payment = { amountMinor: 10_000, captureMode: 'Manual', paidAgoMs: 3_600_000, captured: { times: 900, amountMinor: 5 }, ...changes };
  expect(await control('POST', 'payments', payment)).toMatchObject({ status: 400, text: expect.stringContaining('captured') });
  expect(dojo.bank.intents()).toEqual([]);
});

it('takes the line down for a while', async () => {
  expect(await control('POST', 'line', { downMs: 300 })).toMatchObject({ status: 200 });
  const reachable = () =>
    fetch(`${dojo.url}/_training/`).then(
      ({ status }) => status,
      () => 'down',
    );
  await expect.poll(reachable).toBe('down');
  await expect.poll(reachable, { timeout: 5_000 }).toBe(200);
});

it.each([
  { what: 'a fault there is not', method: 'POST', path: 'faults', json: { kind: 'earthquake' }, status: 400 },
  { what: 'a fault with a word too many', method: 'POST', path: 'faults', json: { kind: 'huge', ms: 5 }, status: 400 },
  { what: 'a take elsewhere of nothing', method: 'POST', path: 'elsewhere', json: { do: 'capture', paymentId: 'pi_1', amountMinor: 0 }, status: 400 },
  { what: 'a line that is down for ever', method: 'POST', path: 'line', json: { downMs: -1 }, status: 400 },
  { what: 'something else', method: 'GET', path: 'nonsense', json: undefined, status: 404 },
])('answers $status to $what', async ({ method, path, json, status }) => {
  expect((await control(method, path, json)).status).toBe(status);
  expect(dojo.journal()).toEqual([]); // none of it reached Dojo
});

it('puts a payment in, with all that a customer pays', async () => {
  const added = await control('POST', 'payments', { amountMinor: 5_000, captureMode: 'Manual', tipsMinor: 100, serviceChargeMinor: 625, cashbackMinor: 2_000 });
  expect(added).toMatchObject({ status: 200, text: expect.stringMatching(/^pi_\S+\n$/) });
  expect(dojo.bank.intent(added.text.trim())).toMatchObject({ status: 'Authorized', serviceChargeMinor: 625, heldMinor: 7_725 });
  expect((await control('GET', 'payments')).text).toContain('Manual  Authorized  5000  100  625  2000  GBP');
  const link = (await control('POST', 'payments', { amountMinor: 900, createdAgoMs: 20 * 86_400_000, paysInMs: 50 })).text.trim();
  expect(dojo.bank.intent(link)).toMatchObject({ status: 'Created', paidAtMs: null });
  const statusNow = () => {
    dojo.bank.advance(Date.now());
    return dojo.bank.intent(link)?.status;
  };
  await expect.poll(statusNow).toBe('Captured');
  const unpaid = (await control('POST', 'payments', { amountMinor: 900, paidAgoMs: null })).text.trim();
  expect(dojo.bank.intent(unpaid)?.status).toBe('Created');
});

it('switches what the documents leave open', async () => {
  expect(await control('POST', 'switches', { captureExtras: 'released', searchLagMs: 5_000 })).toMatchObject({ status: 200 });
  expect(JSON.parse((await control('GET', 'switches')).text)).toMatchObject({ captureExtras: 'released', searchLagMs: 5_000, stableCursors: false });
  expect(dojo.bank.switches()).toMatchObject({ captureExtras: 'released', searchLagMs: 5_000 });
});

it('refuses until it is mended, or for a while', async () => {
  const { id } = dojo.addPayment(aHold({ createdAtMs: Date.now() - 1000 }));
  expect(await control('POST', 'refusing', { status: 403, match: { paymentId: id } })).toMatchObject({ status: 200 });
  expect([(await capture(id)).status, (await capture(id)).status]).toEqual([403, 403]);
  expect(await control('DELETE', 'refusing')).toMatchObject({ status: 200 });
  expect((await capture(id)).status).toBe(200);
  await control('POST', 'refusing', { status: 429, retryAfter: 180, forMs: 300 });
  const refused = await capture(id);
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '180']);
  await expect.poll(async () => (await capture(id)).status).toBe(200);
});

it('orders a fault that lasts, and one that is late', async () => {
  const { id } = dojo.addPayment(aHold({ createdAtMs: Date.now() - 1000 }));
  await control('POST', 'faults', { kind: 'html-before', status: 502, untilCleared: true });
  expect([(await capture(id)).status, (await capture(id)).status]).toEqual([502, 502]);
  await control('DELETE', 'faults');
  await control('POST', 'faults', { kind: 'late', ms: 50, hears: 'page' });
  expect((await capture(id)).status).toBe(504);
  await expect.poll(() => dojo.bank.moneyOf(id).captures).toBe(1);
});
