import type { Standing } from './standing.ts';

/** What Dojo's documents leave open or contradict: the simulated Dojo plays each way. Plain data, so that a seed can draw it. */
export type Switches = {
  /** A capture of a part turns the intent `Captured`. */
  partCaptureTurnsCaptured: boolean;
  /** After a part was taken, the rest is no longer held. */
  partCaptureReleasesRest: boolean;
  /** A hold of which only a part was captured is `Reversed` when its end lets the rest go, and what was captured can be refunded. */
  holdEndTurnsReversed: boolean;
  /** The intent turns `Captured` when the capture is requested; else when the bank confirms it. */
  captureShowsAtOnce: boolean;
  /** How long the bank takes to say what becomes of a capture: of a payment's first, its second …, then from the front again. Empty: what the bank was told. */
  bankAnswersAfterMs: readonly number[];
  /** What a reading says of the id of a capture: the schema lets it be null. */
  captureIds: 'named' | 'null' | 'absent';
  /** A repeated `idempotencyKey` on a capture gives the first capture again. Documented for refunds only. */
  captureHonoursIdempotencyKey: boolean;
  /**
   * Whether a capture's `amount` counts service charge and cashback: `in-amount`, it may take everything that is held.
   * `released` and `added`: its limit is amount and tips; with the last of these Dojo lets the rest go, or takes it by itself.
   */
  captureExtras: 'in-amount' | 'released' | 'added';
  /** Held tips are captured with `tipsAmount` only; else a capture's `amount` may count them. */
  captureTipsApart: boolean;
  /** What a capture of more than is held or left is answered: 400 where it is more than was held and 409 where it is more than is left, or one for both. */
  tooLargeCapture: 'by-amount' | 400 | 409;
  /** How much of what was captured can be refunded. */
  refundCounts: 'all' | 'without-cashback' | 'amount-and-tips';
  /** What `totalAmount` adds up, before discounts and taxes. */
  totalAmountCounts: 'all' | 'without-tips' | 'amount';
  /** Where `totalAmount` differs from the parts it is what the card is held or charged for; else the parts are. */
  holdsTotalAmount: boolean;
  /** The guide allows reversing an unpaid Manual intent; Dojo's newest page does not. */
  reverseCreatedAllowed: boolean;
  /** Dojo's newest page allows releasing a hold of an earlier day; the guide does not. */
  releaseEarlierDayAllowed: boolean;
  /** A hold, and a sale not yet captured, shows its card and the time it was paid; else only once it is final. */
  holdShowsPaymentDetails: boolean;
  /** Card and time come so long after that. */
  paymentDetailsLateMs: number;
  /** An Auto payment is `Authorized` for so long before it captures itself. */
  autoSettleMs: number;
  /** A hold's `autoExpireIn` counts from when the intent was created; else from when it was authorised. */
  holdCountsFromCreation: boolean;
  /** How long a refund's idempotency key is kept; null: what the bank was told, a day. */
  refundKeysKeptMs: number | null;
  /** For so long after a refund its repeat is answered 409. */
  refundInProgressMs: number;
  /** What a repeated refund is answered: the same as the first, or 409. */
  repeatedRefund: 'same' | 'conflict';
  /** A repeated refund is judged by what is left before its key is looked at: 400 where nothing is. */
  refundLimitBeforeKey: boolean;
  /** `startDate` and `endDate` of a search mean the last change; else the creation. */
  searchDatesMeanUpdated: boolean;
  searchOldestFirst: boolean;
  /** A search shows what was true so long ago; a reading of one payment does not lag. */
  searchLagMs: number;
  /** What a search says of `captures`, where the version has them. */
  searchCaptures: 'listed' | 'null' | 'absent';
  /** A cursor stands on a payment; else it counts places, which shift while payments arrive. */
  stableCursors: boolean;
  /** Which changes move `updatedAt`; `never`: it stays the time of creation; `servers-apart`: back too, for each is dated by one of several servers. */
  updatedAt: 'moves' | 'not-by-refunds' | 'not-by-captures' | 'servers-apart' | 'never' | 'absent';
  /** Of which payment `updatedAt` is so; null: of all. */
  updatedAtOf: string | null;
  /** Intents carry fields that the examples have and the schemas forbid. */
  undocumentedFields: boolean;
  /** What the answer to a capture, a reversal or a refund says of its id: every schema since 2022-04-07 lets it be null. */
  answerIds: 'named' | 'null' | 'absent';
  /** What Dojo refuses for as long as it stands here: one payment, one operation, one version, or all. The first that fits. */
  refusing: readonly Standing[];
  /** How far the clocks of Dojo's servers are ahead, as their `Date` says; they answer in turn. */
  dateOffsetsMs: readonly number[];
  /** No answer has a `Date`. */
  dateLeftOut: boolean;
};

export const DEFAULT_SWITCHES: Readonly<Switches> = {
  partCaptureTurnsCaptured: false,
  partCaptureReleasesRest: false,
  holdEndTurnsReversed: false,
  captureShowsAtOnce: false,
  bankAnswersAfterMs: [],
  captureIds: 'named',
  captureHonoursIdempotencyKey: false,
  captureExtras: 'in-amount',
  captureTipsApart: false,
  tooLargeCapture: 'by-amount',
  refundCounts: 'all',
  totalAmountCounts: 'all',
  holdsTotalAmount: false,
  reverseCreatedAllowed: false,
  releaseEarlierDayAllowed: true,
  holdShowsPaymentDetails: true,
  paymentDetailsLateMs: 0,
  autoSettleMs: 0,
  holdCountsFromCreation: false,
  refundKeysKeptMs: null,
  refundInProgressMs: 0,
  repeatedRefund: 'same',
  refundLimitBeforeKey: false,
  searchDatesMeanUpdated: false,
  searchOldestFirst: false,
  searchLagMs: 0,
  searchCaptures: 'listed',
  stableCursors: false,
  updatedAt: 'moves',
  updatedAtOf: null,
  undocumentedFields: false,
  answerIds: 'named',
  refusing: [],
  dateOffsetsMs: [0],
  dateLeftOut: false,
};
