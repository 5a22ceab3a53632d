import { describe, expect, it } from 'vitest';
import { deadlineInWords, untilInWords } from '../../renderer/take/deadline-words.ts';

const at = (iso: string) => Date.parse(iso);

describe('a deadline in words', () => {
  it.each([
    ['the coming midnight', '2026-11-21T00:00:00Z', 'Europe/London', '2026-11-20T21:50:00Z', 'until midnight, 2 h 10 min left'],
    ['the last minute', '2026-11-21T00:00:00Z', 'Europe/London', '2026-11-20T23:59:30Z', 'until midnight, less than a minute left'],
    ['midnight where the shop is, not in London', '2026-11-20T23:00:00Z', 'Europe/Madrid', '2026-11-20T21:50:00Z', 'until midnight, 1 h 10 min left'],
    ['over', '2026-11-21T00:00:00Z', 'Europe/London', '2026-11-21T00:00:00Z', 'until 00:00, which is over'],
    ['another day', '2026-11-26T14:32:00Z', 'Europe/London', '2026-11-20T14:32:00Z', 'until Thu 26 Nov, 14:32, 6 d left'],
    ['later today', '2026-11-20T18:00:00Z', 'Europe/London', '2026-11-20T14:30:00Z', 'until 18:00, 3 h 30 min left'],
  ])('%s', (_, deadline, zone, now, expected) => {
    expect(untilInWords(at(deadline), zone, at(now))).toBe(expected);
  });

  it('does not call a midnight further off by its bare name', () => {
    expect(deadlineInWords(at('2026-11-26T00:00:00Z'), 'Europe/London', at('2026-11-20T14:00:00Z'))).toBe('Thu 26 Nov, 00:00');
  });
});
