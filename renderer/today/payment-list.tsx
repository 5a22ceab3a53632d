import { type RefObject, useLayoutEffect, useRef } from 'react';
import type { PaymentView } from '../../preload/contract.ts';
import { useTill } from '../store.ts';
import type { ListLook } from './list-look.ts';
import { scrollerOf } from './list-scroller.ts';
import { scrollShift, steadyOrder } from './steady-order.ts';
import { useHeld } from './use-held.ts';
import { useIsLow } from './use-is-low.ts';
import { useTakenUp } from './use-taken-up.ts';
import { VirtualRows } from './virtual-rows.tsx';

/** Row heights in CSS pixels, as in tokens.css: the virtual list has to know them. */
const ROW_HEIGHT = { touch: 64, compact: 48 } as const;
const ROW_HEIGHT_LOW = { touch: 52, compact: 48 } as const;

type PaymentListProps = Readonly<{
  rows: readonly PaymentView[];
  /** Every payment of the day, found or not: a row that no longer fits keeps its place while the list is held. */
  find: (paymentId: string) => PaymentView | undefined;
  /** What the rows depend on besides the payments; a change of it shows the list from its top. */
  question: string;
  look: ListLook;
  listRef: RefObject<HTMLDivElement | null>;
}>;

/** The list itself: only rows in sight are drawn, and none moves under a finger. */
export function PaymentList({ rows: wanted, find, question, look, listRef }: PaymentListProps) {
  const density = useTill((snapshot) => snapshot.settings.density);
  const rowHeight = (useIsLow() ? ROW_HEIGHT_LOW : ROW_HEIGHT)[density];
  const frame = useRef<HTMLDivElement>(null);
  const isTakenUp = useTakenUp();
  const isHeld = useHeld(frame) && isTakenUp;
  const shown = useRef<{ question: string; ids: readonly string[] }>({ question, ids: [] });
  const isSameQuestion = shown.current.question === question && shown.current.ids.length > 0;
  const { rows, heldBackCount } = isHeld && isSameQuestion ? steadyOrder(shown.current.ids, wanted, find) : { rows: wanted, heldBackCount: 0 };

  useLayoutEffect(() => {
    const list = listRef.current;
    const before = shown.current;
    const ids = rows.map((payment) => payment.id);
    shown.current = { question, ids };
    if (!list || before.ids.length === 0) return;
    const scroller = scrollerOf(list);
    const topPx = scroller.topPx();
    if (before.question !== question) scroller.scrollTo(Math.min(0, topPx));
    else {
      const shift = scrollShift(before.ids, ids, topPx, rowHeight);
      if (shift !== 0) scroller.scrollTo(topPx + shift);
    }
  }, [rows, question, rowHeight, listRef]);

  return (
    <div className="list-frame" ref={frame}>
      {heldBackCount > 0 ? <HeldBack count={heldBackCount} /> : null}
      <VirtualRows rows={rows} rowHeight={rowHeight} look={look} listRef={listRef} />
    </div>
  );
}

/** In the line of the heads, so that saying it moves nothing either, and covers no row. */
function HeldBack({ count }: { count: number }) {
  return (
    <p className="held-back" role="status">
      {count} new<span className="visually-hidden">{count === 1 ? ' payment' : ' payments'}</span>, shown when you let go
    </p>
  );
}
