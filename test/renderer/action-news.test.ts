import { describe, expect, it } from 'vitest';
import { type Heard, heardAtFirst, type News, newsOf } from '../../renderer/shell/action-news.ts';
import { actionView } from './view-builders.ts';

const before = actionView({ state: 'sending', runId: null, reference: 'Table 4' });
type Differs = Parameters<typeof actionView>[0];
const NONE: ReadonlySet<string> = new Set();
const AT = { zone: 'Europe/London', nowMs: Date.UTC(2026, 10, 20, 12) };
const told = (news: readonly News[]) => news.map(({ text, tone }) => ({ text, tone }));
const newsWhole = (differs: Differs) => newsOf(heardAtFirst([before], NONE), [{ ...before, ...differs }], NONE, AT).news;
const news = (differs: Differs) => told(newsWhole(differs));

describe('news of an action', () => {
  it.each([
    ['the bank’s word', { state: 'done', captureStatus: 'Successful' }, [{ text: 'Capture £42.00 of Table 4: captured.', tone: 'news' }]],
    ['an unknown outcome', { state: 'checking' }, [{ text: 'Capture £42.00 of Table 4: checking with Dojo.', tone: 'news' }]],
    [
      'a refusal, with why',
      { state: 'refused', message: 'Dojo refused the take.' },
      [{ text: 'Capture £42.00 of Table 4: refused. Dojo refused the take.', tone: 'problem' }],
    ],
    ['nothing of what the notice of a moved till says of all', { state: 'needsPerson', code: 'moved' }, []],
    ['nothing of what Dojo took and the bank has not answered', { state: 'done', captureStatus: null }, []],
    ['nothing of a bank’s no: a notice says it until it is seen', { state: 'done', captureStatus: 'Declined' }, []],
    ['nothing of what the notice of what came to nothing says', { state: 'expired', untilSeen: true }, []],
    ['nothing of what is only queued', { state: 'done', captureStatus: 'Created' }, []],
    [
      'a deadline that has passed, at once',
      { state: 'waiting', tooLate: true, message: '00:00 has passed: it is not sent.' },
      [{ text: 'Capture £42.00 of Table 4: too late. 00:00 has passed: it is not sent.', tone: 'problem' }],
    ],
    [
      'that it waits until the time is sure, for it was said to be on its way',
      { state: 'waiting', timeDoubted: true },
      [{ text: 'Capture £42.00 of Table 4: queued. It waits until Tillside is sure of the time.', tone: 'news' }],
    ],
    ['nothing where the words stay the same', { sends: 2 }, []],
  ] as const)('is %s', (_, differs, expected) => {
    expect(news(differs)).toEqual(expected);
  });

  it('is of the action as it was then where that needs somebody, and else of none', () => {
    expect(newsWhole({ state: 'needsPerson' })).toMatchObject([{ of: { id: before.id, state: 'needsPerson' } }]);
    expect(newsWhole({ state: 'done', captureStatus: 'Successful' })).toMatchObject([{ of: null }]);
  });

  it('of a refused release calls it a release, and nothing else', () => {
    const release = { ...before, kind: 'reverse', way: 'release', amountMinor: null } as const;
    const said = newsOf(heardAtFirst([release], NONE), [{ ...release, state: 'refused', message: 'Dojo refused the release. Nothing moved.' }], NONE, AT).news;
    expect(told(said)).toEqual([{ text: 'Release of Table 4: refused. Dojo refused the release. Nothing moved.', tone: 'problem' }]);
  });

  it('says which payment, where several have one reference', () => {
    const known = { card: { scheme: 'VISA', last4: '2437' }, paymentAtMs: Date.UTC(2026, 10, 20, 9, 32) };
    expect(news({ ...known, state: 'done', captureStatus: 'Successful' })).toEqual([
      { text: 'Capture £42.00 of Table 4 (Visa ···· 2437, 09:32): captured.', tone: 'news' },
    ]);
  });

  it('of a run is only what needs a person: the run has a page and a report of its own', () => {
    const inRun = { ...before, runId: 'run-1' };
    const of = (differs: Differs) => newsOf(heardAtFirst([inRun], NONE), [{ ...inRun, ...differs }], NONE, AT).news;
    expect(of({ state: 'done', captureStatus: 'Successful' })).toEqual([]);
    expect(of({ state: 'refused' })).toEqual([]);
    expect(of({ state: 'needsPerson' })).toHaveLength(1);
  });

  it('is none without a change', () => {
    expect(newsOf(heardAtFirst([before], NONE), [before], NONE, AT).news).toEqual([]);
  });
});

