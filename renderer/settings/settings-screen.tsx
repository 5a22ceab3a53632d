import { ConnectionSettings } from './connection-settings.tsx';
import { LooksSettings } from './looks-settings.tsx';
import { ShopSettings } from './shop-settings.tsx';

/** Everything that can be set. Each change is saved as it is made. */
export function SettingsScreen() {
  return (
    <div className="settings">
      <div className="settings-page">
        <ShopSettings />
        <LooksSettings />
        <ConnectionSettings />
      </div>
    </div>
  );
}
