import { type KeyboardEvent, useRef, useState } from 'react';
import { GridList, GridListItem, Virtualizer } from 'react-aria-components';
import type { PaymentView } from '../../preload/contract.ts';
import { formatDate, formatMoney, formatTime, formatWhen, timeLeft } from '../format.ts';
import { VERY_SOON_MS } from '../holds/open-holds.ts';
import { useNow } from '../now.ts';
import { referenceInWords, referenceLabel } from '../reference.ts';
import { useTill } from '../store.ts';
import { shownAtMs } from '../today/list.ts';
import { inOrWithin, orBy, youLose } from '../today/row-words.ts';
import { AmountField } from '../ui/amount-field.tsx';
import { Button } from '../ui/button.tsx';
import { Checkbox } from '../ui/field.tsx';
import { SteadyListLayout } from '../ui/steady-list-layout.ts';
import { useSameKeys } from '../ui/use-same-keys.ts';
import { cardWords } from '../words.ts';
import { type ChoiceRow, choiceRow, type Edit } from './choice.ts';
import { change, editAmount, useEndOfDay } from './end-of-day-state.ts';

type ChooseListProps = Readonly<{ rows: readonly ChoiceRow[] }>;

/** A first guess; each row is measured as it is drawn. Rows are drawn only where they are seen. */
const ROW_ESTIMATE_PX = 64;

/**
 * The holds as a list to tick. Its items are the payments themselves, which keep their identity while the choice changes:
 * a tick draws only the rows in sight anew, however long the list is.
 */
export function ChooseList({ rows }: ChooseListProps) {
  const payments = rows.map((row) => row.payment);
  const among = payments.map((payment) => payment.id);
  const ticked = useSameKeys(rows.filter((row) => row.ticked).map((row) => row.payment.id));

  /** Enter on a row opens its amount. It would tick the row otherwise, as Space does. */
  const onKeyDownCapture = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.target instanceof HTMLElement) || event.target.role !== 'row') return;
    const paymentId = event.target.dataset.key;
    if (paymentId === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    editAmount(paymentId);
  };

  return (
    <div className="eod-list-frame" onKeyDownCapture={onKeyDownCapture}>
      {/* A row's amount opens inside it as a field, and what is wrong with it beside that. */}
      <Virtualizer layout={SteadyListLayout} layoutOptions={{ estimatedRowHeight: ROW_ESTIMATE_PX }} shouldObserveItemSize>
        <GridList
          aria-label="Holds to capture"
          className="eod-list"
          items={payments}
          selectionMode="multiple"
          selectedKeys={ticked}
          onSelectionChange={(keys) => change({ type: 'set-ticked', paymentIds: new Set(keys === 'all' ? among : [...keys].map(String)), among })}
          escapeKeyBehavior="none"
          disallowTypeAhead
        >
          {(payment) => (
            <GridListItem className="eod-row" textValue={referenceLabel(payment.reference)}>
              <ChooseRow payment={payment} />
            </GridListItem>
          )}
        </GridList>
      </Virtualizer>
    </div>
  );
}

function ChooseRow({ payment }: { payment: PaymentView }) {
  const choice = useEndOfDay((state) => state.choice);
  const isEdited = useEndOfDay((state) => state.editedId === payment.id);
  const row = choiceRow(payment, choice);
  return row ? <OpenRow row={row} isEdited={isEdited} /> : null;
}

function OpenRow({ row, isEdited }: { row: ChoiceRow; isEdited: boolean }) {
  const nowMs = useNow(30_000);
  const { payment, amountMinor, wholeMinor, problem } = row;
  const { capture } = payment.moves;
  const zone = useTill((snapshot) => snapshot.settings.zone);
  const today = useTill((snapshot) => snapshot.day.date);
  const amount = (minor: number) => formatMoney(minor, payment.currency);
  const isEarlier = payment.date !== today;
  // Said, and in a louder colour where the money is lost then.
  const endsSoon = payment.holdEnds !== null && payment.holdEnds.atMs - nowMs < VERY_SOON_MS;
  return (
    <>
      <Checkbox
        isSelected={row.ticked}
        onChange={() => change({ type: 'toggle', paymentId: payment.id })}
        aria-label={`Capture ${referenceInWords(payment.reference)}`}
      />
      <div className="eod-row-what">
        <span className="eod-row-reference">{referenceLabel(payment.reference)}</span>
        <span className="eod-row-facts">
          {isEarlier ? <strong className="eod-earlier">{formatDate(payment.date, 'short')}</strong> : formatTime(shownAtMs(payment), zone)}
          {[payment.description, cardWords(payment.card)].filter(Boolean).map((fact) => ` · ${fact}`)}
          {payment.takenMinor > 0 ? ` · ${amount(payment.takenMinor)} of ${amount(payment.totalMinor)} captured` : ''}
        </span>
        {capture.open && capture.includes ? <span className="eod-row-includes">{capture.includes}</span> : null}
        {isEarlier || endsSoon ? (
          <span className="eod-row-end" data-lost-soon={(endsSoon && payment.holdEnds?.action !== 'Capture') || undefined}>
            {holdEndInWords(row, zone, nowMs)}
          </span>
        ) : null}
      </div>
      {isEdited ? (
        <AmountEdit row={row} />
      ) : (
        <div className="eod-row-amount">
          <span className="eod-row-sum">
            <span className="amount">{amountMinor === null ? '—' : amount(amountMinor)}</span>
            {problem === null ? (
              row.edited ? (
                <span className="eod-row-of">of {amount(wholeMinor ?? row.maxMinor)}</span>
              ) : null
            ) : (
              <span className="eod-problem">{problemInWords(row)}</span>
            )}
          </span>
          <Button size="small" kind="plain" onPress={() => editAmount(payment.id)} aria-label={`Change the amount of ${referenceInWords(payment.reference)}`}>
            Change
          </Button>
        </div>
      )}
    </>
  );
}

