import type { RetryGate } from '../../main/dojo/retry-gate.ts';

/** For tests that are not about patience: Dojo may always be asked. */
export const noGate: RetryGate = { leftMs: () => 0, refusal: () => null, learn: () => undefined, onClosed: () => undefined };
