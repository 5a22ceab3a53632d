import { describe, expect, it } from 'vitest';
import { ACCOUNT, aHold, anUnpaid, DAY_MS, HOUR_MS, NOON_MS, SETTLED_MS, withPayment } from './a-bank.ts';

/** What Dojo's documents leave open: both ways of each. */
const settledMs = NOON_MS + SETTLED_MS;

describe('what is not documented', () => {
  it.each([
    { on: false, status: 'Authorized' },
    { on: true, status: 'Captured' },
  ])('partCaptureTurnsCaptured=$on: a part capture leaves the payment $status, and the rest can be taken', ({ on, status }) => {
    const one = withPayment(aHold(), { switches: { partCaptureTurnsCaptured: on } });
    one.capture(2000);
    one.bank.advance(settledMs);
    expect(one.intent().status).toBe(status);
    expect(one.capture(2200, settledMs)).toBe('ok');
  });

  it.each([
    { on: false, answer: 'ok', releasedMinor: 0 },
    { on: true, answer: 409, releasedMinor: 2200 },
  ])('partCaptureReleasesRest=$on: the rest of a part taken hold answers $answer', ({ on, answer, releasedMinor }) => {
    const one = withPayment(aHold(), { switches: { partCaptureReleasesRest: on } });
    one.capture(2000);
    expect(one.capture(2200, settledMs)).toBe(answer);
    expect(one.money().releasedMinor).toBe(releasedMinor);
    expect(one.bank.imbalances()).toEqual([]);
  });

  it.each([
    { on: false, status: 'Captured' },
    { on: true, status: 'Reversed' },
  ])('holdEndTurnsReversed=$on: a hold of which a part was captured reads $status once it has ended, and the part can be refunded', ({ on, status }) => {
    const one = withPayment(aHold(), { switches: { holdEndTurnsReversed: on } });
    const endedMs = NOON_MS + 8 * DAY_MS;
    one.capture(2000);
    one.bank.advance(endedMs);
    expect(one.intent().status).toBe(status);
    expect(one.money().releasedMinor).toBe(2200);
    expect([one.capture(2200, endedMs), one.refund(2100, endedMs), one.refund(2000, endedMs)]).toEqual([409, 400, 'ok']);
    expect(one.bank.imbalances()).toEqual([]);
  });

  it('partCaptureReleasesRest: a declined part releases nothing', () => {
    const one = withPayment(aHold(), { switches: { partCaptureReleasesRest: true } });
    one.bank.orderOutcome('Declined');
    one.capture(2000);
    expect(one.capture(4200, settledMs)).toBe('ok');
    expect(one.money().releasedMinor).toBe(0);
  });

  it.each([
    { on: false, atOnce: 'Authorized' },
    { on: true, atOnce: 'Captured' },
  ])('captureShowsAtOnce=$on: a whole capture reads $atOnce until the bank confirms it', ({ on, atOnce }) => {
    const one = withPayment(aHold(), { switches: { captureShowsAtOnce: on } });
    one.bank.orderOutcome('Declined');
    one.capture(4200);
    expect(one.intent().status).toBe(atOnce);
    one.bank.advance(settledMs);
    expect(one.intent().status).toBe('Authorized');
  });

  it('bankAnswersAfterMs: of a payment’s captures one after the other, then from the front again', () => {
    const one = withPayment(aHold(), { switches: { bankAnswersAfterMs: [6 * 60_000, 1_000] } });
    const statuses = () => one.intent().captures.map(({ status }) => status);
    one.bank.orderOutcome('Declined');
    one.capture(2000);
    one.capture(500);
    one.capture(600);
    one.bank.advance(NOON_MS + 6 * 60_000 - 1);
    expect(statuses()).toEqual(['Created', 'Successful', 'Created']);
    expect(one.money()).toMatchObject({ capturedMinor: 500, capturingMinor: 2600 });
    expect(one.capture(1101, NOON_MS + 6 * 60_000 - 1), 'what is with the bank is not left').toBe(409);
    one.bank.advance(NOON_MS + 6 * 60_000);
    expect(statuses()).toEqual(['Declined', 'Successful', 'Successful']);
    expect(one.money()).toMatchObject({ capturedMinor: 1100, capturingMinor: 0 });
    expect(one.capture(3100, NOON_MS + 6 * 60_000), 'a declined part is left again').toBe('ok');
    expect(one.bank.imbalances()).toEqual([]);
  });

  it('bankAnswersAfterMs: where it is empty, what the bank was told', () => {
    const one = withPayment(aHold(), { settleDelayMs: HOUR_MS, switches: { bankAnswersAfterMs: [] } });
    one.capture(2000);
    one.bank.advance(NOON_MS + HOUR_MS - 1);
    expect(one.intent().captures[0]?.status).toBe('Created');
    one.bank.setSwitches({ bankAnswersAfterMs: [1_000] });
    one.capture(500, NOON_MS + HOUR_MS - 1);
    expect(one.intent().captures.map(({ settleAtMs }) => settleAtMs)).toEqual([NOON_MS + HOUR_MS, NOON_MS + HOUR_MS - 1 + 1_000]);
  });

  it.each([
    { on: false, captures: 2 },
    { on: true, captures: 1 },
  ])('captureHonoursIdempotencyKey=$on: the same capture sent twice makes $captures', ({ on, captures }) => {
    const one = withPayment(aHold(), { switches: { captureHonoursIdempotencyKey: on } });
    const send = () => one.bank.capture(ACCOUNT, one.id, { amountMinor: 2000, tipsMinor: 0, idempotencyKey: 'k1' }, NOON_MS);
    const [first, second] = [send(), send()];
    expect(first.ok && second.ok && first.value.id === second.value.id).toBe(on);
    expect(one.money().captures).toBe(captures);
    expect(one.capture(100, NOON_MS, { idempotencyKey: 'k1' })).toBe(on ? 400 : 'ok');
  });

  it.each([
    { on: false, answer: 409 },
    { on: true, answer: 'ok' },
  ])('reverseCreatedAllowed=$on: reversing an unpaid Manual payment answers $answer', ({ on, answer }) => {
    const one = withPayment(anUnpaid({ captureMode: 'Manual' }), { switches: { reverseCreatedAllowed: on } });
    expect(one.reverse()).toBe(answer);
    expect(one.bank.imbalances()).toEqual([]);
  });

  it('reverseCreatedAllowed: an unpaid Auto payment is not reversed all the same', () => {
    expect(withPayment(anUnpaid(), { switches: { reverseCreatedAllowed: true } }).reverse()).toBe(409);
  });

  it.each([
    { on: false, answer: 409 },
    { on: true, answer: 'ok' },
  ])('releaseEarlierDayAllowed=$on: releasing a hold of yesterday answers $answer', ({ on, answer }) => {
    const one = withPayment(aHold({ createdAtMs: NOON_MS - DAY_MS }), { switches: { releaseEarlierDayAllowed: on } });
    expect(one.reverse()).toBe(answer);
  });

  it('searchDatesMeanUpdated: a search by date means the creation or the last change', () => {
    for (const [on, found] of [[false, 0] as const, [true, 1] as const]) {
      const one = withPayment(aHold(), { switches: { searchDatesMeanUpdated: on } });
      one.capture(100, NOON_MS);
      const result = one.bank.search(ACCOUNT, { startAtMs: NOON_MS - HOUR_MS / 2 }, NOON_MS);
      expect(result.ok && result.value.intents.length).toBe(found);
    }
  });
});
