import { describe, expect, it } from 'vitest';
import type { MoneyOf } from '../../main/simulator/money-of.ts';
import type { ActionView, PaymentView, Snapshot } from '../../preload/contract.ts';
import { actionView, paymentView } from '../renderer/view-builders.ts';
import { disagreements } from './agreement.ts';
import type { Sale, Take } from './plan-payments.ts';

const parts = (amountMinor: number, more: Partial<Take['parts']> = {}) => ({ amountMinor, tipsMinor: 0, serviceChargeMinor: 0, cashbackMinor: 0, ...more });
const TAKES: readonly Take[] = [
  { requestId: 'r_1', paymentId: 'pi_1', reference: 'Room 1', parts: parts(4_200), heldMinor: 4_200, amountMinor: 4_200, tipsMinor: 0 },
  {
    requestId: 'r_2',
    paymentId: 'pi_2',
    reference: 'Room 2',
    parts: parts(4_000, { tipsMinor: 400, serviceChargeMinor: 600 }),
    heldMinor: 5_000,
    amountMinor: 1_599,
    tipsMinor: 400,
  },
];
const SALES: readonly Sale[] = [{ paymentId: 'pi_3', reference: 'Counter 1', parts: parts(1_000, { serviceChargeMinor: 125 }), paidMinor: 1_125 }];
const NOTHING: MoneyOf = {
  heldMinor: 0,
  capturingMinor: 0,
  capturedMinor: 0,
  releasedMinor: 0,
  reversedMinor: 0,
  refundedMinor: 0,
  captures: 0,
  reversals: 0,
  refunds: 0,
};

const done = (take: Take | undefined, differs: Partial<ActionView> = {}): ActionView =>
  actionView({
    ...take,
    amountMinor: take?.amountMinor ?? 0,
    tipsMinor: take?.tipsMinor ?? 0,
    state: 'done',
    code: 'done',
    captureStatus: 'Successful',
    ...differs,
  });

/** A world in which everything was taken and everybody agrees, but for what is given. */
function found({
  first = {},
  more = [],
  lost = false,
  shown = {},
  dojo = {},
  refusedThoughDone = false,
  sale = {},
  totalMinor = 7_324,
  anew = [],
}: {
  first?: Partial<ActionView>;
  more?: readonly ActionView[];
  lost?: boolean;
  shown?: Partial<PaymentView>;
  dojo?: Partial<MoneyOf>;
  refusedThoughDone?: boolean;
  sale?: Partial<PaymentView>;
  totalMinor?: number;
  anew?: readonly Take[];
} = {}) {
  const money = new Map<string, MoneyOf>([
    ['pi_1', { ...NOTHING, capturedMinor: 4_200, captures: 1, ...dojo }],
    ['pi_2', { ...NOTHING, capturedMinor: 1_999, captures: 1 }],
    ['pi_3', { ...NOTHING, capturedMinor: 1_125 }],
  ]);
  const till: Pick<Snapshot, 'actions' | 'payments' | 'totals'> = {
    actions: [...(lost ? [] : [done(TAKES[0], first)]), done(TAKES[1]), ...more],
    payments: [
      paymentView({ id: 'pi_1', takenMinor: 4_200, totalMinor: 4_200, ...shown }),
      paymentView({ id: 'pi_2', takenMinor: 1_999, totalMinor: 5_000 }),
      paymentView({ id: 'pi_3', takenMinor: 1_125, totalMinor: 1_125, ...sale }),
    ],
    totals: {
      isComplete: true,
      byCurrency: [
        { currency: 'GBP', onHoldMinor: 0, onHoldCount: 0, takingMinor: 0, takenMinor: totalMinor, takenCount: 2, givenBackMinor: 0, givenBackCount: 0 },
      ],
      attentionCount: 0,
    },
  };
  const word = { moneyOf: (paymentId: string) => money.get(paymentId) ?? NOTHING, refusedThoughDone: () => refusedThoughDone };
  return disagreements({ takes: [...TAKES, ...anew], sales: SALES }, word, till);
}

