import type { NewPayment } from '../../main/simulator/new-payment.ts';
import type { SeededRandom } from '../../main/simulator/random.ts';
import type { Switches } from '../../main/simulator/switches.ts';
import type { Trouble } from './faults.ts';
import { type Feature, HOUR_MS, happens, MINUTE_MS, onTill, RARE, SECOND_MS, several, withPayment } from './feature.ts';
import type { Deed, Schedule } from './schedule.ts';

/** Answers of Dojo's that leave something out, or say what is not so. */

const withSwitches = (schedule: Schedule, switches: Partial<Switches>): Schedule => ({ ...schedule, switches: { ...schedule.switches, ...switches } });
const WORKS: readonly Deed[] = [{ do: 'line-up' }, { do: 'resume' }];

const today = (schedule: Schedule, random: SeededRandom, captureMode: 'Auto' | 'Manual'): NewPayment & { id: string } => ({
  id: `pay_odd_${schedule.payments.length}`,
  reference: 'Of today',
  amountMinor: random.whole(10, 60) * 100,
  captureMode,
  createdAtMs: schedule.startMs - random.whole(1, 100) * MINUTE_MS,
});

/** A payment, and one decision about it whose answer the till does not get, mostly. */
function decided(schedule: Schedule, random: SeededRandom): Readonly<{ schedule: Schedule; paymentId: string; deeds: Deed[] }> {
  const what = random.pick(['take', 'take', 'refund', 'undo', 'cancel'] as const);
  const mode = what === 'refund' || (what === 'undo' && random.chance(0.5)) ? 'Auto' : 'Manual';
  const payment = { ...today(schedule, random, mode), ...(what === 'cancel' ? { paidAtMs: null } : {}) };
  const { id: paymentId } = payment;
  const share = random.pick(['whole', 'half', 'five-pounds'] as const);
  const deed: Deed = what === 'take' || what === 'refund' ? { do: what, pick: 0, share, again: 'no', paymentId } : { do: what, pick: 0, paymentId };
  const unheard: Deed = {
    do: 'trouble',
    what: random.pick(['lost', 'lost', 'hang'] as const),
    scope: 'payment',
    on: 'moves',
    forMs: random.whole(10, 60) * SECOND_MS,
    pick: 0,
    paymentId,
  };
  return { schedule: withPayment(schedule, payment), paymentId, deeds: [...WORKS, ...(random.chance(0.8) ? [unheard] : []), deed] };
}

/** Dojo says of a payment that there is none: before anything is sent of it, or while a till looks what became of its request. */
const unknownPayment = (limit: (random: SeededRandom) => Pick<Trouble, 'forMs' | 'times'>): Feature => ({
  chance: RARE,
  add: (schedule, random) => {
    const till = random.whole(0, schedule.tills - 1);
    const unknown: Deed = { do: 'trouble', what: 404, scope: 'payment', on: 'looks', pick: random.fraction(), ...limit(random) };
    if (random.chance(0.3)) return happens(schedule, random, onTill(till, [...several(random, 1, 2), unknown, ...several(random, 1, 2)]));
    const of = decided(schedule, random);
    const later: Deed[] = random.chance(0.5) ? [{ do: 'refresh' }] : several(random, 0, 2);
    return happens(of.schedule, random, onTill(till, [...of.deeds, { ...unknown, paymentId: of.paymentId }, ...later]));
  },
});

const leftOut = (switches: (said: 'null' | 'absent') => Partial<Switches>): Feature => ({
  chance: RARE,
  add: (schedule, random) => {
    const till = random.whole(0, schedule.tills - 1);
    const out = withSwitches(schedule, switches(random.pick(['null', 'null', 'absent'] as const)));
    const hold = today(out, random, 'Manual');
    const part = (): Deed => ({ do: 'take', pick: 0, share: random.pick(['half', 'five-pounds', 'five-pounds'] as const), again: 'no', paymentId: hold.id });
    const sold = withPayment(out, hold);
    const of = decided(sold, random);
    return happens(of.schedule, random, onTill(till, [...WORKS, part(), ...(random.chance(0.6) ? [part()] : []), ...of.deeds, ...several(random, 0, 2)]));
  },
});

