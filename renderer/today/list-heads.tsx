/** What stands over the list's columns; the rows say it all themselves to a screen reader. */
export function ListHeads({ isDated = false }: { isDated?: boolean }) {
  return (
    <div className="row list-heads" aria-hidden="true">
      <span>{isDated ? 'Day' : 'Time'}</span>
      <span>Reference</span>
      <span className="row-card">Card</span>
      <span>State</span>
      <span className="amount">Amount</span>
      <span />
    </div>
  );
}
