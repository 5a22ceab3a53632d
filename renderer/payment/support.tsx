import type { PaymentDetail } from '../../preload/contract.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { CopyText } from '../ui/copy-text.tsx';
import { supportText } from './support-text.ts';

type SupportProps = Readonly<{ reference: string; ids: PaymentDetail['support'] }>;

/** What Dojo's support asks for, each to copy, and all of it at once. */
export function Support({ reference, ids }: SupportProps) {
  return (
    <section aria-labelledby="payment-support">
      <h3 id="payment-support" className="payment-heading">
        For Dojo’s support
      </h3>
      <dl className="support">
        {ids.map(({ label, value }) => (
          <div key={`${label} ${value}`} className="support-line">
            <dt>{label}</dt>
            <dd>
              <CopyText label={label} text={value} />
            </dd>
          </div>
        ))}
      </dl>
      <CopyButton what="Everything for support" text={supportText(reference, ids)} kind="quiet">
        Copy all for support
      </CopyButton>
    </section>
  );
}
