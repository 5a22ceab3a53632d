import { describe, expect, it } from 'vitest';
import { decisionFor, onPayment } from '../../renderer/take/decision.ts';

const ids = () => {
  let last = 0;
  return () => {
    last += 1;
    return `id-${last}`;
  };
};

const p = onPayment({ id: 'p', version: 'as seen' });

describe('a decision', () => {
  it('keeps its request id when the very same is decided again', () => {
    const newId = ids();
    const first = decisionFor(null, { kind: 'capture', ...p, amount: 100 }, newId);
    const again = decisionFor(first, { amount: 100, ...p, kind: 'capture' }, newId);
    expect(again.request.requestId).toBe('id-1');
    expect(again.request).toEqual({ kind: 'capture', ...p, amount: 100, requestId: 'id-1' });
  });

  it('keeps it too where the payment has changed meanwhile, and says what is seen now: only so can what was accepted unheard be found', () => {
    const newId = ids();
    const first = decisionFor(null, { kind: 'capture', ...p, amount: 100 }, newId);
    const again = decisionFor(first, { kind: 'capture', ...p, seenVersion: 'as seen now', amount: 100 }, newId);
    expect(again.request).toMatchObject({ requestId: 'id-1', seenVersion: 'as seen now' });
  });

  it.each([
    ['another amount', { kind: 'capture', ...p, amount: 101 } as const],
    ['tips as well', { kind: 'capture', ...p, amount: 100, tipsAmount: 1 } as const],
    ['another payment', { kind: 'capture', ...onPayment({ id: 'q', version: 'as seen' }), amount: 100 } as const],
    ['another move', { kind: 'reverse', ...p } as const],
  ])('is a new one with %s', (_, other) => {
    const newId = ids();
    const first = decisionFor(null, { kind: 'capture', ...p, amount: 100 }, newId);
    expect(decisionFor(first, other, newId).request.requestId).toBe('id-2');
  });
});
