import { answerTo, type Said } from './answer.ts';
import type { Bank } from './bank.ts';
import type { FaceAnswer, Handling } from './delivery.ts';
import { dojoDate } from './dojo-date.ts';
import { createFaults, type Fault } from './faults.ts';
import { play } from './play-fault.ts';
import { type Operation, routeOf } from './routes.ts';

export type FaceRequest = Readonly<{
  method: string;
  /** With its query. */
  path: string;
  headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  body: string | null;
}>;
export type JournalEntry = {
  seq: number;
  atMs: number;
  method: string;
  path: string;
  operation: Operation | null;
  /** The payment's or the refund's. */
  id: string;
  /** Lower-case names. The key is cut to its last four characters. */
  headers: Readonly<Record<string, string>>;
  body: string | null;
  fault: Fault['kind'] | null;
  /** How often the rules saw it. */
  handled: number;
  /** It changed something. */
  committed: boolean;
  /** null: no answer was given, or none yet. */
  status: number | null;
};

export type FaceOptions = Readonly<{
  bank: Bank;
  nowMs: () => number;
  /** The newest so many requests are kept. */
  journalMost?: number;
  /** Called after each request that was let happen. */
  onHandled?: () => void;
}>;

/** The simulated Dojo's HTTP face, without sockets: requests in, answers out, faults played, everything written down. */
export function createFace({ bank, nowMs, journalMost = Number.POSITIVE_INFINITY, onHandled }: FaceOptions) {
  const faults = createFaults(nowMs);
  const journal: JournalEntry[] = [];
  let seq = 0;

  function receive(request: FaceRequest): Handling {
    const headers = lowerCased(request.headers);
    const route = routeOf(request.method, request.path);
    const version = headers.version ?? '';
    const target = { operation: route?.operation ?? null, method: request.method, path: request.path, id: route?.id ?? '' };
    const fault = faults.take({ ...target, version });
    seq += 1;
    const entry: JournalEntry = {
      seq,
      atMs: nowMs(),
      ...target,
      headers: withKeyCut(headers),
      body: request.body,
      fault: fault?.kind ?? null,
      handled: 0,
      committed: false,
      status: null,
    };
    journal.push(entry);
    if (journal.length > journalMost) journal.shift();
    const happen = (): Said => {
      const atMs = nowMs();
      bank.advance(atMs); // what was due by now is not this request's doing
      const before = bank.revision();
      const { said } = answerTo(bank, { ...request, headers }, atMs);
      entry.handled += 1;
      entry.committed ||= bank.revision() !== before;
      return said;
    };
    const waitMs = (fault?.kind === 'delay-before' ? fault.ms : 0) + (fault?.beforeMs ?? 0);
    const nth = entry.seq - 1;
    const happenLate = () => {
      happen();
      onHandled?.();
    };
    let done = false;
    return {
      waitMs,
      proceed() {
        if (done) throw new Error('expected a request to happen once');
        done = true;
        const delivery = play({ fault, bank, request, version, date: dojoDate(bank.switches(), nth, nowMs()), happen });
        if (delivery.kind === 'answer') entry.status = delivery.answer.status;
        onHandled?.();
        return delivery;
      },
      later: fault?.kind === 'late' ? { afterMs: fault.ms, happen: happenLate } : null,
    };
  }

  return {
    receive,
    /** At once, for a caller without a line. A fault that gives no answer is a mistake of such a caller and throws. */
    handle(request: FaceRequest): FaceAnswer {
      const { proceed, later } = receive(request);
      const delivery = proceed();
      if (later) throw new Error('expected a request that happens at once, the ordered fault is late');
      if (delivery.kind !== 'answer') throw new Error(`expected an answer, the ordered fault gives ${delivery.kind}`);
      return delivery.answer;
    },
    faults,
    journal: (): readonly Readonly<JournalEntry>[] => journal,
    bank,
    nowMs,
  };
}

export type Face = ReturnType<typeof createFace>;

const lowerCased = (headers: FaceRequest['headers']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name.toLowerCase(), typeof value === 'string' ? value : value.join(', ')] as const],
    ),
  );

function withKeyCut(headers: Readonly<Record<string, string>>): Record<string, string> {
  const { authorization, ...others } = headers;
  if (authorization === undefined) return others;
  const [word = '', ...rest] = authorization.split(' ');
  return { ...others, authorization: `${rest.length > 0 ? word : ''} …${authorization.slice(-4)}`.trim() };
}
