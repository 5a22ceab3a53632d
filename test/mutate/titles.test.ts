import { expect, it } from 'vitest';
import { titled } from './titles.ts';

it.each<readonly [string, readonly unknown[], string]>([
  ['plain', [1], 'plain'],
  ['%s of %i', ['two', 3, 'not said'], 'two of 3'],
  ['row %#: %s', ['a'], 'row 7: a'],
  ['%j', [{ kind: 'capture' }], '{"kind":"capture"}'],
  ['$kind of $to.name', [{ kind: 'refund', to: { name: 'Ann' } }], 'refund of Ann'],
  ['£$kind', [{}], '£$kind'],
])('the title %s of %j', (title, row, formed) => expect(titled(title, row, 7)).toBe(formed));
