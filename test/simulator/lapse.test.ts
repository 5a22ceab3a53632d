import { describe, expect, it } from 'vitest';
import { ACCOUNT, aHold, anUnpaid, aSale, DAY_MS, HOUR_MS, NOON_MS, SETTLED_MS, withPayment } from './a-bank.ts';

const HELD_AT_MS = NOON_MS - HOUR_MS;

describe('a capture', () => {
  it('is being processed until it settles', () => {
    const one = withPayment(aHold());
    one.capture(4200);
    expect(one.intent()).toMatchObject({ status: 'Authorized', captures: [{ status: 'Created', amountMinor: 4200 }] });
    expect(one.money()).toMatchObject({ capturingMinor: 4200, capturedMinor: 0, captures: 1 });
    one.bank.advance(NOON_MS + SETTLED_MS);
    expect(one.intent()).toMatchObject({ status: 'Captured', captures: [{ status: 'Successful' }] });
    expect(one.money()).toMatchObject({ capturingMinor: 0, capturedMinor: 4200, captures: 1 });
  });

  it('settles after the delay that was chosen, not before', () => {
    const one = withPayment(aHold(), { settleDelayMs: HOUR_MS });
    one.capture(4200);
    one.bank.advance(NOON_MS + HOUR_MS - 1);
    expect(one.intent().captures[0]?.status).toBe('Created');
    one.bank.advance(NOON_MS + HOUR_MS);
    expect(one.intent().captures[0]?.status).toBe('Successful');
  });

  it.each(['Declined', 'Failed'] as const)('that is %s takes nothing, and the hold can be taken again', (outcome) => {
    const one = withPayment(aHold());
    one.bank.orderOutcome(outcome, one.id);
    one.capture(4200);
    one.bank.advance(NOON_MS + SETTLED_MS);
    expect(one.intent()).toMatchObject({ status: 'Authorized', captures: [{ status: outcome }] });
    expect(one.money()).toMatchObject({ capturedMinor: 0, captures: 0 });
    expect(one.capture(4200, NOON_MS + SETTLED_MS)).toBe('ok');
  });

  it('reserves its amount while it is processed', () => {
    const one = withPayment(aHold());
    one.capture(4000);
    expect(one.capture(201)).toBe(409);
    expect(one.capture(200)).toBe('ok');
  });

  it('ends by chance where nothing is ordered', () => {
    const one = withPayment(aHold({ amountMinor: 100_000 }), { declinedPercent: 30, failedPercent: 20 });
    for (let i = 0; i < 200; i += 1) one.capture(1);
    one.bank.advance(NOON_MS + SETTLED_MS);
    const count = (status: string) => one.intent().captures.filter((capture) => capture.status === status).length;
    expect(count('Declined')).toBeGreaterThan(30);
    expect(count('Failed')).toBeGreaterThan(15);
    expect(count('Successful')).toBeGreaterThan(60);
  });

  it('of several parts turns the payment Captured with the last penny', () => {
    const one = withPayment(aHold());
    one.capture(2000);
    one.bank.advance(NOON_MS + SETTLED_MS);
    expect(one.intent().status).toBe('Authorized');
    one.capture(2200, NOON_MS + SETTLED_MS);
    one.bank.advance(NOON_MS + 2 * SETTLED_MS);
    expect(one.intent().status).toBe('Captured');
  });
});

