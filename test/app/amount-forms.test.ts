import { describe, expect, it } from 'vitest';
import { createAmountForms } from '../../main/app/amount-forms.ts';
import { baselineOf } from '../../main/core/queue/evidence.ts';
import { ok } from '../../main/core/result.ts';
import { aCapture, aHold, anAction, anOutcome, NOON_MS } from '../builders.ts';

const hold = aHold({ amountMinor: 10_000, tipsMinor: 500, serviceChargeMinor: 1250 });
const capture = (amount: number, status: number | null, on = hold) =>
  anAction({
    move: { kind: 'capture', amount },
    state: status === null ? 'done' : 'refused',
    outcome: anOutcome(status === null ? {} : { code: 'refused', status }),
    baseline: baselineOf(on, NOON_MS),
  });

function aTill(facts = new Map<string, string>()) {
  const ledger = {
    readFact: (name: string) => facts.get(name) ?? null,
    writeFact(name: string, value: string) {
      facts.set(name, value);
      return ok(null);
    },
  };
  return createAmountForms(ledger, () => 'acc_1');
}

describe('which form of amounts an account takes', () => {
  it('is kept over a restart, and so is that it was forgotten', () => {
    const facts = new Map<string, string>();
    const no = capture(11_750, 409);
    aTill(facts).learn(capture(10_500, null), hold, [no]);
    expect(aTill(facts).of()).toEqual({ capture: 'bill-and-tips', refund: null });
    aTill(facts).learn(capture(10_500, 409), hold, []);
    expect(aTill(facts).of()).toEqual({ capture: null, refund: null });
  });

  it('is put right where the rest was taken after bill and tips', () => {
    const till = aTill();
    till.learn(capture(10_500, null), hold, [capture(11_750, 400)]);
    const rest = { ...hold, captures: [aCapture({ amountMinor: 10_500 })] };
    till.learn(capture(1250, null, rest), rest, []);
    expect(till.of().capture).toBe('whole');
  });

  it('is learnt anew where an earlier till had learnt it from any part', () => {
    expect(aTill(new Map([['amountForm:capture:acc_1', 'bill-and-tips']])).of().capture).toBeNull();
  });

  it('writes nothing where nothing was learnt, nor for another account', () => {
    const facts = new Map<string, string>();
    const till = aTill(facts);
    till.learn(capture(10_500, 409), hold, []);
    till.learn(capture(5_000, null), hold, [capture(11_750, 409)]);
    till.learn({ ...capture(11_750, null), accountId: 'acc_2' }, hold, []);
    expect(facts.size).toBe(0);
  });
});
