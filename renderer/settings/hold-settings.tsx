import { useTill } from '../store.ts';
import { Select, Switch } from '../ui/field.tsx';
import { closingId, closingMinutesOf, closingTimes } from './day-start.ts';
import { SavedNote } from './saved-note.tsx';
import { useSave } from './use-save.ts';

/** Warnings of holds about to end. */
export function HoldSettings() {
  const settings = useTill((snapshot) => snapshot.settings);
  const { save, errorOf, hintOf } = useSave();
  return (
    <section className="settings-part" aria-labelledby="settings-holds">
      <h2 id="settings-holds">Holds</h2>
      <div className="settings-fields">
        <div className="field">
          <Switch isSelected={settings.holdWarnings} onChange={(holdWarnings) => save({ holdWarnings })}>
            Warn of holds about to end
          </Switch>
          <SavedNote
            hint={hintOf(
              'holdWarnings',
              '48 h and 24 h before a hold ends, once each, on this PC’s screen and in the till. The count at On hold stays either way.',
            )}
            error={errorOf('holdWarnings')}
          />
        </div>
        <Select
          label="The shop closes at"
          value={closingId(settings.closingMinutes)}
          options={closingTimes(settings.closingMinutes)}
          onChange={(id) => save({ closingMinutes: closingMinutesOf(id) })}
          isDisabled={!settings.holdWarnings}
          hint={hintOf('closingMinutes', 'Then the day’s holds still to capture are named once more, and those that end before the next closing.')}
          error={errorOf('closingMinutes')}
        />
      </div>
    </section>
  );
}
