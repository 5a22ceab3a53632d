import { type KeyboardEvent, useRef, useState } from 'react';
import { GridList, GridListItem, ListLayout, Virtualizer } from 'react-aria-components';
import { formatDate, formatMoney, formatTime, formatWhen, timeLeft } from '../format.ts';
import { useTill } from '../store.ts';
import { useTillNow } from '../take/use-till-now.ts';
import { AmountField } from '../ui/amount-field.tsx';
import { Button } from '../ui/button.tsx';
import { Checkbox } from '../ui/field.tsx';
import { cardWords } from '../words.ts';
import type { ChoiceRow } from './choice.ts';
import { change } from './end-of-day-state.ts';

type ChooseListProps = Readonly<{ rows: readonly ChoiceRow[]; editedId: string | null; onEdit: (paymentId: string | null) => void }>;

/** A first guess; each row is measured as it is drawn. Rows are drawn only where they are seen. */
const ROW_ESTIMATE_PX = 64;
/** A hold's end this near is said, and in a louder colour where the money is lost then. */
const SOON_MS = 24 * 3_600_000;

export function ChooseList({ rows, editedId, onEdit }: ChooseListProps) {
  const frame = useRef<HTMLDivElement>(null);
  const nowMs = useTillNow(30_000);
  const among = rows.map((row) => row.payment.id);
  const ticked = rows.filter((row) => row.ticked).map((row) => row.payment.id);

  const setTicked = (paymentIds: readonly string[]) => change({ type: 'set-ticked', paymentIds: new Set(paymentIds), among });
  const toggled = (paymentId: string) => (ticked.includes(paymentId) ? ticked.filter((id) => id !== paymentId) : [...ticked, paymentId]);

  const focusRow = (paymentId: string) => frame.current?.querySelector<HTMLElement>(`[role=row][data-key="${CSS.escape(paymentId)}"]`)?.focus();
  const stopEditing = (paymentId: string) => {
    onEdit(null);
    // After the field is gone; the row takes its place under the keyboard.
    requestAnimationFrame(() => focusRow(paymentId));
  };

  /** Enter on a row opens its amount. It would tick the row otherwise, as Space does. */
  const onKeyDownCapture = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.target instanceof HTMLElement) || event.target.role !== 'row') return;
    const paymentId = event.target.dataset.key;
    if (paymentId === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onEdit(paymentId);
  };

  return (
    <div ref={frame} className="eod-list-frame" onKeyDownCapture={onKeyDownCapture}>
      <Virtualizer layout={ListLayout} layoutOptions={{ estimatedRowHeight: ROW_ESTIMATE_PX }}>
        <GridList
          aria-label="Holds to take"
          className="eod-list"
          items={rows.map((row) => ({ ...row, id: row.payment.id }))}
          dependencies={[editedId, nowMs]}
          selectionMode="multiple"
          selectedKeys={ticked}
          onSelectionChange={(keys) => setTicked(keys === 'all' ? among : [...keys].map(String))}
          escapeKeyBehavior="none"
          disallowTypeAhead
        >
          {(row) => (
            <GridListItem className="eod-row" textValue={row.payment.reference} data-ticked={row.ticked || undefined}>
              <ChooseRow
                row={row}
                nowMs={nowMs}
                isEdited={row.payment.id === editedId}
                onEdit={() => onEdit(row.payment.id)}
                onTick={() => setTicked(toggled(row.payment.id))}
                onDone={(how) => (how === 'key' ? stopEditing(row.payment.id) : onEdit(null))}
              />
            </GridListItem>
          )}
        </GridList>
      </Virtualizer>
    </div>
  );
}

type ChooseRowProps = Readonly<{
  row: ChoiceRow;
  nowMs: number;
  isEdited: boolean;
  onTick: () => void;
  onEdit: () => void;
  onDone: (how: 'key' | 'left') => void;
}>;

