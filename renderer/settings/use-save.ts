import { useState } from 'react';
import type { Settings, TillError } from '../../preload/contract.ts';
import { till } from '../bridge.ts';
import { call } from '../store.ts';

export type Saving = Readonly<{
  /** Whether it was saved. */
  save: (change: Partial<Settings>) => Promise<boolean>;
  /** What main says is wrong with this field, or null. */
  errorOf: (field: keyof Settings) => string | null;
  /** The field saved last, to say so beside it. */
  hintOf: (field: keyof Settings, hint: string) => string;
}>;

/** Saves what was changed, and keeps main's answer beside the field it is about: the first one, where main names none. */
export function useSave(): Saving {
  const [saved, setSaved] = useState<keyof Settings | null>(null);
  const [failed, setFailed] = useState<{ field: keyof Settings; error: TillError } | null>(null);
  const save = async (change: Partial<Settings>) => {
    const fields = Object.keys(change) as (keyof Settings)[];
    const result = await call(till.saveSettings(change), { quiet: true });
    const named = result.ok ? undefined : fields.find((each) => each === result.error.field);
    const field = named ?? (fields[0] as keyof Settings);
    setSaved(result.ok ? field : null);
    setFailed(result.ok ? null : { field, error: result.error });
    return result.ok;
  };
  return {
    save,
    errorOf: (field) => (failed?.field === field ? failed.error.message : null),
    hintOf: (field, hint) => (saved === field ? `Saved. ${hint}` : hint),
  };
}
