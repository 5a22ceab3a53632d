import { describe, expect, test } from 'vitest';
import type { Ledger } from '../../main/ports/ledger.ts';
import type { NewPayment } from '../../main/simulator/new-payment.ts';
import { KEY, NOON_MS, simLedgerOn, startShop } from '../a-shop.ts';
import { emptyDisk } from '../sim/disk.ts';

const MINUTE = 60_000;
/** Half an hour before the shop's midnight. */
const LATE_MS = NOON_MS + 11.5 * 60 * MINUTE;
const ioError = () => Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR_READ' });
const hold = (id: string, createdAtMs: number): NewPayment => ({ id, reference: id, createdAtMs, amountMinor: 4_200, captureMode: 'Manual' });
const take = (paymentId: string) => ({ requests: [{ kind: 'capture', paymentId, amount: 4_200, requestId: `take ${paymentId}` }] });

type Reads = 'payment' | 'payments' | 'readFact' | 'newestPayments' | 'changedElsewhereSince';

/** A till over a ledger of which a test breaks some reads, and mends them. A throw in a timer comes out of `clock.run`, as it ends the program on a PC. */
async function aShop(payments: readonly NewPayment[]) {
  const broken = new Map<Reads, () => Error>();
  const plain = simLedgerOn(emptyDisk());
  const reads: Reads[] = ['payment', 'payments', 'readFact', 'newestPayments', 'changedElsewhereSince'];
  const over = Object.fromEntries(
    reads.map((read) => [
      read,
      (...asked: unknown[]) => {
        const error = broken.get(read)?.();
        if (error) throw error;
        return (plain[read] as (...asked: unknown[]) => unknown)(...asked);
      },
    ]),
  );
  const shop = await startShop({ startMs: LATE_MS, ledger: { ...plain, ...over } as Ledger, payments });
  await shop.clock.run(5_000);
  const codes = async () => (await shop.look()).connection.notices.map(({ code }) => code);
  return { ...shop, broken, codes };
}

/** In the last minute of its day, a capture whose payment is on the disk alone from midnight on. */
async function inTheLastMinute() {
  const shop = await aShop([hold('pi_1', LATE_MS - 60 * MINUTE), hold('pi_2', LATE_MS - 30 * MINUTE)]);
  await shop.call('submit', take('pi_1'));
  await shop.clock.run(29 * MINUTE);
  return shop;
}

test('training that cannot be opened at a start is said', async () => {
  const disk = emptyDisk();
  disk.facts.set('mode', 'training');
  const ledger = simLedgerOn(disk);
  const { look } = await startShop({ ledger, noTraining: { code: 'full', message: 'The disk is full.' } });
  expect((await look()).connection).toMatchObject({
    mode: 'none',
    notices: [{ code: 'not-connected', message: 'Training could not be opened again. The disk is full.' }],
  });
});

describe('a disk that cannot be read for a moment', () => {
  test('does not end the program from a timer, is said, and keeps nobody else from his work', async () => {
    const { clock, broken, codes, call, bank } = await inTheLastMinute();
    broken.set('payment', ioError);
    await clock.run(2 * MINUTE);
    expect(await codes()).toContain('disk-unreadable');
    expect(await call('submit', take('pi_2'))).toMatchObject({ ok: true });
    await clock.run(MINUTE);
    expect(bank.moneyOf('pi_2').capturedMinor).toBe(4_200);
    broken.clear();
    await clock.run(2 * MINUTE);
    expect(await codes()).not.toContain('disk-unreadable');
  });

  test.each<Reads>(['payments', 'readFact', 'newestPayments', 'changedElsewhereSince'])(
    'nor does one whose %s fails over a midnight; the list is whole afterwards',
    async (read) => {
      const { clock, broken, look } = await aShop([hold('pi_1', LATE_MS - 60 * MINUTE), hold('pi_2', LATE_MS - 30 * MINUTE)]);
      await clock.run(15 * MINUTE);
      broken.set(read, ioError);
      await clock.run(30 * MINUTE);
      broken.clear();
      await clock.run(2 * MINUTE);
      const { day, payments } = await look();
      expect([day.date, payments.map(({ id }) => id).sort()]).toEqual(['2026-06-16', ['pi_1', 'pi_2']]);
    },
  );

  test('a broken invariant in a timer still ends it: what is on disk is safe, what is in memory may not be', async () => {
    const { clock, broken } = await inTheLastMinute();
    broken.set('payment', () => new Error('expected something else'));
    await expect(clock.run(2 * MINUTE)).rejects.toThrow('expected something else');
  });
});

test('a till that is new has lost nothing where the disk cannot be read for a second as its first key comes', async () => {
  const plain = simLedgerOn(emptyDisk());
  let isBroken = false;
  let thrown = 0;
  const newestPayments: Ledger['newestPayments'] = (...asked) => {
    if (!isBroken) return plain.newestPayments(...asked);
    thrown += 1;
    throw ioError();
  };
  const { clock, call, look } = await startShop({ ledger: { ...plain, newestPayments }, isFirst: true, payments: [hold('pi_1', NOON_MS)] });
  await clock.run(5_000);
  isBroken = true;
  await call('connect', { apiKey: KEY }).catch(() => undefined);
  isBroken = false;
  await clock.run(MINUTE);
  expect(thrown).toBeGreaterThan(0);
  expect((await look()).connection).toMatchObject({ mode: 'test', line: 'live', notices: [] });
});

describe('a disk that cannot be read for a second, just as the kept key is taken up', () => {
  const DISK_BACK_MS = 1_000;

  /** The till's second start. Of the facts on the disk, these cannot be read then. */
  async function aSecondStart(cannotBeRead: (fact: string) => boolean) {
    const disk = emptyDisk();
    const plain = simLedgerOn(disk);
    const payments = [hold('pi_1', NOON_MS)];
    const first = await startShop({ ledger: plain, payments });
    await first.call('connect', { apiKey: KEY });
    await first.clock.run(5_000);
    await first.close();
    const thrown: string[] = [];
    let isBroken = false;
    const readFact = (fact: string) => {
      if (!isBroken || !cannotBeRead(fact)) return plain.readFact(fact);
      thrown.push(fact);
      throw ioError();
    };
    const shop = await startShop({ ledger: { ...plain, readFact } as Ledger, payments });
    isBroken = true;
    await shop.clock.run(DISK_BACK_MS);
    isBroken = false;
    return { ...shop, thrown };
  }

  test.each<readonly [string, (fact: string) => boolean]>([
    ['at all', () => true],
    ['half-way into the session', (fact) => fact.startsWith('stopped:')],
  ])('%s: that is said, and the till connects a little later', async (_when, cannotBeRead) => {
    const { clock, look, thrown, call, bank } = await aSecondStart(cannotBeRead);
    expect(thrown).not.toEqual([]);
    expect((await look()).connection.notices).toMatchObject([{ code: 'disk-unreadable' }]);
    await clock.run(MINUTE);
    expect((await look()).connection).toMatchObject({ mode: 'test', keyLast4: '0001', line: 'live', notices: [] });
    await call('submit', take('pi_1'));
    await clock.run(MINUTE);
    expect(bank.moneyOf('pi_1').capturedMinor).toBe(4_200);
  });

  test('what the disk knew stays on screen meanwhile', async () => {
    const { look } = await aSecondStart((fact) => fact === 'home');
    expect(await look()).toMatchObject({ connection: { mode: 'test', keyLast4: null }, payments: [{ id: 'pi_1' }] });
  });
});
