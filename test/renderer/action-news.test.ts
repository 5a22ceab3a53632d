import { describe, expect, it } from 'vitest';
import { newsOf } from '../../renderer/shell/action-news.ts';
import { actionView } from './view-builders.ts';

const before = actionView({ state: 'sending', runId: null, reference: 'Table 4' });
const news = (differs: Parameters<typeof actionView>[0]) => newsOf([before], [{ ...before, ...differs }]);

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
    ['nothing of what is only queued', { state: 'done', captureStatus: 'Created' }, []],
    [
      'a deadline that has passed, at once',
      { state: 'waiting', tooLate: true, message: '00:00 has passed: it is not sent.' },
      [{ text: 'Capture £42.00 of Table 4: too late. 00:00 has passed: it is not sent.', tone: 'problem' }],
    ],
    ['nothing where the words stay the same', { sends: 2 }, []],
  ] as const)('is %s', (_, differs, expected) => {
    expect(news(differs)).toEqual(expected);
  });

  it('of a refused release calls it a release, and nothing else', () => {
    const release = { ...before, kind: 'reverse', way: 'release', amountMinor: null } as const;
    const said = newsOf([release], [{ ...release, state: 'refused', message: 'Dojo refused the release. Nothing moved.' }]);
    expect(said).toEqual([{ text: 'Release of Table 4: refused. Dojo refused the release. Nothing moved.', tone: 'problem' }]);
  });

  it('of a run is only what needs a person: the run has a page and a report of its own', () => {
    const inRun = { ...before, runId: 'run-1' };
    expect(newsOf([inRun], [{ ...inRun, state: 'done', captureStatus: 'Successful' }])).toEqual([]);
    expect(newsOf([inRun], [{ ...inRun, state: 'refused' }])).toEqual([]);
    expect(newsOf([inRun], [{ ...inRun, state: 'needsPerson' }])).toHaveLength(1);
  });

  it('is none for actions that were not known before, and none without a change', () => {
    expect(newsOf([], [{ ...before, state: 'refused' }])).toEqual([]);
    expect(newsOf([before], [before])).toEqual([]);
  });
});
