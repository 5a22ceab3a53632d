import { beforeEach, describe, expect, it } from 'vitest';
import { createDojoClient, type PatientClient } from '../../main/dojo/client.ts';
import type { Http } from '../../main/ports/http.ts';
import { createBank, TRAINING_ACCOUNT } from '../../main/simulator/bank.ts';
import type { Fault } from '../../main/simulator/faults.ts';
import { createFace, type Face } from '../../main/simulator/http.ts';
import { API_VERSIONS } from '../../preload/choices.ts';
import { noGate } from './no-gate.ts';

const KEY = 'sk_sandbox_made-up_7Q';
const NOON_MS = Date.UTC(2026, 2, 2, 12);

/** The simulated Dojo without a line: what its faults do to a connection is played as the Http port would tell it. */
const httpOver = (face: Face): Http => ({
  async request({ method, url, headers, body }) {
    const { pathname, search } = new URL(url);
    const delivery = face.receive({ method, path: `${pathname}${search}`, headers, body }).proceed();
    if (delivery.kind === 'silence') return { kind: 'broken', cause: 'timeout' };
    if (delivery.kind === 'reset' || delivery.cutShort) return { kind: 'broken', cause: 'reset' };
    return { kind: 'answered', ...delivery.answer };
  },
});

describe.each(API_VERSIONS)('against the simulated Dojo in version %s', (version) => {
  let bank: ReturnType<typeof createBank>;
  let face: Face;
  let client: PatientClient;
  beforeEach(() => {
    bank = createBank({ seed: 7, zone: 'Europe/London', keys: { [KEY]: TRAINING_ACCOUNT } });
    face = createFace({ bank, nowMs: () => NOON_MS });
    client = clientThatReadsWith(version);
  });
  const clientThatReadsWith = (...readVersions: string[]) =>
    createDojoClient({
      http: httpOver(face),
      baseUrl: 'https://dojo.example',
      apiKey: KEY,
      version: () => version,
      readVersions,
      gate: noGate,
      nowMs: () => NOON_MS,
    });
  const add = (payment: Partial<Parameters<typeof bank.addPayment>[0]> = {}) =>
    bank.addPayment({ amountMinor: 4200, captureMode: 'Manual', createdAtMs: NOON_MS - 3_600_000, ...payment }, NOON_MS);
  const of = ({ id, currency }: { id: string; currency: string }) => ({ id, currency });

  it('finds every payment once, whatever its state', async () => {
    const ids = Array.from(
      { length: 230 },
      (_, n) => add({ amountMinor: 100 + n, paidAtMs: n % 3 === 0 ? null : NOON_MS - 60_000, captureMode: n % 2 ? 'Auto' : 'Manual' }).id,
    );
    const found = await client.search({});
    if (!found.ok) throw new Error(found.error.cause);
    expect(found.value).toMatchObject({ odd: 0, pages: 3 });
    expect(found.value.payments.map(({ id }) => id).sort()).toEqual(ids.sort());
    for (const payment of found.value.payments) {
      const intent = bank.intent(payment.id);
      expect(payment).toMatchObject({
        amountMinor: intent?.amountMinor,
        currency: intent?.currency,
        status: intent?.status,
        captureMode: intent?.captureMode,
        paidAtMs: intent?.paidAtMs ?? null,
        createdAtMs: intent?.createdAtMs,
        captures: version < '2024-02-05' ? null : [],
      });
      if (intent?.paidAtMs) expect(payment.card?.last4).toBe(intent.card.last4);
      expect(JSON.stringify(payment)).not.toContain(intent?.card.holder);
    }
  });

  it('makes every move', async () => {
    const hold = add({ tipsMinor: 0, tipsAllowed: true, customAmountAllowed: true });
    const captured = await client.perform({ kind: 'capture', amount: 1000 }, of(hold), 'idem-1');
    expect(captured).toEqual({
      ok: true, // The oldest guide shows a short number where later versions have the capture's id.
      value: { captureId: version === '2022-01-03' ? '1' : hold.captures[0]?.id, dojoId: null },
    });
    const released = add();
    expect(await client.perform({ kind: 'reverse' }, of(released), 'idem-2')).toEqual({
      ok: true,
      value: { captureId: null, dojoId: expect.stringMatching(/^rvs_/) },
    });
    const paid = add({ captureMode: 'Auto' });
    const refund = { kind: 'refund', amount: 500, reason: 'Wrong size' } as const;
    const refunded = await client.perform(refund, of(paid), 'idem-3');
    expect(refunded).toEqual({ ok: true, value: { captureId: null, dojoId: expect.stringMatching(/^rfnd_/) } });
    expect(await client.perform(refund, of(paid), 'idem-3')).toEqual(refunded);
    expect(await client.perform({ kind: 'sendReceipt', emails: ['someone@example.com'] }, of(paid), 'idem-4')).toMatchObject({ ok: true });
    const unpaid = add({ paidAtMs: null, customAmountAllowed: true, tipsAllowed: true });
    expect(await client.perform({ kind: 'setAmount', amount: 5500 }, of(unpaid), 'idem-5')).toMatchObject({ ok: true });
    const tipsMinor = version === '2022-01-03' ? 0 : 250; // its guides name no change of tips
    expect(await client.perform({ kind: 'setTips', amount: 250 }, of(unpaid), 'idem-6')).toMatchObject({ ok: tipsMinor > 0 });
    expect(await client.read(unpaid.id)).toMatchObject({ ok: true, value: { amountMinor: 5500, tipsMinor, status: 'Created' } });
    expect(await client.perform({ kind: 'cancel' }, of(unpaid), 'idem-7')).toMatchObject({ ok: true });

    expect(await client.read(released.id)).toMatchObject({ ok: true, value: { status: 'Reversed' } });
    expect(await client.read(paid.id)).toMatchObject({ ok: true, value: { refundedMinor: 500 } });
    expect(await client.read(unpaid.id)).toMatchObject(
      version < '2024-02-05' ? { ok: false, error: { kind: 'refused', status: 404 } } : { ok: true, value: { status: 'Canceled' } },
    );
    expect(bank.imbalances()).toEqual([]);
  });

  it('shows the captures of a hold and a cancelled payment to whoever reads with the newest version, whatever moves are made with', async () => {
    const reader = clientThatReadsWith('2026-02-27', version);
    const hold = add();
    const request = add({ paidAtMs: null });
    await reader.perform({ kind: 'capture', amount: 1000 }, of(hold), 'idem-1');
    await reader.perform({ kind: 'cancel' }, of(request), 'idem-2');
    expect(face.journal().map(({ headers }) => headers.version)).toEqual([version, version]);
    expect(await reader.read(hold.id)).toMatchObject({ ok: true, value: { captures: [{ amountMinor: 1000 }] } });
    expect(await reader.read(request.id)).toMatchObject({ ok: true, value: { status: 'Canceled' } });
    const found = await reader.search({});
    expect(found.ok && found.value.payments.every(({ captures }) => captures !== null)).toBe(true);
  });

  it('tells a refusal in Dojo’s words, with its trace', async () => {
    const hold = add();
    const refused = await client.perform({ kind: 'capture', amount: 9900 }, of(hold), 'idem-1');
    expect(refused).toMatchObject({ ok: false, error: { kind: 'refused', detail: expect.any(String), traceId: expect.stringMatching(/^00-/) } });
    expect(bank.intent(hold.id)?.captures).toEqual([]);
  });

  it.each<[Fault, string, string]>([
    [{ kind: 'drop-after-commit' }, 'unknown-outcome', 'timeout'],
    [{ kind: 'reset-after-commit' }, 'unknown-outcome', 'reset'],
    [{ kind: 'status-after-commit', status: 502 }, 'unknown-outcome', 'http-502'],
    [{ kind: 'malformed-after-commit' }, 'unknown-outcome', 'malformed'],
    [{ kind: 'cut-short' }, 'unknown-outcome', 'reset'],
    [{ kind: 'html-after-commit' }, 'not-dojo', 'html'],
    [{ kind: 'throttle', retryAfterSeconds: 5 }, 'throttled', 'http-429'],
    [{ kind: 'status-before', status: 409 }, 'refused', 'http-409'],
  ])('%j is told for what it is, and sent once', async (fault, kind, cause) => {
    const hold = add();
    face.faults.order(fault);
    expect(await client.perform({ kind: 'capture', amount: 1000 }, of(hold), 'idem-1')).toMatchObject({ ok: false, error: { kind, cause } });
    expect(face.journal()).toHaveLength(1);
  });

  it('a key that is revoked is refused, and works again when it is mended', async () => {
    bank.revokeKey(KEY);
    expect(await client.probe()).toMatchObject({ ok: false, error: { kind: 'key-refused' } });
    bank.mendKey(KEY);
    expect(await client.probe()).toEqual({ ok: true, value: null });
  });
});
