import { describe, expect, it } from 'vitest';
import { isKeptAway } from '../../renderer/scan/place.ts';

describe('a scanner’s key', () => {
  it.each([
    ['a digit', 'char', '5', 'amount', 'amount', true],
    ['Enter', 'end', 'Enter', 'amount', 'amount', true],
    ['Tab', 'end', 'Tab', 'amount', 'amount', true],
    ['a function key', 'end', 'F12', 'amount', 'amount', true],
    ['a digit', 'char', '5', 'none', 'none', true],
    ['a blank', 'char', ' ', 'none', 'none', true],
    ['Enter', 'end', 'Enter', 'none', 'none', true],
    ['a letter that would choose', 'char', 'L', 'options', 'options', true],
    ['a digit that comes into a text from elsewhere', 'char', '5', 'text', 'none', true],
    ['Enter in a text of one line', 'end', 'Enter', 'text', 'text', true],
    ['Enter in the search', 'end', 'Enter', 'search', 'search', true],
    ['a digit', 'char', '5', 'search', 'search', false],
    ['a digit', 'char', '5', 'text', 'text', false],
    ['Tab', 'end', 'Tab', 'text', 'text', false],
    ['Shift', 'silent', 'Shift', 'amount', 'amount', false],
    ['Escape', 'end', 'Escape', 'amount', 'amount', false],
  ] as const)('%s (%s %s) in %s, begun in %s: kept away %s', (_, kind, key, place, beganIn, isKept) => {
    expect(isKeptAway(kind, key, place, beganIn, false)).toBe(isKept);
  });

  it('Enter in a text of many lines stays there as a new line', () => {
    expect(isKeptAway('end', 'Enter', 'text', 'text', true)).toBe(false);
  });
});
