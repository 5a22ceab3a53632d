import type { MoveKind } from '../../main/core/queue/action.ts';

/** What a request can meet on its way, as data: what Dojo does with it, and what the till hears. */
export type Fault = Readonly<{
  /** `late`: after the till's time-out, inside the settling time. `very-late`: one minute to twenty after the till gave up. `twice`: a proxy repeats it. */
  dojo: 'nothing' | 'once' | 'twice' | 'late' | 'very-late';
  /** `throws`: the client that the till was given breaks, and gives no answer at all. `page`: a proxy's 502 in HTML. */
  hears: 'no-line' | 'no-name' | 'silence' | 'reset' | 'cut-short' | 'truth' | 'second' | 'truncated' | 'html' | 'page' | 'empty' | 'throws' | number;
  slow?: 'there' | 'back';
  /** How often, compared with the others, it meets a request that moves money; and one that only looks. 0: only where a feature plans it. */
  onMoves: number;
  onLooks: number;
}>;

export const FAULTS = {
  'no-line': { dojo: 'nothing', hears: 'no-line', onMoves: 4, onLooks: 6 },
  'no-name': { dojo: 'nothing', hears: 'no-name', onMoves: 2, onLooks: 3 },
  'lost-before': { dojo: 'nothing', hears: 'silence', onMoves: 6, onLooks: 3 },
  'lost-after': { dojo: 'once', hears: 'silence', onMoves: 9, onLooks: 3 },
  'reset-before': { dojo: 'nothing', hears: 'reset', onMoves: 5, onLooks: 3 },
  'reset-after': { dojo: 'once', hears: 'reset', onMoves: 7, onLooks: 3 },
  'cut-short': { dojo: 'once', hears: 'cut-short', onMoves: 4, onLooks: 2 },
  late: { dojo: 'late', hears: 'silence', onMoves: 12, onLooks: 1 },
  'slow-there': { dojo: 'once', hears: 'truth', slow: 'there', onMoves: 5, onLooks: 5 },
  'slow-back': { dojo: 'once', hears: 'truth', slow: 'back', onMoves: 5, onLooks: 5 },
  truncated: { dojo: 'once', hears: 'truncated', onMoves: 5, onLooks: 3 },
  'html-before': { dojo: 'nothing', hears: 'html', onMoves: 3, onLooks: 3 },
  'html-after': { dojo: 'once', hears: 'html', onMoves: 3, onLooks: 1 },
  '400-before': { dojo: 'nothing', hears: 400, onMoves: 2, onLooks: 1 },
  '400-after': { dojo: 'once', hears: 400, onMoves: 1, onLooks: 0 },
  '401-before': { dojo: 'nothing', hears: 401, onMoves: 2, onLooks: 1 },
  '408-before': { dojo: 'nothing', hears: 408, onMoves: 2, onLooks: 1 },
  '409-after': { dojo: 'once', hears: 409, onMoves: 1, onLooks: 0 },
  '429-before': { dojo: 'nothing', hears: 429, onMoves: 5, onLooks: 4 },
  '429-after': { dojo: 'once', hears: 429, onMoves: 2, onLooks: 0 },
  '500-before': { dojo: 'nothing', hears: 500, onMoves: 5, onLooks: 4 },
  '500-after': { dojo: 'once', hears: 500, onMoves: 5, onLooks: 0 },
  '503-before': { dojo: 'nothing', hears: 503, onMoves: 4, onLooks: 3 },
  '503-after': { dojo: 'once', hears: 503, onMoves: 5, onLooks: 0 },
  'double-first': { dojo: 'twice', hears: 'truth', onMoves: 2, onLooks: 0 },
  'double-second': { dojo: 'twice', hears: 'second', onMoves: 2, onLooks: 0 },
  'very-late': { dojo: 'very-late', hears: 'silence', onMoves: 0, onLooks: 0 },
  'throws-before': { dojo: 'nothing', hears: 'throws', onMoves: 0, onLooks: 0 },
  'throws-after': { dojo: 'once', hears: 'throws', onMoves: 0, onLooks: 0 },
  '401-after': { dojo: 'once', hears: 401, onMoves: 0, onLooks: 0 },
  '403-before': { dojo: 'nothing', hears: 403, onMoves: 0, onLooks: 0 },
  '403-after': { dojo: 'once', hears: 403, onMoves: 0, onLooks: 0 },
  '404-before': { dojo: 'nothing', hears: 404, onMoves: 0, onLooks: 0 },
  '409-before': { dojo: 'nothing', hears: 409, onMoves: 0, onLooks: 0 },
  'page-before': { dojo: 'nothing', hears: 'page', onMoves: 0, onLooks: 0 },
  'page-after': { dojo: 'once', hears: 'page', onMoves: 0, onLooks: 0 },
  'empty-after': { dojo: 'once', hears: 'empty', onMoves: 0, onLooks: 0 },
} as const satisfies Record<string, Fault>;

