import { describe, expect, it } from 'vitest';
import type { Switches } from '../../main/simulator/switches.ts';
import { aHold, aSale, NOON_MS, SECOND_MS, SETTLED_MS } from './a-bank.ts';
import { aFace } from './a-face.ts';

const MINUTE_MS = 60_000;

describe('ids that Dojo may leave out', () => {
  const asked = (switches: Partial<Switches>, version = '2026-02-27') => {
    const { ask, add } = aFace({ switches });
    const hold = add(aHold());
    const ofToday = add(aHold());
    const sale = add(aSale());
    const on = (id: string, what: string, body: unknown) => ask('POST', `/payment-intents/${id}/${what}`, body, { version, idempotencyKey: 'k1' }).json;
    return {
      capture: on(hold, 'captures', { amount: 2000 }),
      reversal: on(ofToday, 'reversal', undefined),
      refund: on(sale, 'refunds', { amount: 500 }),
      listed: ask('GET', `/payment-intents/${hold}`).json.captures[0],
    };
  };

  it('are there where nothing is switched', () => {
    const { capture, reversal, refund, listed } = asked({});
    for (const id of [capture.captureId, reversal.reversalId, refund.refundId, listed.id]) expect(id).toEqual(expect.any(String));
  });

  it.each([
    { answerIds: 'null', id: null },
    { answerIds: 'absent', id: undefined },
  ] as const)('answerIds=$answerIds: no answer to a move names what it did', ({ answerIds, id }) => {
    const { capture, reversal, refund, listed } = asked({ answerIds });
    expect([capture.captureId, reversal.reversalId, refund.refundId]).toEqual([id, id, id]);
    expect(refund.paymentIntentId).toEqual(expect.any(String));
    expect(listed.id).toEqual(expect.any(String));
  });

  it('answerIds: the oldest version names it all the same', () => {
    expect(asked({ answerIds: 'null' }, '2022-01-03').capture.captureId).toBe('1');
  });

  it.each([
    { captureIds: 'null', id: null },
    { captureIds: 'absent', id: undefined },
  ] as const)('captureIds=$captureIds: no list names a capture', ({ captureIds, id }) => {
    const { capture, listed } = asked({ captureIds });
    expect(listed).toMatchObject({ amount: 2000 });
    expect(listed.id).toEqual(id);
    expect(capture.captureId).toEqual(expect.any(String));
  });
});

describe('updatedAt', () => {
  const dated = (switches: Partial<Switches>) => {
    const { ask, add, time } = aFace({ switches });
    const id = add(aHold());
    const at = (atMs: number) => {
      time.nowMs = atMs;
      const { updatedAt } = ask('GET', `/payment-intents/${id}`).json;
      return updatedAt === undefined ? null : Date.parse(`${updatedAt.slice(0, 23)}Z`) - NOON_MS;
    };
    const paid = at(NOON_MS);
    ask('POST', `/payment-intents/${id}/captures`, { amount: 4200 });
    const captured = at(NOON_MS + SETTLED_MS);
    time.nowMs = NOON_MS + MINUTE_MS;
    ask('POST', `/payment-intents/${id}/refunds`, { amount: 500 }, { idempotencyKey: 'k1' });
    return { paid, captured, refunded: at(NOON_MS + MINUTE_MS), id };
  };
  const paid = -60 * MINUTE_MS;
  const captured = 2.5 * SECOND_MS;

  it.each([
    { updatedAt: 'moves', says: { paid, captured, refunded: MINUTE_MS } },
    { updatedAt: 'not-by-refunds', says: { paid, captured, refunded: captured } },
    { updatedAt: 'not-by-captures', says: { paid, captured: paid, refunded: MINUTE_MS } },
    { updatedAt: 'servers-apart', says: { paid, captured: captured - 10 * SECOND_MS, refunded: MINUTE_MS } },
    { updatedAt: 'never', says: { paid, captured: paid, refunded: paid } },
    { updatedAt: 'absent', says: { paid: null, captured: null, refunded: null } },
  ] as const)('=$updatedAt', ({ updatedAt, says }) => {
    expect(dated({ updatedAt })).toMatchObject(says);
  });

  it('updatedAtOf: of one payment, and of no other', () => {
    const { ask, add, bank, time } = aFace({ switches: { updatedAt: 'never' } });
    const [one, other] = [add(aSale()), add(aSale())];
    bank.setSwitches({ updatedAtOf: one });
    time.nowMs = NOON_MS + MINUTE_MS;
    for (const id of [one, other]) ask('POST', `/payment-intents/${id}/refunds`, { amount: 500 }, { idempotencyKey: id });
    const shown = (id: string) => Date.parse(`${ask('GET', `/payment-intents/${id}`).json.updatedAt.slice(0, 23)}Z`);
    expect(shown(one)).toBe(NOON_MS + paid);
    expect(shown(other)).toBe(NOON_MS + MINUTE_MS);
  });
});
