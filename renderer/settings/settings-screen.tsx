import { ConnectionSettings } from './connection-settings.tsx';
import { HoldSettings } from './hold-settings.tsx';
import { LooksSettings } from './looks-settings.tsx';
import { RefundSettings } from './refund-settings.tsx';
import { ShopSettings } from './shop-settings.tsx';

/** Everything that can be set. Each change is saved as it is made. */
export function SettingsScreen() {
  return (
    <div className="settings">
      <div className="settings-page">
        <ShopSettings />
        <HoldSettings />
        <RefundSettings />
        <LooksSettings />
        <ConnectionSettings />
      </div>
    </div>
  );
}
