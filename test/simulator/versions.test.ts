import { describe, expect, it } from 'vitest';
import { type MoveRule, ruleFor } from '../../main/core/payment/rules.ts';
import type { Move, MoveKind } from '../../main/core/queue/action.ts';
import { createDojoClient } from '../../main/dojo/client.ts';
import { createInProcessHttp } from '../../main/simulator/in-process.ts';
import type { NewPayment } from '../../main/simulator/new-payment.ts';
import { API_VERSIONS } from '../../preload/choices.ts';
import { aCase } from '../builders.ts';
import { noGate } from '../dojo/no-gate.ts';
import { createSimClock } from '../sim/clock.ts';
import { aHold, anUnpaid, aSale, DAY_MS, KEY, NOON_MS, SETTLED_MS } from './a-bank.ts';
import { aFace } from './a-face.ts';

/** The till's own client, asking the simulated Dojo in one API version. */
function aTillOf(version: string) {
  const { face, bank, time, add } = aFace({}, version);
  const clock = createSimClock(NOON_MS);
  const { http } = createInProcessHttp({ face, clock, fraction: () => 0 });
  const client = createDojoClient({
    http,
    baseUrl: 'https://training.invalid',
    apiKey: KEY,
    version: () => version,
    readVersions: [version],
    gate: noGate,
    nowMs: clock.nowMs,
  });
  const heard = async <T>(answer: Promise<T>): Promise<T> => {
    await clock.run(10_000);
    time.nowMs += SETTLED_MS;
    bank.advance(time.nowMs); // what a bank has to say to a capture is said
    return answer;
  };
  return {
    bank,
    add,
    client,
    heard,
    /** What Dojo got that was no read. */
    asked: () => face.journal().filter(({ operation }) => operation !== 'read' && operation !== 'search'),
    read: (id: string) => heard(client.read(id)),
    perform: (move: Move, id: string) => heard(client.perform(move, { id, currency: 'GBP' }, 'key-1')),
    /** The rule on what this version shows of the payment. */
    async rule(kind: MoveKind, id: string): Promise<MoveRule> {
      const read = await heard(client.read(id));
      if (!read.ok) throw new Error(`expected the payment, got ${read.error.cause}`);
      return ruleFor(kind, aCase({ payment: read.value, nowMs: NOON_MS, apiVersion: version }));
    },
  };
}

const OLD = ['2022-01-03', '2022-04-07'];
const free = { customAmountAllowed: true, tipsAllowed: true };

type Operation = readonly [what: string, payment: NewPayment, move: Move, lackedBy: readonly string[]];

const operations: readonly Operation[] = [
  ['takes a hold whole', aHold(), { kind: 'capture', amount: 4200 }, []],
  ['takes a part of a hold', aHold(), { kind: 'capture', amount: 1500 }, []],
  ['releases a hold', aHold(), { kind: 'reverse' }, []],
  ['undoes a sale', aSale(), { kind: 'reverse' }, []],
  ['refunds a part', aSale(), { kind: 'refund', amount: 500, reason: 'Spilt', notes: 'Soup' }, []],
  ['refunds the whole', aSale(), { kind: 'refund', amount: 2000 }, []],
  ['cancels', anUnpaid(), { kind: 'cancel' }, []],
  ['changes the amount', anUnpaid(free), { kind: 'setAmount', amount: 3500 }, []],
  ['changes the tips', anUnpaid(free), { kind: 'setTips', amount: 150 }, ['2022-01-03']],
  ['sends a receipt', aSale(), { kind: 'sendReceipt', emails: ['guest@example.com'] }, []],
];

