import { describe, expect, it } from 'vitest';
import { cameTo, lookedAt, type PressAt, pressedAt } from '../../renderer/press/still-place.ts';

const press = (what: string, atMs: number, more: Partial<PressAt> = {}): PressAt => ({ x: 100, y: 100, what, atMs, isTouch: false, ...more });
const first = pressedAt(null, press('Remove Q2', 1_000)).place;

describe('a press at a place that was just pressed', () => {
  it('is the first one’s own there: both count', () => {
    expect(pressedAt(null, press('Up', 1_000)).isTooSoon).toBe(false);
    expect(pressedAt(first, press('Remove Q2', 1_040)).isTooSoon).toBe(false);
  });

  it.each([40, 350, 399, 450, 899])('is not the next row’s, %i ms after it came there', (gapMs) => {
    const closedUp = lookedAt(first, 'Remove Q3', 1_100);
    expect(pressedAt(closedUp, press('Remove Q3', 1_100 + gapMs)).isTooSoon).toBe(true);
  });

  it('is the next row’s once it has stood there for a moment', () => {
    const closedUp = lookedAt(first, 'Remove Q3', 1_100);
    expect(pressedAt(closedUp, press('Remove Q3', 2_000)).isTooSoon).toBe(false);
    const late = lookedAt(first, 'Remove Q3', 1_900);
    expect(pressedAt(late, press('Remove Q3', 2_299)).isTooSoon).toBe(true);
    expect(pressedAt(late, press('Remove Q3', 2_300)).isTooSoon).toBe(false);
  });

  it('is the same one’s again however often it is pressed', () => {
    const twice = pressedAt(first, press('Remove Q2', 1_300)).place;
    expect(pressedAt(twice, press('Remove Q2', 1_600)).isTooSoon).toBe(false);
  });

  it('is the first one’s again once it has waited for an answer and is itself again', () => {
    const waited = lookedAt(lookedAt(first, 'Connecting…', 1_010), 'Remove Q2', 1_100);
    expect(pressedAt(waited, press('Remove Q2', 1_500)).isTooSoon).toBe(false);
    expect(pressedAt(waited, press('Remove Q2', 1_499)).isTooSoon).toBe(true);
  });

  it('is nobody else’s before a double click on the one that was pressed last is over', () => {
    const changed = lookedAt(first, 'Yes, reverse', 1_050);
    const settled = pressedAt(changed, press('Yes, reverse', 2_000));
    expect(settled.isTooSoon).toBe(false);
    expect(pressedAt(lookedAt(settled.place, 'Remove Q3', 2_100), press('Remove Q3', 2_999)).isTooSoon).toBe(true);
  });

  it('is too soon where nobody has looked yet: the press itself finds somebody else', () => {
    const second = pressedAt(first, press('Remove Q3', 1_060));
    expect(second.isTooSoon).toBe(true);
    expect(pressedAt(second.place, press('Remove Q3', 1_200)).isTooSoon).toBe(true);
    expect(pressedAt(second.place, press('Remove Q3', 1_999)).isTooSoon).toBe(true);
    expect(pressedAt(second.place, press('Remove Q3', 2_000)).isTooSoon).toBe(false);
  });

  it('where nobody is does nothing anyway', () => {
    expect(pressedAt(first, press('', 1_060)).isTooSoon).toBe(false);
  });

  it.each([
    ['a mouse', false, 8, 9],
    ['a finger', true, 24, 25],
  ])('is at that place as far as %s trembles, and no further', (_, isTouch, nearPx, farPx) => {
    const { place } = pressedAt(null, press('Remove Q2', 1_000, { isTouch }));
    expect(pressedAt(place, press('Remove Q3', 1_060, { isTouch, x: 100 + nearPx })).isTooSoon).toBe(true);
    expect(pressedAt(place, press('Remove Q3', 1_060, { isTouch, x: 100 + farPx })).isTooSoon).toBe(false);
  });
});

describe('a press under a pointer that rests', () => {
  const rests = cameTo({ x: 100, y: 100, what: 'Remove Q2', isTouch: false });

  it('counts for whom the pointer came to', () => {
    expect(pressedAt(rests, press('Remove Q2', 1_000)).isTooSoon).toBe(false);
  });

  it('does not count for a row that has just moved there by itself', () => {
    const moved = lookedAt(rests, 'Remove Q3', 1_000);
    expect(pressedAt(moved, press('Remove Q3', 1_100)).isTooSoon).toBe(true);
    expect(pressedAt(moved, press('Remove Q3', 1_400)).isTooSoon).toBe(false);
  });
});
