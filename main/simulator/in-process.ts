import type { TRAINING_FAULTS } from '../../preload/choices.ts';
import type { WallClock } from '../ports/clock.ts';
import { BODY_BYTES_MAX, type Http, type HttpAnswer, type HttpRequest } from '../ports/http.ts';
import type { Delivery } from './delivery.ts';
import type { Fault } from './faults.ts';
import type { Face } from './http.ts';

export type TrainingFault = (typeof TRAINING_FAULTS)[number];

/** What each fault to practise on is at Dojo's end. `decline` waits for a capture: nothing else can be declined. */
export const PRACTICE: Readonly<Record<TrainingFault, Fault>> = {
  refuse: { kind: 'status-before', status: 409, match: { movesMoney: true } },
  decline: { kind: 'outcome', outcome: 'Declined', match: { operation: 'capture' } },
  'lose-answer': { kind: 'reset-after-commit', match: { movesMoney: true } },
  slow: { kind: 'delay-after-commit', ms: 6_000, match: { movesMoney: true } },
  busy: { kind: 'throttle', retryAfterSeconds: 5, match: { movesMoney: true } },
};

export type InProcessOptions = Readonly<{
  face: Face;
  clock: WallClock;
  /** In [0, 1). */
  fraction: () => number;
  /** The whole way there and back. */
  latencyMs?: Readonly<{ least: number; most: number }>;
}>;

/** The Http port over the simulated Dojo, in training and in simulations: a line with a believable delay and a cable to pull. */
export function createInProcessHttp({ face, clock, fraction, latencyMs = { least: 120, most: 300 } }: InProcessOptions) {
  let cableOut = false;
  let undoFault: (() => void) | null = null;
  let practice: TrainingFault | null = null;
  const cutOff = new Set<() => void>();

  function request(asked: HttpRequest): Promise<HttpAnswer> {
    const { promise, resolve } = Promise.withResolvers<HttpAnswer>();
    const wayMs = (latencyMs.least + (latencyMs.most - latencyMs.least) * fraction()) / 2;
    if (cableOut) {
      clock.after(5, () => resolve({ kind: 'not-sent', cause: 'cable-out' }));
      return promise;
    }
    let ended = false;
    const end = (answer: HttpAnswer) => {
      if (ended) return;
      ended = true;
      undoTimeout();
      cutOff.delete(cut);
      resolve(answer);
    };
    // A pulled cable leaves open what became of the requests under way.
    const cut = () => end({ kind: 'broken', cause: 'reset' });
    const undoTimeout = clock.after(asked.timeoutMs, () => end({ kind: 'broken', cause: 'timeout' }));
    cutOff.add(cut);

    clock.after(wayMs, () => {
      if (ended) return; // it never arrived
      const url = new URL(asked.url);
      const handling = face.receive({ method: asked.method, path: `${url.pathname}${url.search}`, headers: asked.headers, body: asked.body });
      // Once there, it happens, whether or not anybody still listens.
      const happen = () => give(handling.proceed(), wayMs, end);
      if (handling.later) clock.after(handling.later.afterMs, handling.later.happen);
      if (handling.waitMs > 0) clock.after(handling.waitMs, happen);
      else happen();
    });
    return promise;
  }

  function give(delivery: Delivery, wayMs: number, end: (answer: HttpAnswer) => void): void {
    switch (delivery.kind) {
      case 'silence':
        return;
      case 'reset':
        clock.after(wayMs + delivery.afterMs, () => end({ kind: 'broken', cause: 'reset' }));
        return;
      case 'answer': {
        const { answer, trickle, afterMs, cutShort } = delivery;
        const bytes = answer.body.length;
        const trickleMs = trickle ? Math.ceil(bytes / trickle.bytesPerStep) * trickle.everyMs : 0;
        clock.after(wayMs + afterMs + trickleMs, () => {
          if (cutShort) end({ kind: 'broken', cause: 'reset' });
          else if (bytes > BODY_BYTES_MAX) end({ kind: 'broken', cause: 'too-large' });
          else end({ kind: 'answered', status: answer.status, headers: answer.headers, body: answer.body });
        });
      }
    }
  }

  const http: Http = { request };
  return {
    http,
    setCable(out: boolean): void {
      cableOut = out;
      if (out) for (const cut of [...cutOff]) cut();
    },
    cableOut: () => cableOut,
    /** Played once, on the next request that moves money; null takes it back. */
    setNextFault(next: TrainingFault | null): void {
      undoFault?.();
      practice = next;
      undoFault = next === null ? null : face.faults.order(PRACTICE[next]);
    },
    /** The fault that is still to be played. */
    nextFault: (): TrainingFault | null => (practice !== null && face.faults.isPending(PRACTICE[practice]) ? practice : null),
  };
}
