import { expect, test } from 'vitest';
import { fitBounds, isBounds } from '../../main/electron/window-bounds.ts';

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
