import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { holdText } from '../../renderer/holds/hold-words.ts';
import { actionInWords } from '../../renderer/queue/action-in-words.ts';
import { referenceInWords, referenceLabel } from '../../renderer/reference.ts';
import { heardAtFirst, newsOf } from '../../renderer/shell/action-news.ts';
import { rowText } from '../../renderer/today/row-words.ts';
import { actionView, paymentView } from './view-builders.ts';

const RENDERER = join(import.meta.dirname, '../../renderer');
const BLANKS = ['', '   ', '\u200b', '\u00a0 \u2060'];

describe('a payment without a reference', () => {
  it.each(BLANKS)('is called so where its name would stand, and within a sentence: %j', (reference) => {
    expect(referenceLabel(reference)).toBe('No reference');
    expect(referenceInWords(reference)).toBe('a payment without a reference');
    expect(rowText(paymentView({ reference }), 'Europe/London')).toContain('No reference, ');
    expect(holdText(paymentView({ reference }), 'Europe/London')).toMatch(/^No reference, /);
    expect(actionInWords(actionView({ reference }))).toBe('Capture £42.00 of a payment without a reference');
    const [before, after] = [actionView({ runId: null, reference, state: 'sending' }), actionView({ runId: null, reference, state: 'refused' })];
    expect(newsOf(heardAtFirst([before], new Set()), [after], new Set(), { zone: 'Europe/London', nowMs: 0 }).news[0]?.text).toMatch(
      /^Capture £42\.00 of a payment without a reference: /,
    );
  });

  it('has its own reference wherever there is one, as Dojo says it', () => {
    expect([referenceLabel('Table 12'), referenceInWords(' x ')]).toEqual(['Table 12', ' x ']);
  });
});

it('no part of the page shows or speaks a reference without a stand-in', () => {
  const parts = readdirSync(RENDERER, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.tsx'));
  const bare = parts.flatMap((name) =>
    readFileSync(join(RENDERER, name), 'utf8')
      .split('\n')
      .filter((line) => /(?<!\breference=)\{(\w+\.)*reference\}/.test(line))
      .map((line) => `${name}: ${line.trim()}`),
  );
  expect(parts.length).toBeGreaterThan(50);
  expect(bare).toEqual([]);
});
