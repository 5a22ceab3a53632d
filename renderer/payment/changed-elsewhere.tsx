import type { PaymentView } from '../../preload/contract.ts';
import { formatWhen } from '../format.ts';
import { useNow } from '../now.ts';
import { useTill } from '../store.ts';
import { Banner } from '../ui/banner.tsx';

/** That something was done to the payment which nothing done here explains. */
export function ChangedElsewhere({ change }: Readonly<{ change: NonNullable<PaymentView['changedElsewhere']> }>) {
  const zone = useTill((snapshot) => snapshot.settings.zone);
  const nowMs = useNow(60_000);
  return (
    <Banner tone="blue" title="Changed:">
      {change.what} <span className="quiet-text">{formatWhen(change.atMs, zone, nowMs)}</span>
    </Banner>
  );
}
