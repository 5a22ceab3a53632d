import { describe, expect, it } from 'vitest';
import { decisionFor } from '../../renderer/take/decision.ts';

const ids = () => {
  let last = 0;
  return () => {
    last += 1;
    return `id-${last}`;
  };
};

describe('a decision', () => {
  it('keeps its request id when the very same is decided again', () => {
    const newId = ids();
    const first = decisionFor(null, { kind: 'capture', paymentId: 'p', amount: 100 }, newId);
    const again = decisionFor(first, { amount: 100, paymentId: 'p', kind: 'capture' }, newId);
    expect(again.request.requestId).toBe('id-1');
    expect(again.request).toEqual({ kind: 'capture', paymentId: 'p', amount: 100, requestId: 'id-1' });
  });

  it.each([
    ['another amount', { kind: 'capture', paymentId: 'p', amount: 101 } as const],
    ['tips as well', { kind: 'capture', paymentId: 'p', amount: 100, tipsAmount: 1 } as const],
    ['another payment', { kind: 'capture', paymentId: 'q', amount: 100 } as const],
    ['another move', { kind: 'reverse', paymentId: 'p' } as const],
  ])('is a new one with %s', (_, other) => {
    const newId = ids();
    const first = decisionFor(null, { kind: 'capture', paymentId: 'p', amount: 100 }, newId);
    expect(decisionFor(first, other, newId).request.requestId).toBe('id-2');
  });
});
