import { useState } from 'react';
import type { Notice } from '../../preload/contract.ts';
import { till } from '../bridge.ts';
import { goToReport, useEndOfDay } from '../end-of-day/end-of-day-state.ts';
import { useRest } from '../load-rest.ts';
import { call, useTill } from '../store.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { useHeightAs } from '../ui/use-height-as.ts';
import { goTo, type Screen, useView } from '../view.ts';
import { clockWords } from './clock-words.ts';
import { FoldedBands } from './folded-bands.tsx';
import { noticeKind, SAID_BY } from './notice-kinds.ts';
import { StoppedBands } from './stopped-bands.tsx';
import { useRowsStay } from './use-rows-stay.ts';

/** Everything across the top: which till this is, and what is wrong with it. */
export function Bands() {
  const mode = useTill((snapshot) => snapshot.connection.mode);
  const bands = useRowsStay();
  return (
    <div className="bands" ref={bands}>
      {mode === 'training' ? <Training /> : null}
      {mode === 'test' ? <TestBand /> : null}
      <KeyBand />
      <ClockBand />
      <StoppedBands />
      <OtherAccountsBand />
      <Notices />
      <FoldedBands bands={bands} />
    </div>
  );
}

function TestBand() {
  return (
    <div ref={useHeightAs('--band-height')} className="band" data-mode="test">
      <strong className="band-word">TEST</strong>
      <span className="band-text">A test key: payments here are not real money.</span>
    </div>
  );
}

function Training() {
  const rest = useRest();
  return rest && <rest.TrainingBand />;
}

function KeyBand() {
  const isRefused = useTill((snapshot) => snapshot.connection.line === 'key-refused');
  const [isOpen, setIsOpen] = useState(false);
  if (!isRefused && !isOpen) return null;
  return (
    <>
      <Banner
        tone="amber"
        title="Dojo does not accept the API key."
        isUrgent
        actions={
          <Button kind="primary" size="small" onPress={() => setIsOpen(true)}>
            Mend the key
          </Button>
        }
      >
        Nothing is sent until it is mended. Nothing is lost: what waits goes on by itself then.
      </Banner>
      {isOpen ? <MendKey onClose={() => setIsOpen(false)} /> : null}
    </>
  );
}

function MendKey({ onClose }: { onClose: () => void }) {
  const rest = useRest();
  return rest && <rest.MendKeyDialog onClose={onClose} />;
}

function ClockBand() {
  const aheadMs = useTill((snapshot) => snapshot.connection.clockAheadMs);
  if (aheadMs === null) return null;
  return (
    <Banner tone="amber" title={clockWords(aheadMs)} mayFold>
      Tillside reckons with Dojo’s time. Set the PC’s clock, so that the times you see elsewhere agree.
    </Banner>
  );
}

function OtherAccountsBand() {
  const count = useTill((snapshot) => snapshot.connection.otherAccountsWaiting);
  const isTraining = useTill((snapshot) => snapshot.connection.mode === 'training');
  if (count === 0) return null;
  if (isTraining)
    return (
      <Banner tone="amber" title={count === 1 ? '1 action of the shop waits.' : `${count} actions of the shop wait.`} mayFold>
        {count === 1 ? 'It is' : 'They are'} not sent while you train. Leave training in the settings, then connect with the shop’s key.
      </Banner>
    );
  return (
    <Banner tone="amber" title={count === 1 ? '1 action of another account waits.' : `${count} actions of another account wait.`} mayFold>
      {count === 1 ? 'It is' : 'They are'} not sent with this key. Connect with that account’s key to send{' '}
      {count === 1 ? 'it, or remove it' : 'them, or remove them'} in the queue.
    </Banner>
  );
}

const PLACE_BUTTONS: Readonly<Record<NonNullable<Notice['show']>, string>> = {
  today: 'Show the list',
  holds: 'Show what is on hold',
  queue: 'Open the queue',
  'end-of-day': 'Show the report',
};

/** News goes away for this run once it is read, and comes back where main sends it anew with other words; a state is seen for as long as it holds. */
function Notices() {
  const notices = useTill((snapshot) => snapshot.connection.notices);
  const [read, setRead] = useState<readonly string[]>([]);
  const screen = useView((view) => view.screen);
  const step = useEndOfDay((state) => state.step);
  const isThere = (show: Screen, { runId }: Notice) => screen === show && (runId === undefined || (step.kind === 'run' && step.runId === runId));
  const understood = (notice: Notice) => {
    if (notice.untilSeen) void call(till.noticeSeen({ code: notice.code, message: notice.message }));
    else setRead([...read, keyOf(notice)]);
  };
  const isRead = (notice: Notice) => read.includes(keyOf(notice));
  const folded = notices.filter((notice) => noticeKind(notice) === 'lesser' && isRead(notice));
  return (
    <>
      {notices
        .filter((notice) => !isRead(notice) && !(SAID_BY[notice.code] === screen))
        .map((notice) => {
          const show = notice.show ?? SAID_BY[notice.code];
          const stops = noticeKind(notice) === 'stops';
          return (
            <Banner
              key={keyOf(notice)}
              tone="amber"
              title={notice.title ?? TITLES[notice.code] ?? 'Please note.'}
              isUrgent={notice.untilSeen === true || stops}
              actions={
                <>
                  {show && !isThere(show, notice) ? (
                    <Button size="small" onPress={() => goToPlace(show, notice)}>
                      {PLACE_BUTTONS[show]}
                    </Button>
                  ) : null}
                  {stops ? null : (
                    <Button kind="quiet" size="small" onPress={() => understood(notice)}>
                      Understood
                    </Button>
                  )}
                </>
              }
            >
              {notice.message}
            </Banner>
          );
        })}
      {folded.length === 0 ? null : (
        <div className="bands-read" role="status">
          <strong>{folded.length === 1 ? '1 notice still holds.' : `${folded.length} notices still hold.`}</strong>
          <Button size="small" onPress={() => setRead(read.filter((key) => !folded.some((notice) => keyOf(notice) === key)))}>
            {folded.length === 1 ? 'Show it' : 'Show them'}
          </Button>
        </div>
      )}
    </>
  );
}

/** To its run's own report, where it is about one. */
function goToPlace(show: Screen, { runId }: Notice): void {
  if (runId !== undefined) goToReport(runId);
  goTo(show);
}

const TITLES: Readonly<Record<string, string>> = { 'holds-ending': 'Holds end soon.' };
const keyOf = (notice: Notice): string => `${notice.code} ${notice.message}`;
