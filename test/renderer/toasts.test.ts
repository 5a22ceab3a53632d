import { beforeEach, describe, expect, it } from 'vitest';
import { aboutOf, announce, dismissAbout, dismissSeenTo, dismissToast, isDrawn, shownOf, useToasts } from '../../renderer/toasts.ts';
import { SCREENS } from '../../renderer/view.ts';

describe('a message', () => {
  beforeEach(() => useToasts.setState({ toasts: [] }));

  it('that a row of the queue says is only spoken there: it would cover what has to be decided', () => {
    announce('Refund £5.00 of Table 1: needs you.', 'problem', { about: 'action' });
    const [toast] = useToasts.getState().toasts;
    expect(SCREENS.filter((screen) => toast && !isDrawn(toast, screen))).toEqual(['queue']);
  });

  it('about the key goes once a key is accepted, and no other does', () => {
    announce('Dojo does not accept this API key.', 'problem', { about: 'key' });
    announce('Not settled.', 'problem');
    dismissAbout('key');
    expect(useToasts.getState().toasts.map(({ text }) => text)).toEqual(['Not settled.']);
  });

  it('about the connection goes once Dojo answers again, and what was not done stays', () => {
    announce('Dojo cannot be reached: there is no connection.', 'problem', { about: aboutOf('no-line') });
    announce('Dojo asked to wait until 14:39.', 'problem', { about: aboutOf('dojo-trouble') });
    announce('The key is refused.', 'problem', { about: aboutOf('key-refused') });
    announce('Not written.', 'problem', { about: aboutOf('disk') });
    dismissAbout('connection');
    expect(useToasts.getState().toasts.map(({ text }) => text)).toEqual(['The key is refused.', 'Not written.']);
  });

  it('that an action needs somebody goes once it has been seen to, and no other does', () => {
    for (const id of ['a', 'b', 'c']) announce(`${id} needs you.`, 'problem', { about: 'action', of: { id, state: 'needsPerson' } });
    announce('Not written.', 'problem');
    const texts = () => useToasts.getState().toasts.map(({ text }) => text);
    dismissSeenTo(['a', 'b', 'c'].map((id) => ({ id, state: 'needsPerson' })));
    expect(texts()).toHaveLength(4);
    dismissSeenTo([
      { id: 'a', state: 'done' },
      { id: 'b', state: 'needsPerson' },
    ]);
    expect(texts()).toEqual(['b needs you.', 'Not written.']);
  });

  it('that is a problem waits for room where there are two newer ones, and comes back when one of them is closed', () => {
    for (const text of ['first', 'second', 'third']) announce(text, 'problem');
    const texts = () => shownOf(useToasts.getState().toasts, 'today').map(({ text }) => text);
    expect(texts()).toEqual(['second', 'third']);
    dismissToast(useToasts.getState().toasts.at(-1)?.id ?? 0);
    expect(texts()).toEqual(['first', 'second']);
    announce('news');
    expect(texts()).toEqual(['second', 'news']);
  });

  it('that is only spoken takes no room of what is drawn', () => {
    announce('drawn', 'problem');
    announce('also drawn', 'problem');
    announce('spoken', 'problem', { about: 'action' });
    expect(shownOf(useToasts.getState().toasts, 'queue').map(({ text }) => text)).toEqual(['drawn', 'also drawn', 'spoken']);
  });

  it('of anything else is drawn everywhere', () => {
    announce('Pressed too soon: nothing was done.');
    const [toast] = useToasts.getState().toasts;
    expect(SCREENS.every((screen) => toast && isDrawn(toast, screen))).toBe(true);
  });
});
