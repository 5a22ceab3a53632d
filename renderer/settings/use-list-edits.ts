import { useEffect, useRef, useState } from 'react';

type Edit = (list: readonly string[]) => readonly string[];

/**
 * A saved list under quick fingers: an edit builds on the one before it, not on what main has told so far, which may be a press
 * behind. What could not be saved falls back to what is saved.
 */
export function useListEdits(saved: readonly string[], save: (list: string[]) => Promise<boolean>): { list: readonly string[]; edit: (edit: Edit) => void } {
  const [wanted, setWanted] = useState<readonly string[] | null>(null);
  const latest = useRef(saved);
  latest.current = wanted ?? saved;
  useEffect(() => {
    if (wanted !== null && wanted.join('\n') === saved.join('\n')) setWanted(null);
  }, [wanted, saved]);
  const edit = (change: Edit) => {
    const next = change(latest.current);
    latest.current = next;
    setWanted(next);
    void save([...next]).then((isSaved) => (isSaved ? undefined : setWanted(null)));
  };
  return { list: latest.current, edit };
}