describe('what a round asks at its end', () => {
  it('finds nothing where Dojo’s record, the queue, the rows, the report and the totals agree', () => {
    expect(found()).toEqual([]);
  });

  it('agrees with a bank that said no, and with a person who settled it', () => {
    const declined = { dojo: { capturedMinor: 0, captures: 0 }, shown: { takenMinor: 0 }, totalMinor: 3_124 };
    expect(found({ ...declined, first: { captureStatus: 'Declined' } })).toEqual([]);
    expect(found({ ...declined, first: { state: 'refused', captureStatus: null } })).toEqual([]);
    expect(found({ first: { code: 'settled-happened', captureStatus: null } })).toEqual([]);
  });

  it('agrees with a request that Dojo did and refused: it is captured already', () => {
    expect(found({ refusedThoughDone: true, first: { state: 'refused', code: 'already-captured', captureStatus: null } })).toEqual([]);
  });

  it('agrees with what was decided anew after Dojo refused it', () => {
    const anew = { ...TAKES[0], requestId: 'r_1-anew' } as Take;
    expect(found({ first: { state: 'refused', code: 'refused', captureStatus: null }, anew: [anew], more: [done(anew, { id: 'a_9' })] })).toEqual([]);
  });

  it.each<[string, Parameters<typeof found>[0], RegExp]>([
    ['an action that is gone', { lost: true }, /Room 1: its action is lost/],
    ['an action that is there twice', { more: [done(TAKES[1])] }, /Room 2: it is there 2 times/],
    ['an action nobody asked for', { more: [done(TAKES[1], { requestId: 'r_9', amountMinor: 0 })] }, /nobody asked for it/],
    ['another amount than was decided', { first: { amountMinor: 4_199 } }, /not what was decided/],
    ['an action that is still open', { first: { state: 'checking', captureStatus: null } }, /not come to an end/],
    ['a capture of which the bank has not spoken', { first: { captureStatus: 'Created' } }, /not come to an end/],
    ['money that Dojo has not', { dojo: { capturedMinor: 0, captures: 0 } }, /Dojo took 0, the till says 4200/],
    ['money that the till denies', { first: { state: 'refused', captureStatus: null } }, /Dojo took 4200, the till says 0/],
    ['one penny', { dojo: { capturedMinor: 4_199 } }, /Dojo took 6198 in all, the report says 6199/],
    ['a second capture', { dojo: { captures: 2 } }, /taken 2 times/],
    ['more than was held', { dojo: { capturedMinor: 4_201 } }, /more was taken than the 4200 held/],
    ['a capture Dojo still works on', { dojo: { capturingMinor: 1 } }, /Dojo is not finished/],
    ['a row that says less', { shown: { takenMinor: 4_100 } }, /its row says 4100 taken/],
    ['a row that is not there', { shown: { id: 'pi_9' } }, /no longer shows the payment/],
    ['totals that say more', { totalMinor: 7_325 }, /the day’s totals say 7325/],
    ['tips that were decided as goods', { first: { amountMinor: 4_000, tipsMinor: 200 } }, /not what was decided/],
    ['a sale that is shown without its service charge', { sale: { totalMinor: 1_000 } }, /asked for 1125, its row says 1000/],
    ['a sale that counts for less', { sale: { takenMinor: 1_000 } }, /Dojo took 1125, its row says 1000 taken/],
    ['a hold that is shown without its tips', { shown: { totalMinor: 4_000 } }, /asked for 4200, its row says 4000/],
    [
      'a capture of ours that is called another’s',
      { first: { state: 'refused', code: 'already-captured', captureStatus: null } },
      /Dojo never refused what it had captured/,
    ],
    ['one that is decided anew, and lost', { anew: [{ ...TAKES[0], requestId: 'r_1-anew' } as Take] }, /its action is lost/],
  ])('tells of %s', (_, world, sentence) => {
    expect(found(world).join('\n')).toMatch(sentence);
  });
});
