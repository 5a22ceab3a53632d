import { spawn } from 'node:child_process';
import { join } from 'node:path';

const SCRIPT = join(import.meta.dirname, '../../scripts/dojo.ts');
export const KEY = 'sk_sandbox_bench0001';
const NO_END = 1_000_000_000;

export type Held = Readonly<{ id: string; amountMinor: number }>;

export type DojoProcess = Readonly<{
  url: string;
  /** From now on each answer takes so long; of the captures of these payments, so much longer, once each. */
  answerAfter(ms: number, slow?: Readonly<{ paymentIds: readonly string[]; ms: number }>): Promise<void>;
  /** Open holds, as this Dojo has them now. */
  holds(): Promise<readonly Held[]>;
  /** How many captures it took. */
  captured(): Promise<number>;
  close(): Promise<void>;
}>;

/** The simulated Dojo (`npm run dojo`) in a process of its own: the till under measurement does not share its thread with it. */
export async function dojoProcess(options: { payments: number; holds: number }): Promise<DojoProcess> {
  const { payments, holds } = options;
  const args = ['--port', '0', '--seed', '7', '--keys', KEY, '--payments', String(payments), '--holds', String(holds), '--quiet-shop'];
  const child = spawn(process.execPath, [SCRIPT, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    let out = '';
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      out += part;
      const found = /answers at (\S+)/.exec(out)?.[1];
      if (found) resolve(found);
    });
    child.on('close', () => reject(new Error('expected a simulated Dojo, it ended')));
  });
  const ask = async (path: string, init?: RequestInit): Promise<string> => {
    const response = await fetch(`${url}/_training/${path}`, init);
    if (!response.ok) throw new Error(`expected ${path} of the simulated Dojo, got ${response.status}`);
    return response.text();
  };
  const lines = (text: string): string[] => text.split('\n').filter(Boolean);
  return {
    url,
    async answerAfter(ms, slow = { paymentIds: [], ms: 0 }) {
      await ask('faults', { method: 'DELETE' });
      for (const paymentId of slow.paymentIds)
        await ask('faults', { method: 'POST', body: JSON.stringify({ kind: 'delay-before', ms: slow.ms, match: { operation: 'capture', paymentId } }) });
      if (ms > 0) await ask('faults', { method: 'POST', body: JSON.stringify({ kind: 'delay-before', ms, times: NO_END }) });
    },
    async holds() {
      return lines(await ask('payments')).flatMap((line) => {
        const [id = '', mode, status, amount, tips] = line.split(/\s+/);
        return mode === 'Manual' && status === 'Authorized' ? [{ id, amountMinor: Number(amount) + Number(tips) }] : [];
      });
    },
    captured: async () => lines(await ask('ledger')).filter((line) => /\bcaptured-requested\b/.test(line)).length,
    async close() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