/** The amount of one row, as a field. Enter keeps it, Esc puts back what was there. */
function AmountEdit({ row }: { row: ChoiceRow }) {
  const { payment, amountMinor, maxMinor } = row;
  const edit = useEndOfDay(({ choice }) => choice.edits.get(payment.id));
  // Nothing typed is put back as that: the whole of what is left follows what is left, an amount does not.
  const [before] = useState(() => useEndOfDay.getState().choice.edits.get(payment.id));
  const frame = useRef<HTMLDivElement>(null);
  const done = () => {
    const row = frame.current?.closest<HTMLElement>('[role=row]');
    editAmount(null);
    // After the field is gone the row takes its place under the keyboard.
    requestAnimationFrame(() => row?.focus());
  };
  const set = (next: Edit | undefined) =>
    change(next === undefined ? { type: 'whole', paymentId: payment.id } : { type: 'edit', paymentId: payment.id, edit: next });
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Enter and Esc leave the field inside it; a button does the same.
    <div
      ref={frame}
      className="eod-row-edit"
      onKeyDown={(event) => {
        // The list must not see a key that is meant for the field.
        if (event.key !== 'Tab') event.stopPropagation();
        // An input method uses the same keys for its own ends.
        if (event.nativeEvent.isComposing) return;
        const isField = event.target instanceof HTMLInputElement;
        if (event.key === 'Escape') set(before);
        if (event.key !== 'Escape' && !(event.key === 'Enter' && isField)) return;
        event.preventDefault();
        done();
      }}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) editAmount(null);
      }}
    >
      <AmountField
        label={`Amount to capture of ${referenceInWords(payment.reference)}`}
        size="cell"
        currency={payment.currency}
        valueMinor={edit === undefined ? amountMinor : edit.amountMinor}
        of={{ thenMinor: edit?.ofMinor ?? maxMinor, nowMinor: maxMinor }}
        maxMinor={maxMinor}
        onChange={(typedMinor, ofMinor) => set({ amountMinor: typedMinor, ofMinor })}
        autoFocus
        error={editProblemInWords(row)}
      />
      <Button size="small" onPress={done} aria-label={`OK: keep this amount for ${referenceInWords(payment.reference)}`}>
        OK
      </Button>
    </div>
  );
}

/** Beside its field: as few words as stand in the row's two lines. */
function editProblemInWords(row: ChoiceRow): string | null {
  // The field says by itself what is too much.
  if (row.problem === null || row.problem === 'above') return null;
  return row.problem === 'empty' ? 'Type an amount, or untick it' : problemInWords(row);
}

function problemInWords({ problem, payment, maxMinor }: ChoiceRow): string {
  switch (problem) {
    case 'above':
      return `No more than ${formatMoney(maxMinor, payment.currency)}`;
    case 'changed':
      return `${formatMoney(maxMinor, payment.currency)} left: type it again`;
    case 'zero':
      return 'More than zero';
    case 'empty':
      return 'Type an amount';
    case null:
      return '';
  }
}

/** "Ends Thu 26 Nov, 14:32, in 2 h: released, you lose £42.00". */
function holdEndInWords({ payment }: ChoiceRow, zone: string, nowMs: number): string {
  if (!payment.holdEnds) return '';
  const { atMs, action } = payment.holdEnds;
  const left = timeLeft(atMs, nowMs);
  const then =
    action === 'Release'
      ? `released, ${youLose(payment.holdEnds)} ${formatMoney(payment.onHoldMinor, payment.currency)}`
      : action === 'Capture'
        ? 'captured in full'
        : 'Dojo does not say what then';
  return `Ends${orBy(payment.holdEnds)} ${formatWhen(atMs, zone, nowMs)}${left ? `, ${inOrWithin(payment.holdEnds, left)}` : ''}: ${then}`;
}