function ChooseRow({ row, nowMs, isEdited, onTick, onEdit, onDone }: ChooseRowProps) {
  const { payment, amountMinor, maxMinor, problem } = row;
  const zone = useTill((snapshot) => snapshot.settings.zone);
  const today = useTill((snapshot) => snapshot.day.date);
  const amount = (minor: number) => formatMoney(minor, payment.currency);
  const isEarlier = payment.date !== today;
  const endsSoon = payment.holdEnds !== null && payment.holdEnds.atMs - nowMs < SOON_MS;
  const paidAtMs = payment.paidAtMs ?? payment.createdAtMs;
  return (
    <>
      <Checkbox isSelected={row.ticked} onChange={onTick} aria-label={`Take ${payment.reference}`} />
      <div className="eod-row-what">
        <span className="eod-row-reference">{payment.reference}</span>
        <span className="eod-row-facts">
          {isEarlier ? <strong className="eod-earlier">{formatDate(payment.date, 'short')}</strong> : formatTime(paidAtMs, zone)}
          {[payment.description, cardWords(payment.card)].filter(Boolean).map((fact) => ` · ${fact}`)}
          {payment.takenMinor > 0 ? ` · ${amount(payment.takenMinor)} of ${amount(payment.totalMinor)} taken` : ''}
        </span>
        {isEarlier || endsSoon ? (
          <span className="eod-row-end" data-lost-soon={(endsSoon && payment.holdEnds?.action !== 'Capture') || undefined}>
            {holdEndInWords(row, zone, nowMs)}
          </span>
        ) : null}
      </div>
      {isEdited ? (
        <AmountEdit row={row} onDone={onDone} />
      ) : (
        <div className="eod-row-amount">
          <span className="eod-row-sum">
            <span className="amount">{amountMinor === null ? '—' : amount(amountMinor)}</span>
            {problem === null ? (
              row.edited ? (
                <span className="eod-row-of">of {amount(maxMinor)}</span>
              ) : null
            ) : (
              <span className="eod-problem">{problemInWords(row)}</span>
            )}
          </span>
          <Button size="small" kind="plain" onPress={onEdit} aria-label={`Change the amount of ${payment.reference}`}>
            Change
          </Button>
        </div>
      )}
    </>
  );
}

/** The amount of one row, as a field. Enter keeps it, Esc puts back what was there. */
function AmountEdit({ row: { payment, amountMinor, maxMinor, problem }, onDone }: { row: ChoiceRow; onDone: (how: 'key' | 'left') => void }) {
  const [before] = useState(amountMinor);
  const set = (edited: number | null) => change({ type: 'edit', paymentId: payment.id, amountMinor: edited });
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Enter and Esc leave the field inside it; a button does the same.
    <div
      className="eod-row-edit"
      onKeyDown={(event) => {
        // The list must not see a key that is meant for the field.
        if (event.key !== 'Tab') event.stopPropagation();
        const isField = event.target instanceof HTMLInputElement;
        if (event.key === 'Escape') set(before);
        if (event.key !== 'Escape' && !(event.key === 'Enter' && isField)) return;
        event.preventDefault();
        onDone('key');
      }}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) onDone('left');
      }}
    >
      <AmountField
        label={`Amount to take of ${payment.reference}`}
        size="cell"
        currency={payment.currency}
        valueMinor={amountMinor}
        maxMinor={maxMinor}
        onChange={set}
        autoFocus
        error={problem === 'zero' ? 'The amount must be more than zero.' : problem === 'empty' ? 'Type an amount, or untick it.' : null}
      />
      <Button size="small" onPress={() => onDone('key')} aria-label={`Keep this amount for ${payment.reference}`}>
        OK
      </Button>
    </div>
  );
}

function problemInWords({ problem, payment, maxMinor }: ChoiceRow): string {
  switch (problem) {
    case 'above':
      return `No more than ${formatMoney(maxMinor, payment.currency)}`;
    case 'zero':
      return 'More than zero';
    case 'empty':
      return 'Type an amount';
    case null:
      return '';
  }
}

/** "Ends Thu 26 Nov, 14:32, in 2 h: released, you lose £42.00". */
function holdEndInWords({ payment, maxMinor }: ChoiceRow, zone: string, nowMs: number): string {
  if (!payment.holdEnds) return '';
  const { atMs, action } = payment.holdEnds;
  const left = timeLeft(atMs, nowMs);
  const then =
    action === 'Release'
      ? `released, you lose ${formatMoney(maxMinor, payment.currency)}`
      : action === 'Capture'
        ? 'taken in full'
        : 'Dojo does not say what then';
  return `Ends ${formatWhen(atMs, zone, nowMs)}${left ? `, in ${left}` : ''}: ${then}`;
}