export const ODD_ANSWERS: Readonly<Record<string, Feature>> = {
  '404 to one of the looks': unknownPayment(() => ({ forMs: 10 * MINUTE_MS, times: 1 })),
  '404 to one payment, looks': unknownPayment((random) => ({
    forMs: random.chance(0.7) ? random.whole(5, 240) * SECOND_MS : random.whole(4, 40) * MINUTE_MS,
  })),
  'ids left out of answers': leftOut((answerIds) => ({ answerIds })),
  'ids left out of lists': leftOut((captureIds) => ({ captureIds })),
  'updatedAt stands still': {
    chance: RARE,
    add: (schedule, random) => {
      const till = random.whole(0, schedule.tills - 1);
      const sale = today(schedule, random, 'Auto');
      const updatedAt = random.pick(['not-by-refunds', 'not-by-refunds', 'not-by-captures', 'never', 'absent'] as const);
      const odd = withSwitches(withPayment(schedule, sale), { updatedAt, updatedAtOf: random.chance(0.4) ? sale.id : null });
      const refund: Deed = { do: 'refund', pick: 0, share: 'five-pounds', again: 'no', paymentId: sale.id };
      if (random.chance(0.4)) return happens(odd, random, onTill(till, [...WORKS, refund, ...several(random, 1, 3)]));
      const after = (deed: Deed, least: number, most: number) => ({ ...deed, till, afterMs: random.whole(least, most) * SECOND_MS });
      // Another till gives back as much later on.
      const elsewhere: Deed = { do: 'elsewhere', pick: 0, paymentId: sale.id, what: 'refund', share: 'five-pounds' };
      if (random.chance(0.4))
        return happens(odd, random, [
          ...onTill(till, [...WORKS, refund]),
          after({ do: 'refresh' }, 35, 200),
          after(elsewhere, 60, 300),
          after({ do: 'refresh' }, 5, 60),
        ]);
      // Another till gives back as much, while this one cannot see it.
      const offline = onTill(till, [{ do: 'line-down', how: 'no-line', forMs: 0 }, refund]);
      const rival = { do: 'rival', pick: 0.999, how: 'same', inMs: random.whole(0, 20) * SECOND_MS, till, afterMs: 0 } as const;
      return happens(odd, random, [
        ...onTill(till, [...WORKS, refund]),
        after({ do: 'refresh' }, 35, 200),
        ...offline,
        rival,
        after({ do: 'line-up' }, 90, 200),
      ]);
    },
  },
  'servers seconds apart date a payment': {
    chance: RARE,
    add: (schedule, random) => {
      const till = random.whole(0, schedule.tills - 1);
      const hold = today(schedule, random, 'Manual');
      const odd = withSwitches(withPayment(schedule, hold), { updatedAt: 'servers-apart', updatedAtOf: random.chance(0.4) ? hold.id : null });
      const capture: Deed = { do: 'take', pick: 0, share: random.pick(['whole', 'half'] as const), again: 'no', paymentId: hold.id };
      const elsewhere: Deed = { do: 'elsewhere', pick: 0, paymentId: hold.id, what: 'refund', share: 'five-pounds' };
      return happens(odd, random, onTill(till, [...WORKS, capture, ...several(random, 0, 2), { do: 'refresh' }, elsewhere, { do: 'refresh' }]));
    },
  },
  'one of several servers is hours off': {
    chance: RARE,
    add: (schedule, random) => {
      const apartMs = random.pick([-1, 1] as const) * (random.whole(1, 20) * HOUR_MS + random.whole(0, 59) * MINUTE_MS);
      const till = random.whole(0, schedule.tills - 1);
      const waits: Deed[] = [{ do: 'line-down', how: 'no-line', forMs: 0 }, { do: 'undo', pick: random.fraction() }, { do: 'line-up' }];
      const deeds = [...several(random, 0, 2), ...(random.chance(0.5) ? waits : [{ do: 'undo', pick: random.fraction() } as const])];
      return happens({ ...schedule, date: { kind: 'one-of-several', of: random.whole(3, 5), apartMs } }, random, onTill(till, deeds));
    },
  },
};