describe('news of an action that had ended before the page met it', () => {
  const TAKEN: ReadonlySet<string> = new Set([before.id]);
  const refused = { ...before, state: 'refused', message: 'Dojo refused the capture.' } as const;
  const SAID = [{ text: 'Capture £42.00 of Table 4: refused. Dojo refused the capture.', tone: 'problem' }];
  /** What is said at each step, from a page that knows no action. */
  const saidAfter = (...steps: readonly [actions: readonly (typeof before)[], taken: ReadonlySet<string>][]) => {
    let heard: Heard = heardAtFirst([], NONE);
    return steps.map(([actions, taken]) => {
      const step = newsOf(heard, actions, taken, AT);
      heard = step.heard;
      return told(step.news);
    });
  };

  it.each([
    ['refused', refused, SAID],
    ['done', { ...before, state: 'done', captureStatus: 'Successful' }, [{ text: 'Capture £42.00 of Table 4: captured.', tone: 'news' }]],
    ['of unknown outcome', { ...before, state: 'checking' }, [{ text: 'Capture £42.00 of Table 4: checking with Dojo.', tone: 'news' }]],
    ['declined, which a notice says', { ...before, state: 'done', captureStatus: 'Declined' }, []],
    ['with the bank, which was said when it was decided', { ...before, state: 'done', captureStatus: 'Created' }, []],
    ['one of a run, which has a page of its own', { ...refused, runId: 'run-1' }, []],
  ] as const)('is what one seen running would have brought, where it was taken here: %s', (_, ended, expected) => {
    expect(saidAfter([[ended], TAKEN])).toEqual([expected]);
  });

  it('is said once, whichever comes first: the till’s answer or the action', () => {
    expect(saidAfter([[], TAKEN], [[refused], TAKEN], [[{ ...refused }], TAKEN])).toEqual([[], SAID, []]);
    expect(saidAfter([[refused], NONE], [[refused], TAKEN], [[{ ...refused }], TAKEN])).toEqual([[], SAID, []]);
  });

  it('is not said again once its end was said as it came', () => {
    expect(saidAfter([[before], NONE], [[refused], NONE], [[refused], TAKEN])).toEqual([[], SAID, []]);
    expect(saidAfter([[{ ...before, state: 'checking' }], NONE], [[refused], NONE], [[refused], TAKEN])).toEqual([[], SAID, []]);
  });

  it('is not said again when the action comes back with its account', () => {
    expect(saidAfter([[refused], TAKEN], [[], TAKEN], [[refused], TAKEN])).toEqual([SAID, [], []]);
    expect(saidAfter([[before], TAKEN], [[refused], TAKEN], [[], TAKEN], [[refused], TAKEN])).toEqual([[], SAID, [], []]);
  });

  it('is none of what the page started with, and none of what was taken elsewhere', () => {
    expect(newsOf(heardAtFirst([refused], NONE), [refused], TAKEN, AT).news).toEqual([]);
    expect(newsOf(heardAtFirst([], TAKEN), [refused], TAKEN, AT).news).toEqual([]);
    expect(saidAfter([[refused], NONE], [[{ ...refused }], NONE])).toEqual([[], []]);
    expect(saidAfter([[refused], new Set(['another'])])).toEqual([[]]);
  });
});
