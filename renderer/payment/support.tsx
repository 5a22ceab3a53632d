import type { PaymentDetail } from '../../preload/contract.ts';
import { CopyText } from '../queue/copy-text.tsx';
import { announce } from '../toasts.ts';
import { Button } from '../ui/button.tsx';
import { supportText } from './support-text.ts';

type SupportProps = Readonly<{ reference: string; ids: PaymentDetail['support'] }>;

/** What Dojo's support asks for, each to copy, and all of it at once. */
export function Support({ reference, ids }: SupportProps) {
  const copyAll = async () => {
    try {
      await navigator.clipboard.writeText(supportText(reference, ids));
      announce('Everything for support is copied.');
    } catch {
      announce('It could not be copied. Select the ids and copy them yourself.', 'problem');
    }
  };
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
      <Button size="small" onPress={() => void copyAll()}>
        Copy all for support
      </Button>
    </section>
  );
}
