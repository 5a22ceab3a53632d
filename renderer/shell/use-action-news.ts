import { useEffect, useRef } from 'react';
import { useTill } from '../store.ts';
import { announce } from '../toasts.ts';
import { newsOf } from './action-news.ts';

/** Says what became of actions as it becomes known, wherever the person is. */
export function useActionNews(): void {
  const actions = useTill((snapshot) => snapshot.actions);
  const heard = useRef(actions);
  useEffect(() => {
    for (const { text, tone } of newsOf(heard.current, actions)) announce(text, tone, { about: 'action' });
    heard.current = actions;
  }, [actions]);
}
