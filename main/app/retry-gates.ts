import { createRetryGate, type RetryGate } from '../dojo/retry-gate.ts';
import type { Clock } from '../ports/clock.ts';
import type { Random } from '../ports/random.ts';
import { fingerprintOf } from './api-key.ts';

/** The keys are told apart in this run's memory alone. */
const SALT = 'retry gates';

/**
 * One gate for each key, over all clients that ask with it: how long Dojo asked to be left alone is not forgotten with a client, as where
 * a key that could not be taken up is tried again. None of the keys stays in memory for it.
 */
export function createRetryGates(clock: Pick<Clock, 'nowMs' | 'monotonicMs'>, random: Pick<Random, 'fraction'>): (apiKey: string) => RetryGate {
  const gates = new Map<string, RetryGate>();
  return (apiKey) => {
    const name = fingerprintOf(apiKey, SALT);
    const gate = gates.get(name) ?? createRetryGate(clock, random);
    gates.set(name, gate);
    return gate;
  };
}
