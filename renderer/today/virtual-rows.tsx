import { type KeyboardEvent, memo, type RefObject, useLayoutEffect, useRef, useState } from 'react';
import type { PaymentView } from '../../preload/contract.ts';
import { isCovered } from '../keys.ts';
import { useTill } from '../store.ts';
import { openDialog } from '../view.ts';
import type { ListLook } from './list-look.ts';
import { scrollerOf } from './list-scroller.ts';
import { placeAfterKey, scrollTopFor } from './row-keys.ts';
import { useRowsInSight } from './use-rows-in-sight.ts';

type VirtualRowsProps = Readonly<{
  rows: readonly PaymentView[];
  rowHeight: number;
  look: ListLook;
  listRef: RefObject<HTMLDivElement | null>;
}>;

/**
 * The rows as a grid, of which only those in sight are in the document. The library's list makes a node for every row whenever the
 * rows change: with 5,000 of them that took half a second at start and at each letter of a search (docs/benchmarks.md).
 * One row has the focus; arrows, Page and Home keys move it, Enter opens it. The right arrow goes to the last of its buttons, which is
 * its main one, the left arrow to the ones before and back to the row.
 */
export function VirtualRows({ rows, rowHeight, look, listRef }: VirtualRowsProps) {
  const { first, end } = useRowsInSight(listRef, rowHeight);
  const [current, setCurrent] = useState<{ id: string; place: number } | null>(null);
  const [isInside, setIsInside] = useState(false);
  const wantsFocus = useRef(false);

  const known = current === null ? -1 : rows.findIndex((payment) => payment.id === current.id);
  const drawn = rows.slice(first, end).map((payment, index) => ({ payment, place: first + index }));
  const focused = rows[known];
  // Out of sight it stays in the document: the keyboard would be nowhere without it.
  if (focused && (known < first || known >= end)) drawn.push({ payment: focused, place: known });

  function moveTo(place: number): void {
    const payment = rows[place];
    const list = listRef.current;
    if (!payment || !list) return;
    const scroller = scrollerOf(list);
    scroller.scrollTo(scrollTopFor(place, rowHeight, scroller.topPx(), scroller.heightPx()));
    wantsFocus.current = true;
    setCurrent({ id: payment.id, place });
  }

  useLayoutEffect(() => {
    const list = listRef.current;
    if (!list || !current) return;
    const row = list.querySelector<HTMLElement>(`[data-key="${CSS.escape(current.id)}"]`);
    if (row && wantsFocus.current) row.focus({ preventScroll: true });
    wantsFocus.current = false;
    // What had the focus is gone, and the focus with it: its row takes over, or where that is gone too the row in its place.
    if (!isInside || document.activeElement !== document.body || isCovered(list)) return;
    if (row) row.focus({ preventScroll: true });
    else moveTo(Math.min(current.place, rows.length - 1));
  });

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || !(event.target instanceof HTMLElement)) return;
    const row = event.target.closest<HTMLElement>('[role=row]');
    const payment = rows[known];
    if (!row || !payment) return;
    const isOnRow = event.target === row;
    const next = placeAfterKey(event.key, known, rows.length, Math.floor(scrollerOf(event.currentTarget).heightPx() / rowHeight));
    if (next !== null) moveTo(next);
    else if (event.key === 'ArrowRight' || (event.key === 'ArrowLeft' && !isOnRow)) besideInRow(row, event.target, event.key).focus();
    else if (event.key === 'Enter' && isOnRow && !event.repeat) open(payment.id);
    else if (event.key === ' ' && isOnRow && !event.repeat && look.onSpace) look.onSpace(payment.id);
    else return;
    event.preventDefault();
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: a table's rows cannot be put in their places one by one.
    <div
      ref={listRef}
      className="list"
      role="grid"
      aria-label={look.label}
      aria-rowcount={rows.length}
      // Tab comes to the row that was left, and from any row goes on to what follows the list.
      tabIndex={isInside ? -1 : 0}
      onKeyDown={onKeyDown}
      onFocus={(event) => {
        setIsInside(true);
        if (event.target === event.currentTarget) return moveTo(Math.max(0, known));
        const id = event.target.closest<HTMLElement>('[role=row]')?.dataset.key;
        const place = rows.findIndex((payment) => payment.id === id);
        if (id !== undefined && place >= 0) setCurrent((before) => (before?.id === id && before.place === place ? before : { id, place }));
      }}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setIsInside(false);
      }}
    >
      <div role="presentation" style={{ position: 'relative', height: rows.length * rowHeight }}>
        {drawn.map(({ payment, place }) => (
          <Row key={payment.id} payment={payment} place={place} rowHeight={rowHeight} look={look} />
        ))}
      </div>
    </div>
  );
}

/** Where a sideways arrow leads from a row or one of its buttons. */
function besideInRow(row: HTMLElement, from: HTMLElement, key: 'ArrowLeft' | 'ArrowRight'): HTMLElement {
  const buttons = [...row.querySelectorAll<HTMLElement>('button')];
  const place = buttons.indexOf(from);
  if (key === 'ArrowLeft') return buttons[place - 1] ?? row;
  return (place < 0 ? undefined : buttons[place + 1]) ?? buttons.at(-1) ?? row;
}

const open = (paymentId: string): void => openDialog({ kind: 'payment', paymentId });

type RowProps = Readonly<{ payment: PaymentView; place: number; rowHeight: number; look: ListLook }>;

/** Drawn anew only when its payment or its place changed: not while the list is scrolled. */
const Row = memo(function Row({ payment, place, rowHeight, look }: RowProps) {
  const zone = useTill((snapshot) => snapshot.settings.zone);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid takes the keys for all its rows.
    // biome-ignore lint/a11y/useSemanticElements: as the grid.
    <div
      role="row"
      className="list-item"
      aria-label={look.text(payment, zone)}
      aria-rowindex={place + 1}
      data-key={payment.id}
      tabIndex={-1}
      style={{ top: place * rowHeight, height: rowHeight }}
      onClick={(event) => {
        // What the row's own button or checkbox does is not an opening of the row.
        if (!(event.target instanceof Element && event.target.closest('button, label'))) open(payment.id);
      }}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: as the grid. */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: its row takes the focus. */}
      <div role="gridcell" aria-colindex={1} className="list-cell">
        {look.row(payment)}
      </div>
    </div>
  );
});
