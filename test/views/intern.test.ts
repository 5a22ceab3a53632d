import { expect, test } from 'vitest';
import { oneOfEach } from '../../main/views/intern.ts';

test('equal things become one object, different ones do not', () => {
  const one = oneOfEach<{ reason: string }>(({ reason }) => reason);
  const first = { reason: 'It is paid already.' };
  expect(one(first)).toBe(first);
  expect(one({ reason: 'It is paid already.' })).toBe(first);
  expect(one({ reason: 'Nobody has paid yet.' })).toEqual({ reason: 'Nobody has paid yet.' });
});

test('what was let go comes back as it is given, never as something else', () => {
  const one = oneOfEach<{ reason: string }>(({ reason }) => reason);
  one({ reason: 'first' });
  for (let index = 0; index < 2_000; index += 1) expect(one({ reason: `£${index}` })).toEqual({ reason: `£${index}` });
  expect(one({ reason: 'first' })).toEqual({ reason: 'first' });
});