describe.each(API_VERSIONS)('with API version %s the till', (version) => {
  it.each(operations)('%s, or says that the version cannot', async (_, payment, move, lackedBy) => {
    const { add, rule, perform, asked, bank } = aTillOf(version);
    const id = add(payment);
    const before = bank.moneyOf(id);
    const open = await rule(move.kind, id);
    const performed = await perform(move, id);
    if (lackedBy.includes(version)) {
      expect(open).toMatchObject({ open: false, code: 'version', reason: expect.stringMatching(new RegExp(`${version}.*settings`)) });
      expect(performed).toMatchObject({ ok: false, error: { kind: 'refused', status: null } });
      expect(asked()).toEqual([]);
      return;
    }
    expect(open).toMatchObject({ open: true });
    expect(performed).toMatchObject({ ok: true });
    expect(asked()).toMatchObject([{ committed: true, headers: { version } }]);
    const money = bank.moneyOf(id);
    if (move.kind === 'capture') expect(money).toMatchObject({ captures: 1, capturedMinor: move.amount });
    else if (move.kind === 'reverse') expect(money.reversals).toBe(1);
    else if (move.kind === 'refund') expect(money).toMatchObject({ refunds: 1, refundedMinor: move.amount });
    else expect(money).toEqual(before);
  });

  it('takes tips with a hold, or says that the version takes none', async () => {
    const { add, rule, perform, asked, bank } = aTillOf(version);
    const id = add(aHold({ tipsAllowed: true }));
    const open = await rule('capture', id);
    const performed = await perform({ kind: 'capture', amount: 4000, tipsAmount: 200 }, id);
    if (OLD.includes(version)) {
      expect(open).toMatchObject({ tipsAllowed: false, tipsReason: expect.stringContaining(version) });
      expect(performed).toMatchObject({ ok: false, error: { kind: 'refused', cause: 'no-tips' } });
      expect(asked()).toEqual([]);
      return;
    }
    expect(open).toMatchObject({ tipsAllowed: true, tipsReason: null });
    expect(performed).toMatchObject({ ok: true });
    expect(bank.moneyOf(id)).toMatchObject({ captures: 1, capturedMinor: 4200 });
  });

  it('sees each part that was captured, or warns before a refund that it does not; of parts it says that Dojo decides', async () => {
    const { add, rule, read } = aTillOf(version);
    const id = add(
      aHold({
        past: [
          { kind: 'capture', amountMinor: 1500, atMs: NOON_MS - 60_000 },
          { kind: 'capture', amountMinor: 2700, atMs: NOON_MS - 50_000 },
        ],
      }),
    );
    const shown = await read(id);
    const refund = await rule('refund', id);
    if (OLD.includes(version)) {
      expect(shown).toMatchObject({ value: { status: 'Captured', captures: null } });
      expect(refund).toMatchObject({ open: true, caution: expect.stringContaining('does not show how much') });
      return;
    }
    expect(shown).toMatchObject({ value: { captures: [{ amountMinor: 1500 }, { amountMinor: 2700 }] } });
    expect(refund).toMatchObject({ open: true, maxMinor: 4200, caution: expect.stringContaining('captured in parts') });
  });

  it('reads a cancelled payment where the version of its readings shows one', async () => {
    const { add, rule, perform, read } = aTillOf(version);
    const id = add(anUnpaid());
    // Which version that is the shop's setting does not say: it is for moves.
    expect(await rule('cancel', id)).toMatchObject({ open: true, caution: null });
    await perform({ kind: 'cancel' }, id);
    const shown = await read(id);
    if (OLD.includes(version)) {
      expect(shown).toMatchObject({ ok: false, error: { kind: 'refused', status: 404 } });
      return;
    }
    expect(shown).toMatchObject({ ok: true, value: { status: 'Canceled' } });
  });

  it('finds every payment of the day, with its card', async () => {
    const { add, client, heard } = aTillOf(version);
    const ids = [add(aSale()), add(aHold()), add(anUnpaid()), add(aSale({ past: [{ kind: 'reverse', atMs: NOON_MS - 1 }] }))];
    const found = await heard(client.search({ startMs: NOON_MS - DAY_MS, endMs: NOON_MS + DAY_MS }));
    if (!found.ok) throw new Error(`expected the day, got ${found.error.cause}`);
    expect(found.value.odd).toBe(0);
    expect(found.value.payments.map(({ id }) => id).sort()).toEqual(ids.sort());
    const paid = found.value.payments.filter(({ status }) => status !== 'Created');
    expect(paid.map(({ card }) => card?.last4)).toEqual([expect.stringMatching(/^\d{4}$/), expect.stringMatching(/^\d{4}$/), expect.stringMatching(/^\d{4}$/)]);
  });
});
