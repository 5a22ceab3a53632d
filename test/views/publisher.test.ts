import { describe, expect, test } from 'vitest';
import { createPublisher, stepBetween } from '../../main/views/publisher.ts';
import type { Patch, PaymentView, Snapshot } from '../../preload/contract.ts';
import { applyPatch } from '../../renderer/patch.ts';
import { connectionView } from '../renderer/connection-builder.ts';
import { paymentView } from '../renderer/view-builders.ts';

type Look = Omit<Snapshot, 'revision'>;

const looking = (payments: readonly PaymentView[]): Look => ({
  connection: connectionView(),
  day: { date: '2026-06-15', startMs: 0, endMs: 1, zone: 'Europe/London', isToday: true },
  payments: [...payments],
  actions: [],
  totals: { isComplete: true, byCurrency: [], attentionCount: 0 },
  settings: {} as Snapshot['settings'],
});
const many = (count: number): PaymentView[] => Array.from({ length: count }, (_, index) => paymentView({ id: `pi_${index}` }));
const idsOf = (payments: readonly { id: string }[]) => payments.map(({ id }) => id).sort();

/** A clock whose timers run when the test says so. */
function handClock() {
  const due: (() => void)[] = [];
  const delaysMs: number[] = [];
  return {
    delaysMs,
    clock: {
      nowMs: () => 0,
      after(delayMs: number, callback: () => void) {
        due.push(callback);
        delaysMs.push(delayMs);
        return () => void (due.includes(callback) && due.splice(due.indexOf(callback), 1));
      },
    },
    runOne: () => due.shift()?.(),
    waiting: () => due.length,
  };
}

describe('a long day', () => {
  test('begins with a part of it, and patches of bounded size bring the rest', () => {
    const now = looking(many(950));
    const { clock, runOne, waiting } = handClock();
    const publisher = createPublisher(clock, () => ({ now, isMore: false }));
    let page = publisher.snapshot();
    expect(page.payments).toEqual(now.payments.slice(0, 200));
    const sizes: number[] = [];
    publisher.onPatch((patch) => {
      sizes.push(patch.payments?.length ?? 0);
      expect(patch.revision).toBe(page.revision + 1);
      page = applyPatch(page, patch);
    });
    while (waiting() > 0) runOne();
    expect(sizes).toEqual([200, 200, 200, 150]);
    expect(page.payments).toEqual(now.payments);
    expect(publisher.snapshot().payments).toHaveLength(950);
  });

  test('leaves the page time to paint its first part, then goes on without a pause', () => {
    const now = looking(many(700));
    const { clock, runOne, waiting, delaysMs } = handClock();
    createPublisher(clock, () => ({ now, isMore: false })).snapshot();
    while (waiting() > 0) runOne();
    expect(delaysMs).toEqual([150, 0, 0]);
  });

  test('goes on without a pause while not all views are made, and then stops', () => {
    const day = many(950);
    const { clock, runOne, waiting } = handClock();
    let made = 0;
    const publisher = createPublisher(clock, () => {
      made = Math.min(day.length, made + 200);
      return { now: looking(day.slice(0, made)), isMore: made < day.length };
    });
    publisher.snapshot();
    while (waiting() > 0) runOne();
    expect(made).toBe(950);
    expect(publisher.snapshot().payments).toEqual(day);
    expect(waiting()).toBe(0);
  });

  test('before anybody asked, nothing is sent on its own', () => {
    const { clock, runOne, waiting } = handClock();
    const publisher = createPublisher(clock, () => ({ now: looking(many(500)), isMore: false }));
    publisher.touch();
    runOne();
    expect(waiting()).toBe(0);
  });

  test('the page has every change in the end, those that came while it was being filled as well', () => {
    let payments = many(700);
    const { clock, runOne, waiting } = handClock();
    const publisher = createPublisher(clock, () => ({ now: looking(payments), isMore: false }));
    let page = publisher.snapshot();
    publisher.onPatch((patch) => {
      page = applyPatch(page, patch);
    });
    runOne();
    payments = [
      paymentView({ id: 'pi_new' }),
      ...payments.slice(1).map((view) => (view.id === 'pi_3' || view.id === 'pi_650' ? { ...view, reference: 'Changed' } : view)),
    ];
    publisher.touch();
    while (waiting() > 0) runOne();
    expect(idsOf(page.payments)).toEqual(idsOf(payments));
    expect(page.payments.filter(({ reference }) => reference === 'Changed').map(({ id }) => id)).toEqual(['pi_3', 'pi_650']);
    expect(page.payments.some(({ id }) => id === 'pi_0')).toBe(false);
  });
});

describe('one step', () => {
  test('of nothing new is no patch', () => {
    const now = looking(many(3));
    expect(stepBetween(now, { ...now, payments: [...now.payments] }, 2)).toMatchObject({ patch: null, isMore: false });
  });

  test('keeps what the page still shows of a payment whose change did not fit', () => {
    const before = looking(many(3));
    const after = looking(before.payments.map((view) => ({ ...view, reference: 'Changed' })));
    const { patch, known, isMore } = stepBetween(before, after, 2);
    expect((patch as Patch).payments).toEqual(after.payments.slice(0, 2));
    expect(known.payments).toEqual([...after.payments.slice(0, 2), before.payments[2]]);
    expect(isMore).toBe(true);
  });
});
