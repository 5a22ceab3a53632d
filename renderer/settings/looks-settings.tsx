import { APPEARANCES, DENSITIES } from '../../preload/choices.ts';
import { useTill } from '../store.ts';
import { Button } from '../ui/button.tsx';
import { Choice } from '../ui/field.tsx';
import { showKeys } from '../view.ts';
import { useSave } from './use-save.ts';

const APPEARANCE_WORDS = { system: 'As the PC', light: 'Light', dark: 'Dark' } as const;
const DENSITY_WORDS = { touch: 'Touch', compact: 'Compact' } as const;

/** How it looks on this PC. */
export function LooksSettings() {
  const appearance = useTill((snapshot) => snapshot.settings.appearance);
  const density = useTill((snapshot) => snapshot.settings.density);
  const { save, errorOf, hintOf } = useSave();
  return (
    <section className="settings-part" aria-labelledby="settings-looks">
      <h2 id="settings-looks">Looks</h2>
      <div className="settings-fields">
        <Choice
          label="Appearance"
          value={appearance}
          options={APPEARANCES.map((id) => ({ id, text: APPEARANCE_WORDS[id] }))}
          onChange={(chosen) => save({ appearance: chosen })}
          hint={hintOf('appearance', '')}
          error={errorOf('appearance')}
        />
        <Choice
          label="Density"
          value={density}
          options={DENSITIES.map((id) => ({ id, text: DENSITY_WORDS[id] }))}
          onChange={(chosen) => save({ density: chosen })}
          hint={hintOf('density', 'Touch has larger buttons and rows.')}
          error={errorOf('density')}
        />
        <Button size="small" onPress={() => showKeys(true)}>
          Show the keys{' '}
          <span className="button-key" aria-hidden="true">
            F1
          </span>
        </Button>
      </div>
    </section>
  );
}
