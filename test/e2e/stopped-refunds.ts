import { expect, type Locator } from '@playwright/test';
import type { DojoServer } from '../simulator/dojo-server.ts';
import type { TillUser } from './pages/till-user.ts';
import { MORE_THAN_STOP_IT } from './shop.ts';

/** Dojo forbids refunds until its faults are cleared: £5.00 of each payment is asked for, some are refused, and the band says that the rest waits. */
export async function stopRefunds(till: TillUser, dojo: DojoServer, paymentIds: readonly string[]): Promise<Locator> {
  dojo.faults.order({ kind: 'status-before', status: 403, match: { operation: 'refund' }, times: 2 * MORE_THAN_STOP_IT });
  await till.call('pauseQueue');
  for (const paymentId of paymentIds) await till.submit({ kind: 'refund', paymentId, amount: 500 });
  await till.call('resumeQueue');
  const band = till.page.getByRole('alert').filter({ hasText: 'Dojo does not allow this key any refunds.' });
  await expect(band).toContainText(/\d waits?, \d were refused/);
  return band;
}
