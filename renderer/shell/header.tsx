import { till } from '../bridge.ts';
import { badgeOf } from '../holds/open-holds.ts';
import { useNow } from '../now.ts';
import { needingYou, unseenCount } from '../queue/groups.ts';
import { call, useTill, useTillShallow } from '../store.ts';
import { Button } from '../ui/button.tsx';
import { StateMark } from '../ui/state-mark.tsx';
import { goTo, type Screen, useView } from '../view.ts';
import { lineLook, lineSaid, lineWords } from './line-words.ts';

/** The shop, the line, and the screens. */
export function Header() {
  const shopName = useTill((snapshot) => snapshot.settings.shopName);
  const line = useTill((snapshot) => lineLook(snapshot.connection));
  return (
    // The band that says it is the header itself: it cannot be overlooked, and nothing moves when it comes.
    <header className="header" data-line={line}>
      <div className="header-shop">
        <h1 className="header-name">{shopName || 'Tillside'}</h1>
        <Line />
      </div>
      <Refresh />
      <Navigation />
    </header>
  );
}

function Line() {
  const connection = useTill((snapshot) => snapshot.connection);
  const zone = useTill((snapshot) => snapshot.settings.zone);
  const nowMs = useNow(30_000);
  const line = lineWords(connection, zone, nowMs);
  return (
    <>
      <p className="header-line" role="status" aria-live="off" aria-label={`Connection to Dojo: ${line.text}`}>
        <StateMark tone={line.tone} shape={line.shape}>
          {line.text.slice(0, line.text.length - line.waits.length)}
          <span className="header-waits">{line.waits}</span>
          {connection.line === 'offline' ? <span className="header-offline">. What you do is kept here and sent later.</span> : null}
        </StateMark>
      </p>
      {/* The time of the last reading changes several times a minute: said aloud is only whether the line is there. */}
      <span className="visually-hidden" aria-live="polite">
        {lineSaid(connection)}
      </span>
    </>
  );
}

function Refresh() {
  const isReading = useTill((snapshot) => snapshot.connection.refreshing);
  return (
    <Button
      kind="plain"
      size="small"
      className="header-refresh"
      shortcut="F5"
      pendingText={isReading ? 'Refreshing…' : undefined}
      onPress={() => void call(till.refresh(), { isLook: true })}
    >
      Refresh
    </Button>
  );
}

function Navigation() {
  const queue = useTill((snapshot) => snapshot.connection.queue);
  const unseen = useTill((snapshot) => unseenCount(snapshot.actions));
  const needYou = useTill((snapshot) => needingYou(snapshot.actions).length) + unseen;
  const inQueue = queue.waiting + queue.sending + queue.checking + queue.needsPerson + unseen;
  return (
    <nav className="nav" aria-label="Screens">
      <NavButton to="today" shortcut="F2">
        Today
      </NavButton>
      <NavButton to="holds" shortcut="F3">
        On hold
        <HoldsBadge />
      </NavButton>
      <NavButton to="end-of-day" shortcut="F9">
        End of day
      </NavButton>
      <NavButton to="queue" shortcut="F4">
        Queue
        {inQueue > 0 ? (
          <span className="nav-count" data-tone={needYou > 0 ? 'amber' : 'blue'}>
            <span className="visually-hidden">, </span>
            {needYou === 0 ? inQueue : null}
            {needYou > 0 ? (
              <>
                {needYou < inQueue ? <span className="nav-count-all">{inQueue}, </span> : null}
                {needYou}
                <span className="nav-count-words"> {needYou === 1 ? 'needs' : 'need'} you</span>
              </>
            ) : null}
          </span>
        ) : null}
      </NavButton>
      <NavButton to="settings" shortcut="F8">
        Settings
      </NavButton>
    </nav>
  );
}

/** How many holds end within 48 h; amber where money would be lost by it. */
function HoldsBadge() {
  const nowMs = useNow(60_000);
  const { count, isLossAhead } = useTillShallow((snapshot) => badgeOf(snapshot.payments, nowMs));
  if (count === 0) return null;
  return (
    <span className="nav-count" data-tone={isLossAhead ? 'amber' : 'blue'}>
      <span className="visually-hidden">, </span>
      {count}
      <span className="visually-hidden"> {count === 1 ? 'ends' : 'end'} within 48 h</span>
      <span className="nav-count-soon" aria-hidden="true">
        {' '}
        soon
      </span>
    </span>
  );
}

function NavButton({ to, shortcut, children }: { to: Screen; shortcut: 'F2' | 'F3' | 'F4' | 'F8' | 'F9'; children: React.ReactNode }) {
  const isCurrent = useView((view) => view.screen === to);
  return (
    <Button kind="plain" className="nav-button" shortcut={shortcut} onPress={() => goTo(to)} {...(isCurrent ? { 'aria-current': 'page' } : {})}>
      {children}
    </Button>
  );
}
