import { describe, expect, test } from 'vitest';
import type { Action } from '../../main/core/queue/action.ts';
import { err, ok } from '../../main/core/result.ts';
import type { ActivityEntry, DiskFailure } from '../../main/ports/ledger.ts';
import type { Deciding } from '../../main/queue/decide.ts';
import { accept } from '../../main/queue/submit.ts';
import type { ActionRequest } from '../../preload/contract.ts';
import { API_VERSION, anAction, aPayment, LONDON, NOON_MS } from '../builders.ts';

/** A sale of £20.00, and a ledger that takes what it is given, or refuses. */
function atTheLedger({ failure = null as DiskFailure | null, known = [] as readonly Action[] } = {}) {
  const writes: { actions: readonly Action[]; activity: readonly ActivityEntry[] }[] = [];
  let made = 0;
  const deciding: Deciding = {
    accountId: 'acc_1',
    payment: (id) => (id.startsWith('pi_') ? aPayment({ id }) : null),
    actionsOn: () => [],
    isUnreadable: () => false,
    findRequest: (requestId) => known.find((action) => action.requestId === requestId) ?? null,
    setting: { nowMs: NOON_MS, zone: LONDON, online: true, apiVersion: API_VERSION, offlineRefundMaxMinor: null },
    nextSeq: () => 7,
    uuid: () => `uuid-${++made}`,
  };
  const ledger = {
    writeActions(actions: readonly Action[], activity: readonly ActivityEntry[]) {
      writes.push({ actions, activity });
      return failure ? err(failure) : ok(null);
    },
  };
  return { writes, submit: (...requests: ActionRequest[]) => accept(requests, ledger, deciding) };
}

const refund = (requestId: string, paymentId: string, amount = 500): ActionRequest => ({ kind: 'refund', requestId, paymentId, amount });

describe('what is accepted', () => {
  test('is on the disk in one piece, each with a line in the activity log', () => {
    const { submit, writes } = atTheLedger();
    const { result, isBusy } = submit(refund('one', 'pi_1'), { kind: 'reverse', requestId: 'two', paymentId: 'pi_2' });
    expect(result).toMatchObject({ ok: true, value: { actionIds: ['uuid-1', 'uuid-3'] } });
    expect(isBusy).toBe(false);
    expect(writes).toHaveLength(1);
    expect(writes[0]?.actions.map(({ id, state, seq }) => [id, state, seq])).toEqual([
      ['uuid-1', 'waiting', 7],
      ['uuid-3', 'waiting', 8],
    ]);
    expect(writes[0]?.activity).toEqual([
      { atMs: NOON_MS, accountId: 'acc_1', what: 'accepted', paymentId: 'pi_1', actionId: 'uuid-1', note: 'refund' },
      { atMs: NOON_MS, accountId: 'acc_1', what: 'accepted', paymentId: 'pi_2', actionId: 'uuid-3', note: 'reverse' },
    ]);
  });

  test.each<readonly [Action['state'], isFound: boolean]>([
    ['waiting', true],
    ['needsPerson', true],
    ['done', false],
    ['refused', false],
  ])('was accepted before and is %s: the same request writes nothing again, and what is open is named', (state, isFound) => {
    const before = anAction({ requestId: 'one', paymentId: 'pi_1', move: { kind: 'refund', amount: 500 }, state });
    const { submit, writes } = atTheLedger({ known: [before] });
    const value = { accept: [], found: isFound ? [before] : [], actionIds: [before.id] };
    expect(submit(refund('one', 'pi_1'))).toEqual({ result: { ok: true, value }, isBusy: false });
    expect(writes).toEqual([]);
  });
});

test('what is twice in one batch is accepted once, and was not there before', () => {
  const { result } = atTheLedger().submit(refund('one', 'pi_1'), refund('one', 'pi_1'));
  expect(result).toMatchObject({ ok: true, value: { accept: [{ id: 'uuid-1' }], found: [], actionIds: ['uuid-1', 'uuid-1'] } });
});

describe('what is not accepted', () => {
  test('for a rule is written nowhere, nor is what came with it', () => {
    const { submit, writes } = atTheLedger();
    expect(submit(refund('one', 'pi_1'), refund('two', 'pi_2', 2001))).toMatchObject({ result: { ok: false, error: { code: 'amount' } }, isBusy: false });
    expect(writes).toEqual([]);
  });

  test.each<readonly [DiskFailure['code'], next: string, isBusy: boolean]>([
    ['full', 'Make room on the disk, then decide again.', false],
    ['read-only', 'Ask whoever looks after the PC. Then decide again.', false],
    ['busy', 'Close the program that has it open, then decide again.', true],
    ['broken', 'Ask whoever looks after the PC. Then decide again.', false],
  ])('for a disk that is %s is said with what it means for the money, and what to do, each once', (code, next, isBusy) => {
    const { submit } = atTheLedger({ failure: { code, message: 'The disk took nothing.' } });
    expect(submit(refund('one', 'pi_1'))).toEqual({
      result: { ok: false, error: { code: 'disk', message: 'The disk took nothing. No money moves.', next } },
      isBusy,
    });
  });
});
