/** What a request can meet on its way, as data: what Dojo does with it, and what the till hears. */
export type Fault = Readonly<{
  /** `late`: after the till's time-out, inside the settling time. `twice`: a proxy repeats it. */
  dojo: 'nothing' | 'once' | 'twice' | 'late';
  hears: 'no-line' | 'no-name' | 'silence' | 'reset' | 'cut-short' | 'truth' | 'second' | 'truncated' | 'html' | number;
  slow?: 'there' | 'back';
  /** How often, compared with the others, it meets a request that moves money; and one that only looks. */
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
} as const satisfies Record<string, Fault>;

export type FaultName = keyof typeof FAULTS;
export const FAULT_NAMES = Object.keys(FAULTS) as readonly FaultName[];

/** The `nth` request of a till that moves money, or that only looks, meets this fault. */
export type PlannedFault = Readonly<{ till: number; on: 'move' | 'look'; nth: number; fault: FaultName }>;

/**
 * The power goes at the `nth` effect of its kind on this till.
 * A write: before it takes hold (what was not synced is lost; a torn one the database itself takes back) or just after.
 * A request: before a byte leaves, or when all have left. An answer: when it has come, unread.
 */
export const CRASHES = ['write-lost', 'write-kept', 'request-kept-back', 'request-left', 'answer-unread'] as const;
export type PlannedCrash = Readonly<{ till: number; at: (typeof CRASHES)[number]; nth: number }>;
