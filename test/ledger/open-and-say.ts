// Run as a process of its own: opens the ledger named on the command line and says how that went.
import { openLedger } from '../../main/ledger/open.ts';
import { NOON_MS } from '../builders.ts';

const result = openLedger({ file: String(process.argv[2]), nowMs: NOON_MS });
process.stdout.write('failure' in result ? result.failure.message : 'opened');
