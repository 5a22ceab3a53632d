import type { CaptureOutcome, Intent, MovementKind } from './intent.ts';
import type { Switches } from './switches.ts';

/** What a rule needs of the bank around it. */
export type Desk = Readonly<{
  switches: Switches;
  zone: string;
  /** How long the bank takes to answer where no switch says so. */
  settleDelayMs: number;
  post(kind: MovementKind, intent: Intent, amountMinor: number, atMs: number, id: string | null): void;
  /** The outcome ordered for this payment's next capture, or one by chance. */
  nextOutcome(intentId: string): CaptureOutcome;
  newId(prefix: string): string;
  /** Said before an intent may change. */
  changing(intent: Intent, atMs: number): void;
}>;