describe('the end of a hold', () => {
  const endsAtMs = HELD_AT_MS + 2 * HOUR_MS;
  const ending = { autoExpireInMs: 2 * HOUR_MS } as const;

  it('is where it was set, and not before', () => {
    const one = withPayment(aHold(ending));
    one.bank.advance(endsAtMs - 1);
    expect(one.intent().status).toBe('Authorized');
  });

  it('lets go of the money where the action is Release', () => {
    const one = withPayment(aHold({ ...ending, autoExpireAction: 'Release' }));
    one.bank.advance(endsAtMs);
    expect(one.intent().status).toBe('Reversed');
    expect(one.money()).toMatchObject({ releasedMinor: 4200, capturedMinor: 0, captures: 0 });
  });

  it('takes the money where the action is Capture', () => {
    const one = withPayment(aHold({ ...ending, autoExpireAction: 'Capture' }));
    one.bank.advance(endsAtMs + SETTLED_MS);
    expect(one.intent()).toMatchObject({ status: 'Captured', captures: [{ amountMinor: 4200, status: 'Successful' }] });
    expect(one.money()).toMatchObject({ releasedMinor: 0, capturedMinor: 4200, captures: 1 });
  });

  it('is seven days after the card was held where nothing is set', () => {
    const one = withPayment(aHold());
    one.bank.advance(HELD_AT_MS + 7 * DAY_MS - 1);
    expect(one.intent().status).toBe('Authorized');
    one.bank.advance(HELD_AT_MS + 7 * DAY_MS);
    expect(one.intent().status).toBe('Reversed');
  });

  it('releases or takes the rest of a part taken hold', () => {
    const past = [{ kind: 'capture' as const, atMs: NOON_MS - 60_000, amountMinor: 2000 }];
    const released = withPayment(aHold({ ...ending, past, autoExpireAction: 'Release' }));
    released.bank.advance(endsAtMs);
    expect(released.intent().status).toBe('Captured');
    expect(released.money()).toMatchObject({ capturedMinor: 2000, releasedMinor: 2200 });
    expect(released.capture(100, endsAtMs)).toBe(409);

    const taken = withPayment(aHold({ ...ending, past, autoExpireAction: 'Capture' }));
    taken.bank.advance(endsAtMs + SETTLED_MS);
    expect(taken.money()).toMatchObject({ capturedMinor: 4200, releasedMinor: 0 });
  });

  it('releases it where the bank declines the capture of the end', () => {
    const one = withPayment(aHold({ ...ending, autoExpireAction: 'Capture' }));
    one.bank.orderOutcome('Declined', one.id);
    one.bank.advance(endsAtMs + SETTLED_MS);
    expect(one.intent().status).toBe('Reversed');
    expect(one.money()).toMatchObject({ capturedMinor: 0, releasedMinor: 4200 });
  });

  it('releases the rest once, even if what was taken before is given back in full afterwards', () => {
    const past = [{ kind: 'capture' as const, atMs: NOON_MS - 60_000, amountMinor: 2000 }];
    const one = withPayment(aHold({ ...ending, past, autoExpireAction: 'Capture' }));
    one.bank.orderOutcome('Declined', one.id);
    one.bank.advance(endsAtMs + SETTLED_MS);
    expect(one.refund(2000, endsAtMs + SETTLED_MS)).toBe('ok');
    expect(one.money()).toMatchObject({ capturedMinor: 2000, releasedMinor: 2200, refundedMinor: 2000 });
    expect(one.bank.imbalances()).toEqual([]);
  });

  it('takes nothing of a payment that was refunded in part', () => {
    const past = [
      { kind: 'capture' as const, atMs: NOON_MS - 60_000, amountMinor: 2000 },
      { kind: 'refund' as const, atMs: NOON_MS - 30_000, amountMinor: 500 },
    ];
    const one = withPayment(aHold({ ...ending, past, autoExpireAction: 'Capture' }));
    one.bank.advance(endsAtMs + SETTLED_MS);
    expect(one.money()).toMatchObject({ capturedMinor: 2000, releasedMinor: 2200 });
  });

  it('happens before a later request is looked at', () => {
    const one = withPayment(aHold({ ...ending, autoExpireAction: 'Capture' }));
    expect(one.reverse(endsAtMs)).toBe(409);
    expect(one.money().reversals).toBe(0);
  });

  it('does not touch a sale', () => {
    const one = withPayment(aSale());
    one.bank.advance(NOON_MS + 60 * DAY_MS);
    expect(one.intent().status).toBe('Captured');
  });
});

describe('an unpaid request', () => {
  it.each([
    { expireAtMs: NOON_MS + HOUR_MS, lapsesAtMs: NOON_MS + HOUR_MS },
    { expireAtMs: null, lapsesAtMs: NOON_MS - HOUR_MS + 30 * DAY_MS },
  ])('lapses at its time (expireAt $expireAtMs)', ({ expireAtMs, lapsesAtMs }) => {
    const one = withPayment(anUnpaid({ expireAtMs }));
    one.bank.advance(lapsesAtMs - 1);
    expect(one.intent().status).toBe('Created');
    expect(one.bank.pay(one.id, lapsesAtMs)).toBe(false);
    expect(one.intent().status).toBe('Canceled');
    expect(one.bank.read(ACCOUNT, one.id, false, lapsesAtMs)).toMatchObject({ ok: false, error: { status: 404 } });
  });
});
