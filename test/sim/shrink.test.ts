import { describe, expect, test } from 'vitest';
import { DEFECTS } from './defects.ts';
import { calm, draw, MINUTES, type Schedule } from './schedule.ts';
import { shrink } from './shrink.ts';
import { play } from './simulate.ts';

const START_MS = Date.parse('2026-06-15T12:00:00Z');

/** A till that takes lost answers for refusals: one take whose answer is lost shows it. */
const defect = DEFECTS['takes an unknown outcome for a refusal'];
const hold = { id: 'pay_001', amountMinor: 4200, captureMode: 'Manual', createdAtMs: START_MS - 60_000 } as const;
const take = { afterMs: 5_000, till: 0, do: 'take', pick: 0, share: 'whole', again: 'no' } as const;
const lost = { till: 0, on: 'move', nth: 0, fault: 'lost-after' } as const;
const noise = { afterMs: 1_000, till: 0, do: 'refresh' } as const;
const busy: Schedule = {
  ...calm(START_MS),
  payments: [{ id: 'pay_000', amountMinor: 999, createdAtMs: START_MS - 60_000 }, hold],
  steps: [...Array.from({ length: 9 }, () => ({ ...noise })), take, ...Array.from({ length: 70 }, () => ({ ...noise }))],
  faults: [lost, ...[5, 9, 20].map((nth) => ({ till: 0, on: 'look', nth, fault: 'slow-back' }) as const)],
  crashes: [{ till: 0, at: 'answer-unread', nth: 7 }],
};

describe('a failure', () => {
  test('is the same every time its seed is played', async () => {
    const schedule = draw(7, MINUTES);
    const [one, other] = [await play(schedule, { defect, history: true }), await play(draw(7, MINUTES), { defect, history: true })];
    expect(one.history.length).toBeGreaterThan(10);
    expect(other).toEqual(one);
  });

  test('is shown by what it takes and little else', { timeout: 60_000 }, async () => {
    const outcome = await play(busy, { defect });
    // The no is looked at on the payment, and what shows there is told of somebody else.
    expect(outcome.broken[0]?.promise).toBe('elsewhereWasElsewhere');
    const smallest = await shrink(outcome, defect);
    expect((await play(smallest, { defect })).broken[0]?.promise).toBe('elsewhereWasElsewhere');
    expect(smallest.steps.filter((step) => step.do === 'take')).toHaveLength(1);
    expect(smallest.steps.length).toBeLessThanOrEqual(3);
    expect(smallest).toMatchObject({ payments: [hold], faults: [lost], crashes: [] });
  });
});
