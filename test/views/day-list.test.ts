import { expect, test } from 'vitest';
import { tradingDay } from '../../main/core/day/day.ts';
import { holdEndsByMs } from '../../main/core/payment/payment.ts';
import { createDayList } from '../../main/views/day-list.ts';
import { aCapture, aHold, NOON_MS } from '../builders.ts';

test('the rest of a hold is on hold in the day’s sums before its end, also where a clock that was ahead is put right', () => {
  const hold = aHold({ status: 'Captured', captures: [aCapture({ amountMinor: 1000 })] });
  const payments = new Map([[hold.id, hold]]);
  const [day, actions, unknown] = [tradingDay(NOON_MS, 'Europe/London', 0), new Map(), new Set<string>()];
  let nowMs = NOON_MS;
  const listOf = createDayList(
    () => day.date,
    () => 0,
    () => nowMs,
  );
  const onHoldMinor = [NOON_MS, holdEndsByMs(hold), NOON_MS].map((atMs) => {
    nowMs = atMs;
    return listOf(payments, day, 'Europe/London', actions, unknown).byCurrency[0]?.onHoldMinor;
  });
  expect(onHoldMinor).toEqual([3200, 0, 3200]);
});
