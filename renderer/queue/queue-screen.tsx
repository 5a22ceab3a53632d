import './queue.css';
import { useEffect, useMemo, useState } from 'react';
import { Collection, GridList, GridListHeader, GridListItem, GridListSection, Virtualizer } from 'react-aria-components';
import { till } from '../bridge.ts';
import { formatDay } from '../format.ts';
import { useNow } from '../now.ts';
import { call, useTill } from '../store.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';
import { focusWork } from '../ui/focus-work.ts';
import { keepInSight } from '../ui/keep-in-sight.ts';
import { SteadyListLayout } from '../ui/steady-list-layout.ts';
import { useWithBank } from '../use-with-bank.ts';
import { actionSpoken } from './action-in-words.ts';
import { GROUP_WORDS, groupQueue, needingYou, QUEUE_GROUPS, queueInWords, tooLateCount, unseenCount } from './groups.ts';
import { QueueRow } from './queue-row.tsx';
import { isForSending } from './send-choice.ts';
import { SendList } from './send-list.tsx';
import { SettleDialog } from './settle-dialog.tsx';
import { whyQueueWaits } from './why-waits.ts';

const ROW_ESTIMATE_PX = 80;
const HEADING_ESTIMATE_PX = 56;

/** Everything promised and not yet done, what came to nothing and was not seen, and what ended today or yesterday. */
export function QueueScreen() {
  const actions = useTill((snapshot) => snapshot.actions);
  const zone = useTill((snapshot) => snapshot.settings.zone);
  const nowMs = useNow(60_000);
  const [settledId, setSettledId] = useState<string | null>(null);
  const [isLooking, setLooking] = useState(false);
  const [cameBack, setCameBack] = useState(false);
  useEffect(() => {
    if (!cameBack) return;
    // Once: where the way to the list comes again later it takes the keyboard from nobody.
    setCameBack(false);
    // What led there may be gone: then the keyboard goes on in the queue.
    requestAnimationFrame(() => (document.activeElement === document.body ? focusWork() : undefined));
  }, [cameBack]);
  const waiting = useMemo(() => needingYou(actions), [actions]);
  const sections = useMemo(() => {
    const groups = groupQueue(actions);
    return QUEUE_GROUPS.filter((group) => groups[group].length > 0).map((group) => ({ id: group, actions: groups[group] }));
  }, [actions]);

  // The words for a time change with the day.
  const today = formatDay(nowMs, zone);
  const settle = settledId === null ? null : <SettleDialog actionId={settledId} onClose={() => setSettledId(null)} />;
  if (isLooking)
    return (
      <>
        <SendList
          onLeave={() => {
            setLooking(false);
            setCameBack(true);
          }}
          onSettle={setSettledId}
        />
        {settle}
      </>
    );
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the list inside it takes these keys.
    <section className="queue" onKeyDown={keepInSight}>
      <QueueHead />
      {waiting.some(isForSending) ? (
        <Banner
          tone="amber"
          title={`${waiting.length} to compare with Dojo.`}
          actions={
            <Button kind="primary" autoFocus={cameBack} onPress={() => setLooking(true)}>
              Compare with Dojo
            </Button>
          }
        >
          See what Dojo shows of {waiting.length === 1 ? 'it' : 'them'} now, then send, settle or remove {waiting.length === 1 ? 'it' : 'them'}.
        </Banner>
      ) : null}
      {sections.length === 0 ? (
        <Empty title="Nothing is queued.">Actions made while there is no connection appear here.</Empty>
      ) : (
        <Virtualizer
          layout={SteadyListLayout}
          layoutOptions={{ estimatedRowHeight: ROW_ESTIMATE_PX, estimatedHeadingHeight: HEADING_ESTIMATE_PX }}
          // Dojo's answer opens inside its row.
          shouldObserveItemSize
        >
          <GridList aria-label="Queue" className="queue-list" items={sections} dependencies={[zone, today]} selectionMode="none" disallowTypeAhead>
            {(section) => (
              <GridListSection id={section.id} aria-label={GROUP_WORDS[section.id].title}>
                <GridListHeader className="queue-heading">
                  <span className="queue-heading-title">
                    {GROUP_WORDS[section.id].title} <span className="quiet-text">{section.actions.length}</span>
                  </span>
                  {GROUP_WORDS[section.id].note ? <span className="queue-heading-note">{GROUP_WORDS[section.id].note}</span> : null}
                </GridListHeader>
                <Collection items={section.actions} dependencies={[zone, today]}>
                  {(action) => (
                    <GridListItem id={action.id} className="queue-row" textValue={actionSpoken(action, { zone, nowMs })} data-group={section.id}>
                      <QueueRow action={action} group={section.id} onSettle={() => setSettledId(action.id)} />
                    </GridListItem>
                  )}
                </Collection>
              </GridListSection>
            )}
          </GridList>
        </Virtualizer>
      )}
      {settle}
    </section>
  );
}

function QueueHead() {
  const connection = useTill((snapshot) => snapshot.connection);
  const { queue } = connection;
  const zone = useTill((snapshot) => snapshot.settings.zone);
  const tooLate = useTill((snapshot) => tooLateCount(snapshot.actions));
  const unseen = useTill((snapshot) => unseenCount(snapshot.actions));
  const withBank = useWithBank();
  const why = whyQueueWaits({ ...connection, queue: { ...queue, waiting: queue.waiting - tooLate } }, zone);
  // What is too late alone is not sent when anything is mended.
  const waits = queue.waiting - tooLate + queue.checking + queue.sending + queue.needsPerson > 0;
  const told = queueInWords(queue, tooLate, unseen);
  return (
    <header className="queue-head">
      <div className="queue-head-words">
        <h2 className="queue-name">Queue</h2>
        <p role="status">
          {told ? `${told}.` : (withBank ?? 'Nothing is open.')}
          {why && (waits || queue.paused) ? <span className="queue-why"> {why}</span> : null}
        </p>
      </div>
      <Button
        isGuarded
        shortcut="F7"
        kind={queue.paused ? 'primary' : 'quiet'}
        onPress={() => void call(queue.paused ? till.resumeQueue() : till.pauseQueue())}
      >
        {queue.paused ? 'Go on' : 'Pause'}
      </Button>
    </header>
  );
}
