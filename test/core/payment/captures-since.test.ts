import { describe, expect, test } from 'vitest';
import { capturesSince } from '../../../main/core/payment/captures-since.ts';
import { type Capture, likenessOf } from '../../../main/core/payment/payment.ts';
import { aCapture, NOON_MS } from '../../builders.ts';

const [one, two] = [aCapture({ id: 'cp_1' }), aCapture({ id: 'cp_2' })];
const unnamed = (nth: number, like = one): Capture => ({ ...like, id: `${likenessOf(like)}/${nth}` });

describe('a capture is new', () => {
  test.each<readonly [what: string, known: readonly Capture[], now: readonly Capture[], fresh: readonly string[]]>([
    ['that was not there', [one], [one, two], ['cp_2']],
    ['but not one that Dojo names by now', [unnamed(1)], [one], []],
    ['beside one that Dojo names by now', [unnamed(1)], [one, two], ['cp_2']],
    ['also after that was seen under both', [unnamed(1), one], [one, two], ['cp_2']],
    ['but not the second of two that Dojo names by now', [unnamed(1), unnamed(2)], [one, two], []],
    ['but not one of two that Dojo names by now', [unnamed(1), unnamed(2)], [one, unnamed(1)], []],
    ['that is listed beside one that is still without a name', [unnamed(1)], [one, unnamed(1)], ['cp_1']],
    ['that is listed without a name', [one], [one, unnamed(1)], [unnamed(1).id]],
    ['of another amount', [unnamed(1)], [{ ...one, amountMinor: 1999 }], ['cp_1']],
    ['of other tips', [unnamed(1)], [{ ...one, tipsMinor: 1 }], ['cp_1']],
    ['of another time', [unnamed(1)], [{ ...one, createdAtMs: NOON_MS + 1 }], ['cp_1']],
    ['where none was known', [], [one, unnamed(1)], ['cp_1', unnamed(1).id]],
  ])('%s', (_, known, now, fresh) => {
    expect(capturesSince(now, new Set(known.map(({ id }) => id))).map(({ id }) => id)).toEqual(fresh);
  });
});
