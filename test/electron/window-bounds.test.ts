import { expect, test } from 'vitest';
import { fitBounds, isBounds, WINDOW_MIN, windowBounds } from '../../main/electron/window-bounds.ts';

const SCREENS = [
  { x: 0, y: 0, width: 1366, height: 728 },
  { x: 1366, y: 0, width: 1920, height: 1040 },
];

test.each([
  ['stays where it was', { x: 50, y: 60, width: 900, height: 600 }, { x: 50, y: 60, width: 900, height: 600 }],
  ['stays on the second screen', { x: 1500, y: 10, width: 1600, height: 900 }, { x: 1500, y: 10, width: 1600, height: 900 }],
  ['is pulled in from the edge', { x: -300, y: 400, width: 900, height: 600 }, { x: 0, y: 128, width: 900, height: 600 }],
  ['shrinks to the screen', { x: 0, y: 0, width: 4000, height: 3000 }, { x: 0, y: 0, width: 1366, height: 728 }],
  ['is forgotten with its screen', { x: -2000, y: 0, width: 900, height: 600 }, null],
  ['is forgotten where only a sliver would show', { x: 3236, y: 0, width: 900, height: 600 }, null],
])('the window %s', (_words, bounds, fitted) => {
  expect(fitBounds(bounds, SCREENS)).toEqual(fitted);
});

test.each([null, 'text', [], {}, { x: 1, y: 1, width: 1 }, { x: '1', y: 1, width: 1, height: 1 }, { x: 1.5, y: 1, width: 1, height: 1 }])(
  'stored nonsense is not a place: %j',
  (value) => expect(isBounds(value)).toBe(false),
);

/** What a PC of 1366×768 leaves to a window beside a task bar, in its own pixels at 100, 150 and 200 %, and one of 1280×720. */
const WORK_AREAS = [
  { x: 0, y: 0, width: 1366, height: 728 },
  { x: 0, y: 0, width: 911, height: 472 },
  { x: 0, y: 0, width: 683, height: 344 },
  { x: 0, y: 40, width: 640, height: 320 },
];

test.each(WORK_AREAS)('on a screen with room for $width×$height the window is whole, the first time and from a larger one', (area) => {
  expect(WINDOW_MIN.width).toBeLessThanOrEqual(area.width);
  expect(WINDOW_MIN.height).toBeLessThanOrEqual(area.height);
  const goneScreen = { x: 4_000, y: 0, width: 1920, height: 1040 };
  for (const remembered of [null, goneScreen, { x: 0, y: 0, width: 1366, height: 728 }]) {
    const { x, y, width, height } = windowBounds(remembered, [area]);
    expect([x >= area.x, y >= area.y, x + width <= area.x + area.width, y + height <= area.y + area.height]).toEqual([true, true, true, true]);
  }
});

test('the first window stands in the middle of the first screen, and is no larger than a shop’s PC', () => {
  expect(windowBounds(null, [{ x: 0, y: 0, width: 1920, height: 1040 }])).toEqual({ x: 277, y: 136, width: 1366, height: 768 });
});

test('a remembered place is kept where its screen is there', () => {
  expect(windowBounds({ x: 1500, y: 10, width: 1600, height: 900 }, SCREENS)).toEqual({ x: 1500, y: 10, width: 1600, height: 900 });
});
