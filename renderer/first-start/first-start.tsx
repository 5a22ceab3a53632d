import { useEffect, useState } from 'react';
import { leaveAccountBehind } from '../another-account.ts';
import { till } from '../bridge.ts';
import { call, resync, useTill } from '../store.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { resetView } from '../view.ts';
import { KeyForm } from './key-form.tsx';
import { ShopForm } from './shop-form.tsx';
import { useShopAsked } from './use-shop-asked.ts';

/** No key yet: whose shop it is, then connect, or try it without a key. */
export function FirstStart() {
  useEffect(() => {
    resetView();
    leaveAccountBehind();
  }, []);
  const notices = useTill((snapshot) => snapshot.connection.notices);
  const otherAccountsWaiting = useTill((snapshot) => snapshot.connection.otherAccountsWaiting);
  const canKeepKey = useTill((snapshot) => snapshot.connection.canKeepKey);
  const shop = useShopAsked();
  return (
    <main className="first-start">
      <div className="first-start-page">
        <header>
          <p className="first-start-name">Tillside</p>
          <h1 className="first-start-title">Your shop’s Dojo card payments, beside the till</h1>
        </header>
        {notices.map((notice) => (
          <Banner key={notice.code} tone="amber" title="Please note.">
            {notice.message}
          </Banner>
        ))}
        {otherAccountsWaiting > 0 ? (
          <Banner tone="amber" title={otherAccountsWaiting === 1 ? '1 action is open.' : `${otherAccountsWaiting} actions are open.`}>
            {otherAccountsWaiting === 1 ? 'It is kept on this PC. Connect with the key it was' : 'They are kept on this PC. Connect with the key they were'}{' '}
            accepted under.
          </Banner>
        ) : null}
        <ShopForm shop={shop} />
        <div className="first-start-ways">
          <section className="first-start-way" aria-labelledby="with-key">
            <h2 id="with-key">Connect to Dojo</h2>
            <KeyForm saveFirst={shop.save} autoFocus />
            <p className="field-hint">
              {canKeepKey
                ? 'The key is checked with Dojo and kept by this PC’s secure storage. It is never shown again, only its last four characters.'
                : 'Nothing on this PC can keep a key safely. A test key can be used for this run; it is asked for again at the next start.'}
            </p>
          </section>
          <Training saveFirst={shop.save} />
        </div>
      </div>
    </main>
  );
}

function Training({ saveFirst }: { saveFirst: () => Promise<boolean> }) {
  const [isStarting, setIsStarting] = useState(false);
  const begin = async () => {
    if (isStarting) return;
    setIsStarting(true);
    if (!(await saveFirst())) {
      setIsStarting(false);
      return;
    }
    const result = await call(till.startTraining());
    setIsStarting(false);
    if (result.ok) await resync();
  };
  return (
    <section className="first-start-way" aria-labelledby="without-key">
      <h2 id="without-key">No key at hand?</h2>
      <p>
        Training mode is a whole simulated shop: a busy day of payments, new ones arriving, a switch that pulls the network cable, and failures to practise on.
        No real money moves.
      </p>
      <Button size="large" pendingText={isStarting ? 'Setting up the shop…' : undefined} onPress={() => void begin()}>
        Try it in training mode
      </Button>
    </section>
  );
}
