// Run as a process of its own: writes to the ledger named on the command line, says so once the write returned, and waits to be killed.
import { writeSync } from 'node:fs';
import { openLedger } from '../../main/ledger/open.ts';
import { anAction, aPayment, NOON_MS } from '../builders.ts';

const result = openLedger({ file: String(process.argv[2]), nowMs: NOON_MS });
if ('failure' in result) throw new Error(result.failure.message);
const { ledger } = result;
for (let seq = 1; ; seq += 1) {
  const written = ledger.writeActions([anAction({ id: `a_${seq}`, seq, requestId: `r_${seq}` }), anAction({ id: `b_${seq}`, seq, requestId: `s_${seq}` })], []);
  if (!written.ok) throw new Error(written.error.message);
  ledger.writePayments('acc_1', [aPayment({ id: `pi_${seq}` })]);
  // Straight to the pipe: what was said was said after the write, even if the process ends here.
  writeSync(1, `${seq}\n`);
}
