import { useTill } from '../store.ts';
import { Banner } from '../ui/banner.tsx';
import { ConnectionSettings } from './connection-settings.tsx';
import { HoldSettings } from './hold-settings.tsx';
import { LooksSettings } from './looks-settings.tsx';
import { RefundSettings } from './refund-settings.tsx';
import { ShopSettings } from './shop-settings.tsx';

/** Everything that can be set. Each change is saved as it is made. */
export function SettingsScreen() {
  const isTraining = useTill((snapshot) => snapshot.connection.mode === 'training');
  return (
    <div className="settings">
      <div className="settings-page">
        {isTraining ? (
          <Banner tone="blue" title="The shop’s own settings.">
            What is changed here while training stays when the shop is connected.
          </Banner>
        ) : null}
        <ShopSettings />
        <HoldSettings />
        <RefundSettings />
        <LooksSettings />
        <ConnectionSettings />
      </div>
    </div>
  );
}
