import { tradingDay } from '../core/day/day.ts';
import type { WallClock } from '../ports/clock.ts';
import type { Http } from '../ports/http.ts';
import { createArrivals } from './arrivals.ts';
import { type BankState, createBank, TRAINING_ACCOUNT } from './bank.ts';
import { shopDay } from './day.ts';
import { createFace } from './http.ts';
import { createInProcessHttp, type TrainingFault } from './in-process.ts';
import { seededRandom } from './random.ts';

export type TrainingShopOptions = Readonly<{
  seed: number;
  clock: WallClock;
  zone: string;
  dayStartMinutes: number;
  /** What an earlier shop gave to `onChange`: it goes on from there, with its own seed. */
  saved?: string;
  /** The shop as JSON: at once when money moved, a moment later when payments changed otherwise. */
  onChange(json: string): void;
}>;

export type TrainingShop = Readonly<{
  http: Http;
  apiKey: string;
  setCable(out: boolean): void;
  setNextFault(fault: TrainingFault | null): void;
  status(): Readonly<{ seed: number; cableOut: boolean; nextFault: TrainingFault | null }>;
  save(): string;
  close(): void;
}>;

const SAVE_AFTER_MS = 250;
const KEPT_MS = 40 * 86_400_000;
/** Opens the simulated shop and nothing else. */
const API_KEY = 'sk_sandbox_training';
/** The practised trouble is ordered, not left to chance: a beginner's capture is not declined out of nowhere. */
const DECLINED_PERCENT = 0;

/** Training mode's whole world: a simulated Dojo with a believable day, customers who go on coming, and a cable to pull. */
export function createTrainingShop({ seed, clock, zone, dayStartMinutes, saved, onChange }: TrainingShopOptions): TrainingShop {
  const earlier = saved === undefined ? null : savedShop(saved);
  const shopSeed = earlier?.seed ?? seed;
  const nowMs = clock.nowMs();
  const bank = createBank({
    seed: shopSeed,
    zone,
    keys: { [API_KEY]: TRAINING_ACCOUNT },
    declinedPercent: DECLINED_PERCENT,
    ...(earlier ? { state: earlier.bank } : {}),
  });
  const today = tradingDay(nowMs, zone, dayStartMinutes);
  if (!earlier) for (const payment of shopDay({ seed: shopSeed, nowMs, zone, dayStartMinutes })) bank.addPayment(payment, nowMs);
  else if (!bank.intents().some(({ createdAtMs }) => createdAtMs >= today.startMs)) {
    // Taken up again on a later day: that day needs its trade too.
    bank.forgetBefore(nowMs - KEPT_MS);
    const fresh = shopDay({ seed: (shopSeed + Math.floor(today.startMs / 60_000)) >>> 0, nowMs, zone, dayStartMinutes, todayOnly: true });
    for (const payment of fresh) if (!payment.id || !bank.intent(payment.id)) bank.addPayment(payment, nowMs);
  }

  // Chance of its own, so that what the customers do does not depend on how often the till asks.
  const random = seededRandom((shopSeed ^ bank.state().random ^ 0x5eed) >>> 0);
  let savedRevision = -1;
  let undoSave: (() => void) | null = null;
  const save = () => JSON.stringify({ version: 1, seed: shopSeed, bank: bank.state() } satisfies SavedShop);
  const saveSoon = () => {
    if (undoSave !== null || bank.revision() === savedRevision) return;
    undoSave = clock.after(SAVE_AFTER_MS, () => {
      undoSave = null;
      savedRevision = bank.revision();
      onChange(save());
    });
  };

  const saveNow = () => {
    undoSave?.();
    undoSave = null;
    savedRevision = bank.revision();
    onChange(save());
  };
  let savedMovements = bank.ledger().length;
  /** A movement of money is kept before it is answered, as at the real Dojo: no power cut may take back what was called done. */
  const onHandled = () => {
    if (bank.ledger().length === savedMovements) return saveSoon();
    savedMovements = bank.ledger().length;
    saveNow();
  };

  const face = createFace({ bank, nowMs: () => clock.nowMs(), journalMost: 200, onHandled });
  const line = createInProcessHttp({ face, clock, fraction: seededRandom(shopSeed ^ 0x11ae).fraction });
  const arrivals = createArrivals({ bank, clock, random, onArrival: saveSoon });
  arrivals.start();
  saveSoon();

  return {
    http: line.http,
    apiKey: API_KEY,
    setCable: line.setCable,
    setNextFault: line.setNextFault,
    status: () => ({ seed: shopSeed, cableOut: line.cableOut(), nextFault: line.nextFault() }),
    save,
    close() {
      arrivals.stop();
      line.setCable(true);
      undoSave?.();
      if (undoSave !== null || bank.revision() !== savedRevision) onChange(save());
      undoSave = null;
    },
  };
}

type SavedShop = { version: 1; seed: number; bank: BankState };

/** What was saved, or null where it is not a shop of this version: training starts afresh then. */
function savedShop(json: string): SavedShop | null {
  try {
    const found: unknown = JSON.parse(json);
    if (typeof found !== 'object' || found === null || !('version' in found) || found.version !== 1 || !('bank' in found)) return null;
    const { bank } = found as SavedShop;
    return bank?.version === 1 && Array.isArray(bank.intents) && Array.isArray(bank.ledger) ? (found as SavedShop) : null;
  } catch {
    return null;
  }
}