export type FaultName = keyof typeof FAULTS;
export const FAULT_NAMES = Object.keys(FAULTS) as readonly FaultName[];
/** Those that any request may meet, in any seed. */
export const EVERYDAY_FAULTS = FAULT_NAMES.filter((name) => FAULTS[name].onMoves > 0 || FAULTS[name].onLooks > 0);

/** The `nth` request of a till that moves money, or that only looks, meets this fault. */
export type PlannedFault = Readonly<{ till: number; on: 'move' | 'look'; nth: number; fault: FaultName }>;

/**
 * Another till, or Dojo's portal, makes the same move as the `nth` request of this till, so long after that request left: the very
 * same one, one of the same total, or one of more.
 */
export const RIVALRIES = ['same', 'same-total', 'more'] as const;
export type Rivalry = (typeof RIVALRIES)[number];
export type PlannedRival = Readonly<{ till: number; nth: number; how: Rivalry; afterMs: number }>;

/**
 * Trouble at Dojo, or on the way to it, that lasts: what is answered (`page`: by something in between; `hang`: nothing, for longer than a client waits; `lost`: it does what it is asked, and
 * its answers do not come back; `late`: it does it minutes after the client gave up; `denied`: it does it, and answers no), to whom, and to which requests.
 */
export const TROUBLE_KINDS = [400, 401, 403, 404, 429, 500, 'page', 'hang', 'lost', 'late', 'denied'] as const;
export const TROUBLE_SCOPES = ['payment', 'operation', 'all'] as const;
export const TROUBLE_ON = ['moves', 'looks', 'both'] as const;
export type Trouble = Readonly<{
  what: (typeof TROUBLE_KINDS)[number];
  scope: (typeof TROUBLE_SCOPES)[number];
  on: (typeof TROUBLE_ON)[number];
  forMs: number;
  /** With a 429: the seconds it asks to wait. */
  retryAfterS?: number;
  /** In [0, 1): which payment, which operation. */
  pick: number;
  /** Which operation, where it is not left to chance. */
  operation?: MoveKind | 'search' | 'read';
  /** Which payment. */
  paymentId?: string;
  /** So many requests meet it, and no more. */
  times?: number;
}>;
export const nameOfTrouble = ({ what, scope, on, retryAfterS, times }: Pick<Trouble, 'what' | 'scope' | 'on' | 'retryAfterS' | 'times'>): string =>
  times === 1
    ? `${what} to one of the ${on}`
    : `${what === 429 && (retryAfterS ?? 0) >= 60 ? '429 of minutes' : what === 'lost' ? 'answers lost' : what === 'late' ? 'done late' : what} to ${scope === 'payment' ? 'one payment' : scope === 'operation' ? 'one operation' : 'all'}, ${on}`;

/**
 * The power goes at the `nth` effect of its kind on this till.
 * A write: before it takes hold (what was not synced is lost; a torn one the database itself takes back) or just after.
 * A request: before a byte leaves, or when all have left. An answer: when it has come, unread.
 */
export const CRASHES = ['write-lost', 'write-kept', 'request-kept-back', 'request-left', 'answer-unread'] as const;
export type PlannedCrash = Readonly<{ till: number; at: (typeof CRASHES)[number]; nth: number }>;
