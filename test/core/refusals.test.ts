import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { CLOSED_NEXT } from '../../main/core/closed-next.ts';
import type { Failure, FailureKind } from '../../main/core/failure.ts';
import type { MoveRefusal } from '../../main/core/payment/rules.ts';
import { type Action, MOVE_KINDS, type Move } from '../../main/core/queue/action.ts';
import { baselineOf } from '../../main/core/queue/evidence.ts';
import { failed, type OutcomeCode, outcome, type Said } from '../../main/core/queue/outcome.ts';
import { type Asked, namedOf, OWN_WORDS, type OwnCause, refusalWords, TITLES, titleKey } from '../../main/core/refusals.ts';
import { TROUBLE_WORDS, type Trouble, troubleOf, troubleWords } from '../../main/core/troubles.ts';
import { CAPTURE_NEXT, checkingInWords, refusedInWords, waitingInWords, words } from '../../main/core/words.ts';
import { refusals } from '../../main/simulator/refusals.ts';
import { aFailure, aHold, anAction, anUnpaid, aPayment, NOON_MS } from '../builders.ts';

/** That none is missing: each way a thing can fail has a sentence and a next step, fit for a cashier. */

const JARGON =
  /\b(http|https|status|null|undefined|time-?out|nan|json|html|uuid|idempoten\w*|exception|stack|intent|payload|request id|enum|boolean|response|\d{3})\b|[{}<>_]|ERR_/i;
const SUCCESS =
  /(^|[.:] )(it|the \w+)( of \w+)? (is|was|are) (done|captured|refunded|reversed|cancelled|changed)\.|succe|receipt is sent|^(done|captured|refunded|reversed|cancelled)\b/i;
const NOTHING = /nothing (was )?(moved|changed|captured|sent|happened)|changed nothing|no receipt was sent|was not (done|sent)/i;

