import type { SettingsFile } from '../app/settings.ts';
import type { StoredFile } from './store.ts';

/** The settings' file. What cannot be read is moved aside before anything is written over it. */
export const settingsFileIn = (file: StoredFile): SettingsFile => ({
  read() {
    const stored = file.read();
    switch (stored.kind) {
      case 'value':
        return { kind: 'ok', value: stored.value };
      case 'none':
        return { kind: 'none' };
      case 'damaged':
        return { kind: 'damaged', keptAs: file.setAside() ?? file.path };
    }
  },
  write: (value) => file.write({ ...(value as Record<string, unknown>) }),
});
