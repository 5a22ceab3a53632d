import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aFile, opened, openedWithNotices } from './a-ledger.ts';

/** Lets a process write until it has reported `writes` of them, kills it at once, and returns the last number it reported. */
async function killedAfter(file: string, writes: number): Promise<number> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'write-and-wait.ts'), file], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
    if (said.split('\n').length > writes) child.kill('SIGKILL');
  });
  const [, signal] = await once(child, 'close');
  expect(signal).toBe('SIGKILL');
  return said.split('\n').length - 1;
}

describe('a process killed in the midst of its work', () => {
  it.each([1, 2, 7, 40])('loses nothing that a write had returned for, and leaves no half transaction (after %i writes)', async (writes) => {
    const file = aFile();
    const reported = await killedAfter(file, writes);
    expect(reported).toBeGreaterThanOrEqual(writes);
    // The lock went with the process, and nothing about this is damage.
    const { ledger, notices } = openedWithNotices(file);
    expect(notices).toEqual([]);
    const { actions, setAside } = ledger.loadActions(0);
    expect(setAside).toBe(0);
    const ids = new Set(actions.map((action) => action.id));
    for (let seq = 1; seq <= reported; seq += 1) {
      expect(ids).toContain(`a_${seq}`);
      expect(ids).toContain(`b_${seq}`);
      expect(ledger.payment('acc_1', `pi_${seq}`)).not.toBeNull();
    }
    // Beyond what was reported one more write may have come through: whole.
    expect(actions.filter((action) => action.id.startsWith('a_')).length).toBe(actions.length / 2);
    expect(actions.length / 2 - reported).toBeLessThanOrEqual(1);
    expect(ledger.nextSeq()).toBeGreaterThan(reported);
  });

  it('leaves a ledger that opens again and again', async () => {
    const file = aFile();
    const first = await killedAfter(file, 3);
    opened(file).close();
    expect(opened(file).loadActions(0).actions.length).toBeGreaterThanOrEqual(first * 2);
  });
});