function holdsSentences(text: string | null, what: string): void {
  expect(text, what).toMatch(/^[A-Z].*\.$/s);
  expect(text, what).not.toMatch(/\.\.|\s{2}|\s\.|undefined|\[object/);
  expect(text, what).not.toMatch(JARGON);
}
function holds({ message, next }: Said, what: string): void {
  holdsSentences(message, `${what}: what happened`);
  holdsSentences(next, `${what}: what to do next`);
  expect(next, what).not.toBe(message);
}

const MOVES: Readonly<Record<Move['kind'], Move>> = {
  capture: { kind: 'capture', amount: 100 },
  reverse: { kind: 'reverse' },
  refund: { kind: 'refund', amount: 100 },
  cancel: { kind: 'cancel' },
  setAmount: { kind: 'setAmount', amount: 100 },
  setTips: { kind: 'setTips', amount: 100 },
  sendReceipt: { kind: 'sendReceipt', emails: ['someone@example.com'] },
};
const actionOf = (kind: Move['kind'], changes: Partial<Action> = {}) => anAction({ move: MOVES[kind], sends: 1, decidedOn: null, ...changes });

/** Every status by which Dojo can refuse: all of 4xx but those that mean something else. 403 is one of them: this key may not do this. */
const REFUSING = Array.from({ length: 100 }, (_, index) => 400 + index).filter((status) => ![401, 407, 408, 429].includes(status));
const refusedBy = (status: number, changes: Partial<Failure> = {}) => aFailure({ kind: 'refused', cause: `http-${status}`, status, ...changes });

describe('a no of Dojo', () => {
  it.each(MOVE_KINDS)('to %s says what happened and what to do next, whatever its status', (kind) => {
    for (const status of REFUSING)
      for (const asked of ['read', 'move'] as const) {
        const said = refusedInWords(actionOf(kind), refusedBy(status), asked);
        holds(said, `${kind} ${asked} ${status}`);
        expect(said.message).not.toMatch(SUCCESS);
      }
  });

  it.each(['read', 'search'] as const)('to a %s says what happened and what to do next, whatever its status', (asked) => {
    for (const status of REFUSING) {
      const { what, why, says, next } = refusalWords(asked, refusedBy(status));
      holds({ message: `${what} ${why}`.trim(), next }, `${asked} ${status}`);
      expect(says).toBe('');
    }
  });

  it.each<[Asked, number, string, string]>([
    ['capture', 409, 'as it is now', 'decide again'],
    ['capture', 400, 'amount', 'left'],
    ['reverse', 409, 'as it is now', 'refund it instead'],
    ['refund', 400, 'amount', 'no more than the rest'],
    ['cancel', 404, 'may be cancelled already', 'Dojo'],
    ['setAmount', 405, 'not created to allow it', 'new payment'],
    ['setTips', 405, 'not created to allow it', 'new payment'],
    ['sendReceipt', 404, 'no receipt', 'once it is captured'],
    ['capture', 404, 'does not know this payment', 'key'],
    ['capture', 403, 'does not allow this API key', 'that may see and change payments'],
    ['refund', 403, 'does not allow this API key', 'that may see and change payments'],
    ['read', 403, 'does not allow this API key to see this payment', 'that may see and change payments'],
    ['search', 403, 'does not allow this API key to see the payments', 'that may see and change payments'],
  ])('to %s with %i is told apart from the others', (asked, status, what, next) => {
    const said = refusalWords(asked, refusedBy(status));
    expect(`${said.what} ${said.why}`).toContain(what);
    expect(said.next).toContain(next);
  });

  it('begins with what a list has room for: that Dojo refused, and that nothing moved', () => {
    expect(refusedInWords(actionOf('capture'), refusedBy(409, { detail: 'Too late' }), 'move').message).toBe(
      'Dojo refused the capture. Nothing moved. It does not accept it for the payment as it is now. It says: “Too late”.',
    );
  });

  it.each([
    ['read before it was sent', { baseline: baselineOf(aHold(), 0) }, 'release'],
    ['known when it was decided', { decidedOn: baselineOf(aHold(), 0) }, 'release'],
    ['read as paid before it was sent', { baseline: baselineOf(aPayment(), 0), decidedOn: baselineOf(aHold(), 0) }, 'reversal'],
    ['not known', {}, 'reversal'],
  ])('calls the reversal of a hold a release, of a payment %s', (_name, known, noun) => {
    const said = refusedInWords(actionOf('reverse', known), refusedBy(409), 'move').message;
    expect(said).toContain(`Dojo refused the ${noun}. Nothing moved.`);
    expect(said).not.toMatch(/undo/i);
    expect(words.expired(actionOf('reverse', known), aPayment(), []).message).toContain(`The ${noun} was sent`);
  });

  it.each([400, 409])('%i to the reversal of what nobody has paid says to cancel it: nothing is held, and there is nothing to refund', (status) => {
    const unpaid = baselineOf(anUnpaid({ captureMode: 'Manual' }), 0);
    const { message, next } = refusedInWords(actionOf('reverse', { baseline: unpaid }), refusedBy(status), 'move');
    expect(message).toMatch(/^Dojo refused the reversal\. Nothing moved\. It does not accept it for (this payment|the payment as it is now)\.$/);
    expect(next).toBe('Cancel it instead, if still nobody has paid.');
  });

  it.each([
    ['never sent', { sends: 0 }, 'The reversal was not sent in time and will not be sent. Nothing moved.', 'Refund it instead.'],
    [
      'sent, and it may still arrive',
      { sends: 1 },
      'The reversal was sent, and Dojo does not show that it was done. It is too late to send it again.',
      'Look at the payment again in 20 minutes. If it is not reversed then, refund it instead.',
    ],
  ])('of a reversal that is too late, %s, says what happened, and what to do', (_name, changes, message, next) => {
    expect(words.expired(actionOf('reverse', changes), aPayment(), [])).toEqual({ message, next });
  });

  it('says to refund only what was paid, and to ask anew where a hold is gone', () => {
    const ofUnpaid = words.expired(actionOf('reverse', { sends: 0 }), anUnpaid(), []);
    expect(ofUnpaid.next).toBe('Look at the payment as it is now, then decide again.');
    for (const done of [aPayment({ refundedMinor: 2000 }), aPayment({ status: 'Reversed' })])
      expect(words.expired(actionOf('reverse', { sends: 0 }), done, []).next).toBe('Look at the payment as it is now, then decide again.');
    const letGo = aHold({ status: 'Reversed', autoExpireAction: 'Release' });
    expect(words.expired(actionOf('capture', { sends: 0 }), letGo, [])).toEqual({
      message: 'The capture was not sent in time and will not be sent. Nothing moved.',
      next: 'Ask for a new payment if the customer still has to pay.',
    });
    const captured = aHold({ status: 'Captured', captures: [], autoExpireAction: 'Capture', updatedAtMs: NOON_MS + 8 * 86_400_000 });
    expect(words.expired(actionOf('capture', { sends: 0 }), captured, []).next).toBe('Look at the payment as it is now, then decide again.');
  });

  it('says that nothing moved, of money only where money could have moved', () => {
    const said = (kind: Move['kind']) => refusedInWords(actionOf(kind), refusedBy(409), 'move').message;
    for (const kind of ['capture', 'reverse', 'refund'] as const) expect(said(kind)).toContain('Nothing moved.');
    for (const kind of ['cancel', 'setAmount', 'setTips'] as const) expect(said(kind)).toContain('This changed nothing.');
    expect(said('sendReceipt')).toContain('No receipt was sent.');
  });

  it('is the same to the till whatever its title: only the words are refined', () => {
    const { says: _, ...plain } = refusalWords('capture', refusedBy(409));
    for (const title of ['Conflict', 'Bad Request', 'Not Found', 'Something new'])
      expect(refusalWords('capture', refusedBy(409, { title }))).toMatchObject(plain);
  });

  it.each<[string, Partial<Failure>, string]>([
    ['its detail is quoted', { title: 'Conflict', detail: 'The card is stolen.' }, 'It says: “The card is stolen.”'],
    ['a detail without a full stop is closed', { detail: 'amount: too high' }, 'It says: “amount: too high”.'],
    ['a long detail is cut', { detail: 'x'.repeat(900) }, `It says: “${'x'.repeat(199)}…”.`],
    ['a title that only names the status is not quoted', { title: 'Conflict' }, ''],
    ['a title nobody knows is quoted', { title: 'Card stolen' }, 'It says: “Card stolen”.'],
    [
      'the title of the specifications is put into words, and what is at fault quoted',
      { title: 'One or more validation errors occurred.', detail: 'amount: too high' },
      'It found something in the request that does not fit. It says: “amount: too high”.',
    ],
  ])('%s', (_name, changes, says) => {
    expect(refusalWords('capture', refusedBy(409, changes)).says).toBe(says);
  });
});

describe('what waits for a connection', () => {
  const [kept, notKept] = [actionOf('capture'), actionOf('setAmount')];
  const later = 'It is not kept for later: its payment is looked at when there is a connection.';

  it.each([
    ['there is none', aFailure({ kind: 'not-sent', cause: 'no-line' })],
    ['something else answers', aFailure({ kind: 'not-dojo', cause: 'html' })],
  ])('is sent then, and what is not kept for later is not, where %s', (_, failure) => {
    expect(waitingInWords(failure, kept).message).not.toContain(later);
    expect(waitingInWords(failure, notKept).message).toContain(later);
  });

  it('but where Dojo asks for a moment that is short for both', () => {
    const failure = aFailure({ kind: 'throttled', cause: 'http-429', status: 429 });
    for (const action of [kept, notKept])
      expect(waitingInWords(failure, action).message).toBe('Dojo asked to wait a moment. It is sent as soon as that has passed.');
  });
});

describe('what the till itself would not send', () => {
  it.each(Object.keys(OWN_WORDS) as OwnCause[])('%s says so', (cause) => {
    const said = refusedInWords(actionOf('capture'), aFailure({ kind: 'refused', cause }), 'move');
    holds(said, cause);
    expect(said.message).toContain('Nothing moved.');
    expect(said.message).not.toContain('Dojo refused');
  });
});

/** A failure for each trouble; the compiler asks for one of every kind. */
const TROUBLES = {
  line: [
    { kind: 'not-sent', cause: 'ERR_NAME_NOT_RESOLVED' },
    { kind: 'not-sent', cause: 'ERR_INTERNET_DISCONNECTED' },
    { kind: 'not-sent', cause: 'ERR_CONNECTION_REFUSED' },
    { kind: 'not-sent', cause: 'ERR_ADDRESS_INVALID' },
    { kind: 'not-sent', cause: 'ECONNREFUSED' },
    { kind: 'not-sent', cause: 'cable-out' },
    { kind: 'not-sent', cause: 'timeout' },
  ],
  certificate: [
    { kind: 'not-sent', cause: 'ERR_CERT_DATE_INVALID' },
    { kind: 'not-sent', cause: 'ERR_CERT_AUTHORITY_INVALID' },
    { kind: 'not-sent', cause: 'ERR_SSL_VERSION_OR_CIPHER_MISMATCH' },
    { kind: 'not-sent', cause: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
    { kind: 'not-sent', cause: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' },
  ],
  proxy: [
    { kind: 'not-sent', cause: 'ERR_PROXY_CONNECTION_FAILED' },
    { kind: 'not-sent', cause: 'ERR_PROXY_CERTIFICATE_INVALID' },
    { kind: 'not-sent', cause: 'ERR_TUNNEL_CONNECTION_FAILED' },
    { kind: 'not-sent', cause: 'ERR_SOCKS_CONNECTION_FAILED' },
    { kind: 'not-sent', cause: 'ERR_MANDATORY_PROXY_CONFIGURATION_FAILED' },
    { kind: 'not-sent', cause: 'ERR_NO_SUPPORTED_PROXIES' },
    { kind: 'not-dojo', cause: 'http-407', status: 407 },
  ],
  blocked: [
    { kind: 'not-sent', cause: 'ERR_NETWORK_ACCESS_DENIED' },
    { kind: 'not-sent', cause: 'ERR_UNSAFE_PORT' },
  ],
  broken: [
    { kind: 'unknown-outcome', cause: 'reset' },
    { kind: 'unknown-outcome', cause: 'aborted' },
    { kind: 'unknown-outcome', cause: 'cut-short' },
    { kind: 'unknown-outcome', cause: 'ERR_UNKNOWN' },
    { kind: 'unknown-outcome', cause: 'ERR_NETWORK_CHANGED' },
  ],
  slow: [
    { kind: 'unknown-outcome', cause: 'timeout' },
    { kind: 'unknown-outcome', cause: 'http-408', status: 408 },
    { kind: 'unknown-outcome', cause: 'http-504', status: 504 },
  ],
  'sign-in': [
    { kind: 'not-dojo', cause: 'html', status: 200 },
    { kind: 'not-dojo', cause: 'redirect', status: 302 },
    { kind: 'not-dojo', cause: 'http-511', status: 511 },
  ],
  'not-dojo': [
    { kind: 'not-dojo', cause: 'not-json', status: 404 },
    { kind: 'not-dojo', cause: 'http-0', status: 0 },
    { kind: 'not-dojo', cause: 'html', status: 403 },
    { kind: 'not-dojo', cause: 'html', status: 429 },
  ],
  gateway: [502, 503, 504].flatMap((status) => ['html', 'not-json'].map((cause) => ({ kind: 'not-dojo', cause, status }) as const)),
  'dojo-down': [500, 502, 503, 529].map((status) => ({ kind: 'unknown-outcome', cause: `http-${status}`, status }) as const),
  'odd-answer': [
    { kind: 'unknown-outcome', cause: 'malformed', status: 200 },
    { kind: 'unknown-outcome', cause: 'odd', status: 200 },
    { kind: 'unknown-outcome', cause: 'too-large' },
  ],
  'endless-list': [
    { kind: 'unknown-outcome', cause: 'repeated-cursor' },
    { kind: 'unknown-outcome', cause: 'too-many-pages' },
  ],
  throttled: [
    { kind: 'throttled', cause: 'http-429', status: 429 },
    { kind: 'throttled', cause: 'asked-to-wait', status: 503, retryAfterMs: 600_000 },
  ],
  'asked-to-wait': [
    { kind: 'not-dojo', cause: 'asked-to-wait', status: 502 },
    { kind: 'not-dojo', cause: 'asked-to-wait', status: 502, retryAfterMs: 30_000 },
  ],
  'key-refused': [{ kind: 'key-refused', cause: 'http-401', status: 401 }],
  'key-not-allowed': [{ kind: 'refused', cause: 'http-403', status: 403 }],
  'key-form': [{ kind: 'key-refused', cause: 'key-form' }],
  'no-key': [{ kind: 'not-sent', cause: 'no-client' }],
  till: [
    { kind: 'unknown-outcome', cause: 'client-threw' },
    { kind: 'unknown-outcome', cause: 'till-threw' },
    { kind: 'not-sent', cause: 'not a request: Invalid URL' },
  ],
  refused: [{ kind: 'refused', cause: 'http-400', status: 400 }],
} as const satisfies Readonly<Record<Trouble, readonly Partial<Failure>[]>>;
const eachTrouble = Object.entries(TROUBLES).flatMap(([trouble, causes]) =>
  causes.map((changes) => [trouble as Trouble, changes.kind, changes.cause, aFailure(changes)] as const),
);

describe('a failure to ask Dojo', () => {
  it.each(eachTrouble)('is %s: %s, %s', (trouble, _kind, _cause, failure) => {
    expect(troubleOf(failure)).toBe(trouble);
    const { what, next, waits, meanwhile } = troubleWords(failure);
    expect({ waits, meanwhile }).toEqual({ waits: TROUBLE_WORDS[trouble].waits, meanwhile: TROUBLE_WORDS[trouble].meanwhile });
    holds({ message: what, next }, `${trouble}, asked now`);
    holds({ message: waits, next: meanwhile }, `${trouble}, waiting`);
    holds(waitingInWords(failure, anAction({})), `${trouble}, of an action`);
  });

  it.each<[number | null, string]>([
    [null, 'Dojo asked to wait a moment.'],
    [400, 'Dojo asked to wait 1 second.'],
    [45_000, 'Dojo asked to wait 45 seconds.'],
    [89_001, 'Dojo asked to wait 2 minutes.'],
    [300_000, 'Dojo asked to wait 5 minutes.'],
    [300_001, 'Dojo asked to wait 6 minutes.'],
  ])('that asks to wait says how long: %s ms', (retryAfterMs, what) => {
    expect(troubleWords(aFailure({ kind: 'throttled', cause: 'http-429', status: 429, retryAfterMs })).what).toBe(what);
  });

  it('is of every kind there is', () => {
    const kinds = { 'not-sent': 1, refused: 1, 'unknown-outcome': 1, throttled: 1, 'key-refused': 1, 'not-dojo': 1 } satisfies Record<FailureKind, 1>;
    expect(new Set(eachTrouble.map(([, kind]) => kind))).toEqual(new Set(Object.keys(kinds)));
  });

  it('after which it is not known what was done never says that nothing was', () => {
    for (const [trouble, kind, , failure] of eachTrouble) {
      if (kind !== 'unknown-outcome' && kind !== 'not-dojo' && kind !== 'refused') continue;
      const said = checkingInWords(failure);
      holds(said, `${trouble}, checking`);
      expect(said.message).toMatch(/^It was sent/);
      expect(`${said.message} ${said.next}`).not.toMatch(NOTHING);
      expect(said.message).not.toMatch(SUCCESS);
    }
  });
});

const closedCodes = Object.keys(CLOSED_NEXT) as MoveRefusal['code'][];
const closed = Object.fromEntries(
  closedCodes.map((code) => [code, () => words.closed(actionOf('capture', { sends: 0 }), { code, message: 'It is so.' })]),
) as Record<MoveRefusal['code'], () => Said>;

const OF = actionOf('refund');
/** What is said in each way an action can stand or end; the compiler asks for every one. */
const SAYS: Readonly<Record<OutcomeCode, () => Said>> = {
  ...closed,
  done: () => words.done(OF),
  'not-dojo': () => waitingInWords(aFailure({ kind: 'not-dojo', cause: 'html' }), anAction({})),
  'unknown-outcome': () => checkingInWords(aFailure()),
  'refused-after-unknown': () => checkingInWords(refusedBy(409)),
  restarted: () => words.restarted,
  refused: () => refusedInWords(OF, refusedBy(400), 'move'),
  'gave-up': () => words.gaveUp(OF),
  'refused-unread': () => words.refusedUnread(OF, refusedInWords(OF, refusedBy(400), 'move')),
  'withdrawn-unread': () => words.withdrawnUnread,
  'read-refused': () => words.readRefused(anAction(), refusedBy(403)),
  'already-captured': () => words.already.captured(true),
  'already-reversed': () => words.already.reversed('Auto'),
  'already-cancelled': () => words.already.cancelled,
  ...(Object.fromEntries(Object.entries(words.needsPerson).map(([code, said]) => [code, () => said])) as Record<keyof typeof words.needsPerson, () => Said>),
  restored: () => words.restored('14 June'),
  disk: () => words.diskFailed,
  'too-late': () => words.expired(OF, aPayment(), []),
  withdrawn: () => words.withdrawn(OF),
  'settled-happened': () => words.settledHappened('Seen in Dojo.'),
  'settled-not': () => words.settledNot('Not in Dojo.'),
};
const codes = Object.keys(SAYS) as OutcomeCode[];
/** Ended as somebody wanted, or settled by a person: nothing is left to do. */
const ENDED: readonly OutcomeCode[] = ['already-captured', 'already-reversed', 'already-cancelled', 'done', 'withdrawn', 'settled-happened', 'settled-not'];
const NOT_KNOWN: readonly OutcomeCode[] = [
  'unknown-outcome',
  'refused-after-unknown',
  'restarted',
  'conflict',
  'unreadable',
  'never-came',
  'restored',
  'absent-part',
  'moved',
  'no-record',
  'new-key',
];
const REFUSALS = codes.filter((code) => !ENDED.includes(code) && !NOT_KNOWN.includes(code));

describe('an outcome', () => {
  it.each(codes)('%s says what happened', (code) => holdsSentences(SAYS[code]().message.replace(/ “.*”$/, ''), code));
  it.each(codes.filter((code) => !ENDED.includes(code)))('%s says what to do next', (code) => holdsSentences(SAYS[code]().next, code));
  it.each(ENDED)('%s leaves nothing to do', (code) => expect(SAYS[code]().next).toBeNull());
  it.each(REFUSALS)('%s has no word of success', (code) => expect(SAYS[code]().message).not.toMatch(SUCCESS));
  it.each(NOT_KNOWN)('%s never says that nothing moved, nor that it is done', (code) => {
    const { message, next } = SAYS[code]();
    expect(`${message} ${next}`).not.toMatch(NOTHING);
    expect(message).not.toMatch(SUCCESS);
  });

  it.each(MOVE_KINDS.filter((kind) => kind !== 'capture'))('done is said of %s in words that no refusal has', (kind) => {
    expect(words.done(actionOf(kind)).message).toMatch(SUCCESS);
  });

  it('of a failure carries what Dojo’s support asks for', () => {
    const failure = refusedBy(409, { traceId: 't-1', raw: 'Status: 409' });
    expect(failed('refused', refusedInWords(OF, failure, 'move'), failure)).toMatchObject({
      status: 409,
      traceId: 't-1',
      raw: 'Status: 409',
      settledBy: 'answer',
    });
    expect(outcome('done', words.done(OF))).toMatchObject({ next: null, raw: null, dojoId: null });
  });

  it.each(['Declined', 'Failed'])('of a capture that the bank ends %s says what to do next', (status) => holdsSentences(CAPTURE_NEXT[status] ?? null, status));
});

/** The titles that Dojo's specifications show or name: in an example, and as what each status is called. */
const SPECIFIED = ['One or more validation errors occurred.', 'Bad Request', 'Unauthorized', 'Forbidden', 'Not Found', 'Method Not Allowed', 'Conflict'];

describe('the titles of Dojo’s specifications', () => {
  it.each(SPECIFIED)('“%s” is known', (title) => {
    expect(Object.keys(TITLES)).toContain(titleKey(title));
    const { says } = refusalWords('capture', refusedBy(400, { title }));
    expect(says).not.toContain('“');
    if (says !== '') holdsSentences(says, title);
  });

  it('are those of the simulated Dojo', () => {
    const { invalid, conflict, badRequest, notAllowed, unauthorized, unknownIntent, unknownOperation } = refusals;
    for (const { title } of [invalid('x', 'y'), conflict('x'), badRequest('x'), notAllowed('x'), unauthorized, unknownIntent, unknownOperation])
      expect(SPECIFIED).toContain(title);
  });

  const folder = process.env.DOJO_OPENAPI_DIR;
  const why = folder ? '' : ' (skipped: DOJO_OPENAPI_DIR does not name a folder with Dojo’s OpenAPI files)';
  it.skipIf(!folder)(`are these and no others${why}`, () => {
    const found = new Set<string>();
    for (const file of readdirSync(folder ?? '').filter((name) => /\.(ya?ml|json)$/.test(name))) {
      const specification = parse(readFileSync(join(folder ?? '', file), 'utf8'));
      const introduction = String(specification.info.description);
      for (const [, title] of introduction.matchAll(/"title": "([^"]+)"/g)) found.add(titleKey(String(title)));
      for (const [, title] of introduction.matchAll(/`4\d\d ([A-Z][A-Za-z ]+)`/g)) found.add(titleKey(String(title)));
      for (const [path, operations] of Object.entries<Record<string, { responses?: Record<string, { description?: string }> }>>(specification.paths))
        if (/^\/(payment-intents|transactions)/.test(path))
          for (const { responses = {} } of Object.values(operations))
            for (const [status, { description = '' }] of Object.entries(responses)) if (/^4/.test(status)) found.add(titleKey(description));
    }
    expect([...found].sort()).toEqual(SPECIFIED.map(titleKey).sort());
  });
});

describe('what a proxy or Dojo answers with a status of its own', () => {
  it.each<readonly [FailureKind, number | null, Trouble]>([
    ['not-dojo', 400, 'not-dojo'],
    ['not-dojo', 499, 'not-dojo'],
    ['not-dojo', 500, 'gateway'],
    ['not-dojo', 399, 'sign-in'],
    ['not-dojo', null, 'sign-in'],
    ['unknown-outcome', 500, 'dojo-down'],
    ['unknown-outcome', 499, 'broken'],
    ['unknown-outcome', null, 'broken'],
  ])('%s %s is called %s', (kind, status, trouble) => expect(troubleOf(aFailure({ kind, status, cause: 'html' }))).toBe(trouble));

  it('says how long where patience was asked for, and nowhere else', () => {
    const said = (changes: Partial<Failure>) => troubleWords(aFailure({ retryAfterMs: 30_000, cause: 'x', ...changes }));
    expect(said({ kind: 'throttled' }).what).toBe('Dojo asked to wait 30 seconds.');
    expect(said({ kind: 'not-dojo', cause: 'asked-to-wait' })).toMatchObject({
      what: 'Something between here and Dojo asked to wait 30 seconds.',
      next: 'Nothing has to be done: it goes on by itself. Or try again in 30 seconds.',
    });
    expect(said({ kind: 'unknown-outcome', cause: 'timeout' })).toBe(TROUBLE_WORDS.slow);
  });

  it('quotes what Dojo says up to two hundred characters, with one full stop', () => {
    const says = (detail: string) => refusalWords('capture', aFailure({ kind: 'refused', status: 409, cause: 'http-409', detail })).says;
    expect(says('a'.repeat(200))).toBe(`It says: “${'a'.repeat(200)}”.`);
    expect(says('a'.repeat(201))).toBe(`It says: “${'a'.repeat(199)}…”.`);
    expect(says('No. 5 is gone')).toBe('It says: “No. 5 is gone”.');
    expect(says('It is gone.')).toBe('It says: “It is gone.”');
    expect([titleKey(' Conflict. '), titleKey('No. 5')]).toEqual(['conflict', 'no. 5']);
  });
});

it.each<readonly [Move, string, string]>([
  [{ kind: 'reverse' }, 'Authorized', 'release'],
  [{ kind: 'reverse' }, 'Captured', 'reverse'],
  [{ kind: 'capture', amount: 1 }, 'Authorized', 'capture'],
  [{ kind: 'cancel' }, 'Authorized', 'cancel'],
])('%j of a payment that is %s is called a %s', (move, status, named) => {
  const known = baselineOf(aHold({ status }), 0);
  expect(namedOf(anAction({ move, baseline: known, decidedOn: null }))).toBe(named);
  expect(namedOf(anAction({ move, baseline: null, decidedOn: known }))).toBe(named);
});

describe('which sentence belongs to which no', () => {
  const NOUNS = {
    capture: 'capture',
    reverse: 'reversal',
    release: 'release',
    refund: 'refund',
    cancel: 'cancellation',
    setAmount: 'change of amount',
    setTips: 'change of tips',
    sendReceipt: 'receipt',
  } as const;
  const said = (asked: Asked, status: number) => refusalWords(asked, aFailure({ kind: 'refused', status, cause: `http-${status}` }));
  it.each<readonly [Asked, number, string]>([
    ['capture', 400, 'It does not accept this amount, or a capture of this payment.'],
    ['reverse', 400, 'It does not accept it for this payment.'],
    ['release', 400, 'It does not accept it for this payment.'],
    ['refund', 400, 'It does not accept this amount, or a refund of this payment.'],
    ['cancel', 400, 'It does not accept it for this payment.'],
    ['setAmount', 400, 'It does not accept this amount, or a change of this payment.'],
    ['setTips', 400, 'It does not accept these tips, or a change of this payment.'],
    ['sendReceipt', 400, 'It does not accept an address, or has no receipt of this payment.'],
    ['capture', 403, 'It does not allow this API key to do that.'],
    ['capture', 405, 'This payment does not allow it.'],
    ['setAmount', 405, 'The payment was not created to allow it.'],
    ['capture', 409, 'It does not accept it for the payment as it is now.'],
    ['release', 409, 'It does not accept it for the payment as it is now.'],
    ['reverse', 409, 'It does not accept it for the payment as it is now, or its day is over.'],
    ['cancel', 404, 'It may be cancelled already.'],
  ])('%s, %i: %s', (asked, status, why) => expect(said(asked, status).why).toBe(why));

  it.each(Object.entries(NOUNS) as [keyof typeof NOUNS, string][])('%s is called the %s', (asked, noun) => {
    for (const status of [400, 403, 405, 409, 418]) expect(said(asked, status).what).toBe(`Dojo refused the ${noun}.`);
  });

  it.each(['capture', 'reverse', 'release', 'refund', 'cancel', 'setAmount', 'setTips', 'sendReceipt'] as const)(
    'a conflict about a %s does not say that the payment changed: nobody has seen that',
    (asked) => {
      const { what, why, next } = said(asked, 409);
      expect(`${what} ${why} ${next}`).not.toContain('changed');
    },
  );

  it('a cancellation of what Dojo does not find says so, and a release names what remains', () => {
    expect(said('cancel', 404).what).toBe('Dojo does not find this payment.');
    for (const status of [400, 409])
      expect(said('release', status).next).toBe('Look at the payment as it is now. What was captured of it can only be refunded.');
  });

  it.each<readonly [OwnCause, string, string]>([
    ['bad-id', 'The payment’s number is damaged on this PC.', 'Dojo was not asked.'],
    ['bad-currency', 'The payment’s currency is damaged on this PC.', 'Dojo was not asked.'],
    ['bad-key', 'The action’s own number is damaged on this PC.', 'Dojo was not asked.'],
    ['bad-amount', 'The amount is not one that Tillside sends.', 'Dojo was not asked.'],
    ['no-tips', 'The API version in the settings takes no tips with a capture.', 'Dojo was not asked.'],
    ['no-tips-amount', 'The API version in the settings has no change of tips.', 'Dojo was not asked.'],
    ['no-version', 'Dojo accepts none of the API versions that Tillside knows.', 'Nothing is sent until it does.'],
    ['capture-failed', 'The capture did not go through at the bank.', ''],
  ])('%s: %s %s', (cause, what, why) => expect(refusalWords('capture', aFailure({ kind: 'refused', cause }))).toMatchObject({ what, why }));
});
