import type { ComponentProps } from 'react';
import type { VirtualRows as TheTillsRows } from '../../../renderer/today/virtual-rows.tsx';

/** The same table without a virtual list: every row is in the document. It takes the place of the till's in a build for this measurement. */
export function VirtualRows({ rows, rowHeight, look, listRef }: ComponentProps<typeof TheTillsRows>) {
  return (
    // biome-ignore lint/a11y: what is compared is the cost of rows; nobody uses this table.
    <div ref={listRef} className="list" role="grid" aria-label={look.label} tabIndex={0}>
      <div style={{ position: 'relative', height: rows.length * rowHeight }}>
        {rows.map((payment, place) => (
          // biome-ignore lint/a11y: as above.
          <div key={payment.id} role="row" className="list-item" style={{ top: place * rowHeight, height: rowHeight }}>
            {look.row(payment)}
          </div>
        ))}
      </div>
    </div>
  );
}
