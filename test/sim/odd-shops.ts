import { COMMON, type Feature, happens, MINUTE_MS, onTill, RARE, SECOND_MS, several, withPayment } from './feature.ts';

/** What a shop has that most have not: money of another country, another program that reads the till's own ledger. */
export const ODD_SHOPS: Readonly<Record<string, Feature>> = {
  'payments in another currency': {
    chance: COMMON,
    standing: true,
    add: (schedule, random) => {
      const currency = random.pick(['USD', 'JPY', 'KWD', 'XTS'] as const);
      const payment = (captureMode: 'Auto' | 'Manual') => ({
        id: `pay_${currency}_${captureMode}`,
        reference: `In ${currency}`,
        amountMinor: random.whole(10, 6_000),
        currency,
        captureMode,
        createdAtMs: schedule.startMs - random.whole(1, 200) * MINUTE_MS,
      });
      return withPayment(withPayment(schedule, payment('Manual')), payment('Auto'));
    },
  },
  'another program holds the ledger': {
    chance: RARE,
    add: (schedule, random) => {
      const till = random.whole(0, schedule.tills - 1);
      return happens(schedule, random, [
        ...onTill(till, [{ do: 'disk', mood: 'busy' }, ...several(random, 1, 3)]),
        { do: 'disk', mood: 'ok', till, afterMs: random.whole(1, 40) * SECOND_MS },
        ...onTill(till, several(random, 0, 1)),
      ]);
    },
  },
};
