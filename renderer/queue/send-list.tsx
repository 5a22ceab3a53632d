import './send-list.css';
import { useEffect, useMemo, useRef, useState } from 'react';
import { GridList, GridListItem, Virtualizer } from 'react-aria-components';
import type { ActionView } from '../../preload/contract.ts';
import { till } from '../bridge.ts';
import { exceptions, sumUp } from '../end-of-day/choice.ts';
import { sumsInWords } from '../end-of-day/sums-in-words.ts';
import { formatDay } from '../format.ts';
import { useEscapeBack } from '../keys.ts';
import { useNow } from '../now.ts';
import { call, useActions, useTill } from '../store.ts';
import { Button } from '../ui/button.tsx';
import { focusWork } from '../ui/focus-work.ts';
import { RefusalBanner } from '../ui/refusal-banner.tsx';
import { ScreenFoot } from '../ui/screen-foot.tsx';
import { SteadyListLayout } from '../ui/steady-list-layout.ts';
import { TwoStepButton } from '../ui/two-step-button.tsx';
import { useSameKeys } from '../ui/use-same-keys.ts';
import { actionSpoken } from './action-in-words.ts';
import { isNeeding, needingYou } from './groups.ts';
import { isForSending, isSettling, isUnchanged } from './send-choice.ts';
import { SendRow } from './send-row.tsx';
import { forgetRefused, notSentTitle, send, untick, useListShown, useSending } from './sending.ts';

const ROW_ESTIMATE_PX = 96;

type SendListProps = Readonly<{ onLeave: () => void; onSettle: (actionId: string) => void }>;

/**
 * What waits for a person because somebody else may have done it meanwhile, each beside what Dojo shows. The unchanged ones are
 * ticked and go together; the others one by one. A row stays until the list is left, and says what became of it.
 */
export function SendList({ onLeave, onSettle }: SendListProps) {
  const actions = useTill((snapshot) => snapshot.actions);
  const zone = useTill((snapshot) => snapshot.settings.zone);
  const waiting = useMemo(() => needingYou(actions), [actions]);
  const nowMs = useNow(waiting.some(({ settlesAtMs }) => settlesAtMs !== null) ? 1_000 : 60_000);
  const ids = useRef<string[]>([]);
  for (const { id } of waiting) if (!ids.current.includes(id)) ids.current.push(id);
  const shown = useActions(ids.current);
  const { progress, refused, error, unticked } = useSending();
  const isSending = progress !== null;
  useListShown();
  const { isReading, readAgain } = useCompared();
  // What is being sent goes on without the list: Esc is one step back then too.
  useEscapeBack(onLeave, false);
  useEffect(() => {
    // A list draws its first rows in the next frame.
    const frame = requestAnimationFrame(focusWork);
    return () => cancelAnimationFrame(frame);
  }, []);

  const canSend = (action: ActionView) => isForSending(action) && !isSettling(action, nowMs);
  const canTick = (action: ActionView) => canSend(action) && isUnchanged(action) && !refused.has(action.id);
  const ticked = shown.filter((action) => canTick(action) && !unticked.has(action.id));
  const tickedIds = useSameKeys(ticked.map(({ id }) => id));
  const alone = shown.filter((action) => isNeeding(action) && !canTick(action)).length;
  const sums = sumUp(
    ticked.flatMap(({ currency, amountMinor, tipsMinor }) => (amountMinor === null ? [] : { currency, amountMinor: amountMinor + tipsMinor })),
  );
  const tick = (keys: ReadonlySet<string>) => {
    const listed = shown.filter(canTick).map(({ id }) => id);
    untick((before) => exceptions(before, keys, listed));
  };

  return (
    <section className="queue">
      <header className="queue-head">
        <div className="queue-head-words">
          <h2 className="queue-name">Compare with Dojo</h2>
          <p>{isSending ? 'What you confirmed is being sent.' : 'Nothing is sent until you say so.'}</p>
        </div>
        <Button
          onPress={() => {
            forgetRefused();
            readAgain();
          }}
          pendingText={isReading ? 'Reading from Dojo…' : undefined}
        >
          Read again
        </Button>
        <Button onPress={onLeave}>Back to the queue</Button>
      </header>
      {error ? <RefusalBanner title={notSentTitle(error)} error={error} /> : null}
      <Virtualizer layout={SteadyListLayout} layoutOptions={{ estimatedRowHeight: ROW_ESTIMATE_PX }} shouldObserveItemSize>
        <GridList
          aria-label="Actions to compare with Dojo"
          className="queue-list send-list"
          items={shown}
          dependencies={[refused, unticked, progress, zone, formatDay(nowMs, zone)]}
          selectionMode="multiple"
          selectedKeys={tickedIds}
          disabledKeys={shown.filter((action) => isSending || !canTick(action)).map(({ id }) => id)}
          disabledBehavior="selection"
          onSelectionChange={(keys) => tick(keys === 'all' ? new Set(shown.map(({ id }) => id)) : new Set([...keys].map(String)))}
          escapeKeyBehavior="none"
          disallowTypeAhead
        >
          {(action) => (
            <GridListItem className="send-row" textValue={actionSpoken(action, { zone, nowMs })}>
              <SendRow
                action={action}
                isOpen={isNeeding(action)}
                canSend={canSend(action)}
                canTick={canTick(action)}
                isTicked={ticked.includes(action)}
                // One that can no longer be sent says why by itself.
                refusal={isForSending(action) ? (refused.get(action.id) ?? null) : null}
                isBusy={isSending}
                onTick={(isTicked) =>
                  tick(
                    new Set(
                      ticked
                        .map(({ id }) => id)
                        .filter((id) => id !== action.id)
                        .concat(isTicked ? [action.id] : []),
                    ),
                  )
                }
                onSend={() => void send([action])}
                onSettle={() => onSettle(action.id)}
              />
            </GridListItem>
          )}
        </GridList>
      </Virtualizer>
      <ScreenFoot className="send-foot">
        <p role="status">
          {progress ? (
            `Reading from Dojo and sending: ${progress.done} of ${progress.total}.`
          ) : (
            <>
              <strong>{ticked.length === 1 ? '1 action' : `${ticked.length} actions`}</strong> ticked{sums.length > 0 ? `, ${sumsInWords(sums)}` : ''}
              {alone > 0 ? <span className="quiet-text"> · {alone === 1 ? '1 is' : `${alone} are`} decided one by one</span> : null}
            </>
          )}
        </p>
        <TwoStepButton
          asks={ticked.map(({ id }) => id).join()}
          kind="money"
          ask={`Send ${ticked.length} unchanged`}
          confirm={`Yes, send ${ticked.length}`}
          keep="No, not yet"
          isDisabled={ticked.length === 0}
          pendingText={isSending ? 'Sending…' : undefined}
          onConfirm={() => void send(ticked)}
        />
      </ScreenFoot>
    </section>
  );
}

/** Whoever opens the list asks what Dojo shows now, and may ask again: only what was read lately can be ticked, and a row says when it was. */
function useCompared(): Readonly<{ isReading: boolean; readAgain: () => void }> {
  const [isReading, setReading] = useState(true);
  const [tries, setTries] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new try is a reason by itself.
  useEffect(() => {
    let isThere = true;
    setReading(true);
    void call(till.compare(), { quiet: true }).then(() => {
      if (isThere) setReading(false);
    });
    return () => {
      isThere = false;
    };
  }, [tries]);
  return { isReading, readAgain: () => setTries((count) => count + 1) };
}
