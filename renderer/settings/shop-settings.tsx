import { useState } from 'react';
import { API_VERSIONS } from '../../preload/choices.ts';
import { useTill } from '../store.ts';
import { Select, TextField } from '../ui/field.tsx';
import { dayStarts } from './day-start.ts';
import { useSave } from './use-save.ts';
import { ZoneField } from './zone-field.tsx';

const VERSIONS = API_VERSIONS.map((id) => ({ id, text: id === API_VERSIONS.at(-1) ? `${id} (newest)` : id }));

/** What is said of the shop's name wherever it is asked. */
export const NAME_HINT = 'Shown at the top of the page.';

/** The shop and its day. */
export function ShopSettings() {
  const settings = useTill((snapshot) => snapshot.settings);
  const { save, errorOf, hintOf } = useSave();
  return (
    <section className="settings-part" aria-labelledby="settings-shop">
      <h2 id="settings-shop">The shop</h2>
      <div className="settings-fields">
        <SavedText
          label="Name"
          saved={settings.shopName}
          onSave={(shopName) => save({ shopName })}
          hint={hintOf('shopName', NAME_HINT)}
          error={errorOf('shopName')}
        />
        <ZoneField
          key={settings.zone}
          zone={settings.zone}
          onChange={(zone) => save({ zone })}
          saved={(hint) => hintOf('zone', hint)}
          error={errorOf('zone')}
        />
        <Select
          label="The trading day starts at"
          value={String(settings.dayStartMinutes)}
          options={dayStarts(settings.dayStartMinutes)}
          onChange={(minutes) => save({ dayStartMinutes: Number(minutes) })}
          hint={hintOf('dayStartMinutes', 'Later than midnight for a bar: sales after midnight then belong to the evening before.')}
          error={errorOf('dayStartMinutes')}
        />
        <Select
          label="Dojo’s API version"
          value={settings.apiVersion}
          options={VERSIONS}
          onChange={(apiVersion) => save({ apiVersion })}
          hint={hintOf('apiVersion', 'Leave it at the newest, unless Dojo’s support says otherwise.')}
          error={errorOf('apiVersion')}
        />
      </div>
    </section>
  );
}

type SavedTextProps = Readonly<{ label: string; saved: string; onSave: (text: string) => void; hint: string; error: string | null }>;

/** Saved when it is left, or with Enter. */
function SavedText({ label, saved, onSave, hint, error }: SavedTextProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const saveTyped = () => {
    if (typed !== null && typed.trim() !== saved) onSave(typed.trim());
    setTyped(null);
  };
  return (
    <TextField onLeave={saveTyped} label={label} value={typed ?? saved} onChange={setTyped} onEnter={saveTyped} maxLength={80} hint={hint} error={error} />
  );
}
