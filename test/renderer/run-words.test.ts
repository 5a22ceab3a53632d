import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Result } from '../../preload/contract.ts';
import { runReport } from '../../renderer/end-of-day/run-report.ts';
import { endInWords, removedInWords } from '../../renderer/end-of-day/run-words.ts';
import { actionView } from './view-builders.ts';

const said = (...differs: Parameters<typeof actionView>[0][]) => endInWords(runReport(differs.map(actionView)));

describe('the end of a run', () => {
  it('is the bank’s answer where the bank has answered', () => {
    const taken = { state: 'done', captureStatus: 'Successful' } as const;
    expect(said(taken, taken, { state: 'done', captureStatus: 'Declined' })).toBe(
      'The bank has answered: 2 of 3 captured, 1 declined. The report is on the page.',
    );
  });

  it.each([
    ['all of it was removed', { state: 'withdrawn' }, '0 of 1 captured, 1 removed'],
    ['Dojo refused it', { state: 'refused' }, '0 of 1 captured, 1 refused'],
    ['it waits for a person', { state: 'needsPerson' }, '0 of 1 captured, 1 needs you'],
    ['an earlier action waits for a person', { waitsForPerson: { settleId: 'a_0' } }, '0 of 1 captured, 1 waits for you'],
    ['no capture is listed', { state: 'done', outcomeShown: false }, '0 of 1 captured, 1 with no outcome shown'],
  ] as const)('is nobody’s answer where %s', (_, differs, words) => {
    expect(said(differs)).toBe(`The run has ended: ${words}. The report is on the page.`);
  });
});

describe('what waited of a run and was removed', () => {
  const removed: Result = { ok: true, value: null };
  const gone: Result = { ok: false, error: { code: 'not-possible', message: 'It is being sent.' } };
  const disk: Result = { ok: false, error: { code: 'disk', message: 'The disk of this PC is full. It stays queued.', next: 'Make room.' } };

  it.each([
    [[removed, removed], '2 removed.'],
    [[removed, gone], '1 removed. 1 could not be: sent meanwhile, or past the point where it could be removed.'],
    [
      [gone, disk, disk],
      '0 removed. 1 could not be: sent meanwhile, or past the point where it could be removed. 2 could not be: The disk of this PC is full. It stays queued. Make room.',
    ],
  ])('%#', (results, words) => {
    expect(removedInWords(results)).toBe(words);
  });
});

describe('a run that is not among the actions', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('is not called queued: it may be one of last week', async () => {
    // What the components' library looks for in a page as it is loaded.
    vi.stubGlobal('window', { till: {}, navigator, visualViewport: null, screen: { orientation: null } });
    const { RunStep } = await import('../../renderer/end-of-day/run-step.tsx');
    const said = renderToStaticMarkup(createElement(RunStep, { run: null }));
    expect(said).not.toContain('The run is queued.');
    expect(said).toContain('One of some days ago is no longer listed.');
  });
});
