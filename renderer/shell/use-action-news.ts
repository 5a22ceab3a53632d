import { useEffect, useRef } from 'react';
import { useNow } from '../now.ts';
import { useTill } from '../store.ts';
import { useTakenHere } from '../taken-here.ts';
import { announce, dismissSeenTo } from '../toasts.ts';
import { heardAtFirst, newsOf } from './action-news.ts';

/** Says what became of actions as it becomes known, wherever the person is. */
export function useActionNews(): void {
  const actions = useTill((snapshot) => snapshot.actions);
  const zone = useTill((snapshot) => snapshot.settings.zone);
  const nowMs = useNow(60_000);
  const at = useRef({ zone, nowMs });
  at.current = { zone, nowMs };
  const takenHere = useTakenHere(({ ids }) => ids);
  const heard = useRef<ReturnType<typeof heardAtFirst>>(null);
  useEffect(() => {
    heard.current ??= heardAtFirst(actions, takenHere);
    const step = newsOf(heard.current, actions, takenHere, at.current);
    heard.current = step.heard;
    dismissSeenTo(actions);
    for (const { text, tone, of } of step.news) announce(text, tone, { about: 'action', of });
  }, [actions, takenHere]);
}
