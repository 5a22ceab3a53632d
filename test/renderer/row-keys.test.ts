import { describe, expect, test } from 'vitest';
import { placeAfterKey, scrollTopFor } from '../../renderer/today/row-keys.ts';

describe('a key on a row', () => {
  test.each([
    ['ArrowDown', 3, 4],
    ['ArrowUp', 3, 2],
    ['PageDown', 3, 8],
    ['PageUp', 7, 2],
    ['Home', 7, 0],
    ['End', 0, 9],
  ])('%s leads from row %i to row %i', (key, place, expected) => expect(placeAfterKey(key, place, 10, 5)).toBe(expected));

  test.each([
    ['ArrowDown', 9, 9],
    ['ArrowUp', 0, 0],
    ['PageDown', 8, 9],
    ['PageUp', 1, 0],
  ])('%s at the list’s edge stays on it', (key, place, expected) => expect(placeAfterKey(key, place, 10, 5)).toBe(expected));

  test.each(['Enter', ' ', 'a', 'Tab', 'Escape', 'ArrowLeft'])('%j leads nowhere', (key) => expect(placeAfterKey(key, 3, 10, 5)).toBeNull());
});

describe('a row comes into sight', () => {
  test('from above, at the list’s top', () => expect(scrollTopFor(2, 50, 400, 300)).toBe(100));
  test('from below, at the list’s foot', () => expect(scrollTopFor(20, 50, 0, 300)).toBe(750));
  test('and is not moved where it is in sight already', () => {
    expect(scrollTopFor(8, 50, 400, 300)).toBe(400);
    expect(scrollTopFor(13, 50, 400, 300)).toBe(400);
  });
});
