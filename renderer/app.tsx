import { useEffect } from 'react';
import { EndOfDayScreen } from './end-of-day/end-of-day-screen.tsx';
import { FirstStart } from './first-start/first-start.tsx';
import { GiveBackDialog } from './give-back/give-back-dialog.tsx';
import { HoldsScreen } from './holds/holds-screen.tsx';
import { useEscape } from './keys.ts';
import { PaymentDialog } from './payment/payment-dialog.tsx';
import { QueueScreen } from './queue/queue-screen.tsx';
import { useScanner } from './scanner.ts';
import { SettingsScreen } from './settings/settings-screen.tsx';
import { Bands } from './shell/bands.tsx';
import { Broken, Opening } from './shell/before.tsx';
import { Header } from './shell/header.tsx';
import { useLooks } from './shell/looks.ts';
import { useActionNews } from './shell/use-action-news.ts';
import { useShow } from './shell/use-show.ts';
import { start, usePhase, useTill } from './store.ts';
import { TakeDialog } from './take/take-dialog.tsx';
import { announce } from './toasts.ts';
import { TodayScreen } from './today/today-screen.tsx';
import { Toasts } from './ui/toasts.tsx';
import { goTo, setSearch, useView } from './view.ts';

/** The page: what comes before the first snapshot, the first start, or the till. */
export function App() {
  useEffect(start, []);
  const phase = usePhase();
  return (
    <>
      {phase === 'loading' ? <Opening /> : phase === 'broken' ? <Broken /> : <TillPage />}
      <Toasts />
    </>
  );
}

function TillPage() {
  useLooks();
  const hasKey = useTill((snapshot) => snapshot.connection.mode !== 'none');
  return hasKey ? <Till /> : <FirstStart />;
}

function Till() {
  useScanner((text) => {
    const { dialog } = useView.getState();
    setSearch(text);
    // A decision under way is never taken away from under the person; the scan waits in the search behind it.
    if (dialog === null) useView.setState({ screen: 'today', date: null, filter: 'all', isAllDays: false });
    announce(`Scanned ${text}: it is in the search.`);
  });
  useEscape(() => goTo('today'));
  useActionNews();
  useShow();
  return (
    <div className="till">
      <Bands />
      <Header />
      <main className="screen">
        <CurrentScreen />
      </main>
      <CurrentDialog />
    </div>
  );
}

function CurrentScreen() {
  const screen = useView((view) => view.screen);
  switch (screen) {
    case 'today':
      return <TodayScreen />;
    case 'holds':
      return <HoldsScreen />;
    case 'queue':
      return <QueueScreen />;
    case 'end-of-day':
      return <EndOfDayScreen />;
    case 'settings':
      return <SettingsScreen />;
  }
}

function CurrentDialog() {
  const dialog = useView((view) => view.dialog);
  if (dialog === null) return null;
  switch (dialog.kind) {
    case 'payment':
      return <PaymentDialog key={dialog.paymentId} paymentId={dialog.paymentId} />;
    case 'take':
      return <TakeDialog key={dialog.paymentId} paymentId={dialog.paymentId} />;
    case 'give-back':
      return <GiveBackDialog key={dialog.paymentId} paymentId={dialog.paymentId} />;
  }
}
