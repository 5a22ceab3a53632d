import { dirname } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { createSettings } from '../../main/app/settings.ts';
import { startTill } from '../../main/app/till.ts';
import { ok } from '../../main/core/result.ts';
import { openLedger } from '../../main/ledger/open.ts';
import { setAsideFilesIn } from '../../main/platform/set-aside-files.ts';
import type { Http } from '../../main/ports/http.ts';
import { seededRandom } from '../../main/simulator/random.ts';
import { createTrainingShop } from '../../main/simulator/shop.ts';
import type { Result } from '../../preload/contract.ts';
import { createSimClock } from '../sim/clock.ts';
import { simHome } from '../sim/home.ts';
import { START } from './a-till.ts';

/** True time, a simulated shop in it, and a PC whose own clock may be wrong. The PC's files outlive the till. */
export function aShopPc(file: string, startMs = START) {
  const simulated = createSimClock(startMs);
  // A PC tells whole milliseconds.
  const trueMs = () => Math.floor(simulated.nowMs());
  let aheadMs = 0;
  const clock = { ...simulated, nowMs: () => trueMs() + aheadMs };
  const dojo = createTrainingShop({ seed: 7, clock: { ...simulated, nowMs: trueMs }, zone: 'Europe/London', dayStartMinutes: 0, onChange: () => undefined });
  onTestFinished(() => dojo.close());
  /** So many answers more (`wrong`) are of a server whose clock is so far off. */
  const line = { delayMs: 0, down: false, dated: true, asked: 0, wrong: 0, offMs: 0 };
  const http: Http = {
    async request(request) {
      line.asked += 1;
      if (line.down) {
        await new Promise<void>((resolve) => void clock.after(5, resolve));
        return { kind: 'not-sent', cause: 'ECONNREFUSED' };
      }
      const answer = await dojo.http.request(request);
      if (line.delayMs > 0) await new Promise<void>((resolve) => void clock.after(line.delayMs, resolve));
      if (answer.kind === 'answered' && answer.headers.date && line.wrong > 0) {
        line.wrong -= 1;
        return { ...answer, headers: { ...answer.headers, date: new Date(Date.parse(answer.headers.date) + line.offMs).toUTCString() } };
      }
      if (answer.kind !== 'answered' || line.dated) return answer;
      const { date: _, ...headers } = answer.headers;
      return { ...answer, headers };
    },
  };
  let key: string | null = null;
  let lives = 0;

  async function start() {
    lives += 1;
    const random = seededRandom(11 + lives);
    const starting = startTill({
      clock,
      random: { uuid: () => `${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-8${random.hex(3)}-${random.hex(12)}`, fraction: random.fraction },
      http,
      vault: {
        unavailable: async () => null,
        async store(apiKey) {
          key = apiKey;
          return ok(null);
        },
        load: async () => (key === null ? { kind: 'none' as const } : { kind: 'key' as const, apiKey: key }),
        async forget() {
          key = null;
          return ok(null);
        },
      },
      home: simHome({ path: '/home/shop/tillside', machineId: 'machine-1', user: 'shop' }),
      notifier: { notify: () => undefined },
      log: { info: () => undefined, warn: () => undefined, error: (message) => expect.fail(message) },
      openLedger: () => openLedger({ file, nowMs: clock.nowMs() }),
      settings: createSettings({ file: { read: () => ({ kind: 'none' }), write: () => ok(null) } }),
      setAside: setAsideFilesIn([dirname(file)]),
      dojoUrl: 'https://dojo.invalid',
      notices: [],
    });
    await clock.run(1_000);
    const started = await starting;
    if (!started.ok) throw new Error(started.error.message);
    const till = started.value;
    onTestFinished(() => till.close());
    async function ask<T>(asking: Promise<Result<T>>): Promise<Result<T>> {
      let answer: Result<T> | null = null;
      void asking.then((value) => {
        answer = value;
      });
      await clock.runTo(clock.monotonicMs() + 60_000, () => answer !== null);
      if (answer === null) throw new Error('expected an answer within a minute');
      return answer;
    }
    async function look() {
      const snapshot = await till.handlers.getSnapshot(undefined);
      if (!snapshot.ok) throw new Error(snapshot.error.message);
      return snapshot.value;
    }
    return {
      till,
      ask,
      look,
      async connect() {
        expect(await ask(till.handlers.connect({ apiKey: dojo.apiKey }))).toMatchObject({ ok: true });
        await clock.run(20_000);
      },
      /** But for the simulated shop's own holds. */
      noticeCodes: async () => (await look()).connection.notices.map(({ code }) => code).filter((code) => code !== 'holds-ending'),
      async aHold() {
        const hold = (await look()).payments.find((payment) => payment.state === 'on-hold' && payment.moves.capture.open);
        if (!hold) throw new Error('expected a hold');
        return hold;
      },
    };
  }

  return {
    clock,
    trueMs,
    line,
    start,
    setClockAhead(byMs: number) {
      aheadMs = byMs;
    },
  };
}
