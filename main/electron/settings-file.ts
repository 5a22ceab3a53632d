import type { SettingsFile } from '../app/settings.ts';
import type { StoredFile } from './store.ts';

/**
 * The settings' file. What cannot be read stays in its place, and is said at each start, until it is set aside for what is written next.
 * `wasConnected`: the zone was written down then, so there was a file.
 */
export const settingsFileIn = (file: StoredFile, wasConnected: boolean): SettingsFile => ({
  read() {
    const stored = file.read();
    switch (stored.kind) {
      case 'value':
        return { kind: 'ok', value: stored.value };
      case 'none':
        return { kind: wasConnected ? 'gone' : 'none' };
      case 'damaged':
        return { kind: 'damaged', path: file.path };
    }
  },
  write: (value) => file.write({ ...(value as Record<string, unknown>) }),
});
