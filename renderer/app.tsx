import { useEffect, useRef } from 'react';
import { useEscape, useShortcut } from './keys.ts';
import { useRest, useRestAfterPaint } from './load-rest.ts';
import { watchPresses } from './press/press-watch.ts';
import { watchKeys } from './scan/key-watch.ts';
import { useScanLanding } from './scan/use-scan-landing.ts';
import { Bands } from './shell/bands.tsx';
import { Broken, Opening } from './shell/before.tsx';
import { Header } from './shell/header.tsx';
import { useLooks } from './shell/looks.ts';
import { useActionNews } from './shell/use-action-news.ts';
import { useFocusOnArrival } from './shell/use-focus-on-arrival.ts';
import { useNoLongerSo } from './shell/use-no-longer-so.ts';
import { useShow } from './shell/use-show.ts';
import { usePhase, useTill } from './store.ts';
import { TodayScreen } from './today/today-screen.tsx';
import { Toasts } from './ui/toasts.tsx';
import { goTo, type OpenDialog, type Screen, showKeys, useView } from './view.ts';

/** The page: what comes before the first snapshot, the first start, or the till. */
export function App() {
  const phase = usePhase();
  useEffect(watchPresses, []);
  useEffect(watchKeys, []);
  return (
    <>
      {phase === 'loading' ? <Opening /> : phase === 'broken' ? <Broken /> : <TillPage />}
      <Toasts />
    </>
  );
}

function TillPage() {
  useLooks();
  const mode = useTill((snapshot) => snapshot.connection.mode);
  // The training band is not of the first screen's own file, and no training goes without it.
  const needsRest = mode === 'none' || mode === 'training';
  const rest = useRest(needsRest);
  if (needsRest && rest === null) return <Opening />;
  return mode === 'none' && rest ? <rest.FirstStart /> : <Till />;
}

function Till() {
  useScanLanding();
  useEscape(() => goTo('today'));
  useActionNews();
  useNoLongerSo();
  useShow();
  useRestAfterPaint();
  const page = useRef<HTMLDivElement>(null);
  useShortcut('F1', () => showKeys(true), page);
  useFocusOnArrival();
  return (
    <div className="till" ref={page}>
      <Bands />
      <Header />
      <main className="screen">
        <CurrentScreen />
      </main>
      <CurrentDialog />
      <Keys />
    </div>
  );
}

function CurrentScreen() {
  const screen = useView((view) => view.screen);
  return screen === 'today' ? <TodayScreen /> : <OtherScreen screen={screen} />;
}

function OtherScreen({ screen }: { screen: Exclude<Screen, 'today'> }) {
  const rest = useRest();
  if (rest === null) return null;
  switch (screen) {
    case 'holds':
      return <rest.HoldsScreen />;
    case 'queue':
      return <rest.QueueScreen />;
    case 'end-of-day':
      return <rest.EndOfDayScreen />;
    case 'settings':
      return <rest.SettingsScreen />;
  }
}

function Keys() {
  const isShown = useView((view) => view.isShowingKeys);
  const rest = useRest(isShown);
  return isShown && rest ? <rest.KeysDialog /> : null;
}

function CurrentDialog() {
  const dialog = useView((view) => view.dialog);
  return dialog && <AnyDialog key={dialog.paymentId} dialog={dialog} />;
}

function AnyDialog({ dialog }: Readonly<{ dialog: OpenDialog }>) {
  const { paymentId } = dialog;
  const rest = useRest();
  if (rest === null) return null;
  switch (dialog.kind) {
    case 'payment':
      return <rest.PaymentDialog paymentId={paymentId} cameFrom={dialog.cameFrom ?? null} />;
    case 'take':
      return <rest.TakeDialog paymentId={paymentId} />;
    case 'give-back':
      return <rest.GiveBackDialog paymentId={paymentId} />;
  }
}
