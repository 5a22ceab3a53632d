import { useTill } from '../store.ts';
import { Switch } from '../ui/field.tsx';
import { RefundReasons } from './refund-reasons.tsx';
import { SavedAmount } from './saved-amount.tsx';
import { SavedNote } from './saved-note.tsx';
import { useSave } from './use-save.ts';

/** What is asked, and what is allowed, when money is refunded. */
export function RefundSettings() {
  const settings = useTill((snapshot) => snapshot.settings);
  const currency = useTill((snapshot) => snapshot.totals.byCurrency[0]?.currency ?? 'GBP');
  const { save, errorOf, hintOf } = useSave();
  return (
    <section className="settings-part" aria-labelledby="settings-refunds">
      <h2 id="settings-refunds">Refunds</h2>
      <div className="settings-fields">
        <RefundReasons
          reasons={settings.refundReasons}
          onSave={(refundReasons) => save({ refundReasons })}
          hint={hintOf('refundReasons', 'Offered when somebody refunds, and kept by Dojo with the refund.')}
          error={errorOf('refundReasons')}
        />
        <div className="field">
          <Switch isSelected={settings.offlineRefunds} onChange={(offlineRefunds) => save({ offlineRefunds })}>
            Allow refunds while there is no connection
          </Switch>
          <SavedNote
            hint={hintOf(
              'offlineRefunds',
              'A refund decided then is only queued: Dojo hears of it when the connection is back, and may refuse it after the customer has left.',
            )}
            error={errorOf('offlineRefunds')}
          />
        </div>
        <SavedAmount
          label="The most of a refund while there is no connection"
          currency={currency}
          savedMinor={settings.offlineRefundMaxMinor}
          onSave={(offlineRefundMaxMinor) => save({ offlineRefundMaxMinor })}
          isDisabled={!settings.offlineRefunds}
          hint={hintOf('offlineRefundMaxMinor', 'For each payment, all its refunds of that time together, in the payment’s own currency.')}
          error={errorOf('offlineRefundMaxMinor')}
        />
      </div>
    </section>
  );
}
