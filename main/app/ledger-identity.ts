import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { TillError } from '../../preload/contract.ts';
import { err, ok, type Result } from '../core/result.ts';
import { words } from '../core/words.ts';
import type { Home, Place, Unsealed } from '../ports/home.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { Log } from '../ports/log.ts';
import type { Random } from '../ports/random.ts';
import { refusedByDisk } from './disk-failure.ts';

export type LedgerIdentity = Readonly<{
  /**
   * Sees to it that this ledger may send: it lies where it was written, or its open actions were handed to a person. Comes before
   * anything that leaves the till, and asks once in a run. An error: it could not be written down, and nothing may be sent.
   */
  settle(): Promise<Result<null, TillError>>;
  /** The same at a start without a key: what is sure is done, so that the screen tells it; what is not waits for `settle`. */
  lookAround(): Promise<void>;
}>;

/** The fact that says where the ledger was last at home. */
const HOME = 'home';

const writtenHome = z.strictObject({
  path: z.string(),
  machineId: z.string().nullable(),
  /** The token as secure storage sealed it, and what tells that it was opened rightly; null: there was no secure storage. */
  token: z.strictObject({ sealed: z.string(), sum: z.string() }).nullable(),
});
type WrittenHome = z.infer<typeof writtenHome>;

/** A wrong key may well open something: storage that does not sign what it keeps gives back noise. */
const sumOf = (token: string): string => createHash('sha256').update(token).digest('hex');

type Whereabouts = 'at-home' | 'elsewhere' | 'unsure';

/**
 * A ledger is at home where its path is the same and this user's secure storage opens its token. Where there is no secure storage
 * to ask, or none sealed a token, the machine has to be the same instead; and another machine is another place in any case. Storage
 * that is not there, and a machine that cannot be told, may be there in a moment: that is not sure.
 */
function whereabouts(written: WrittenHome, place: Place, unsealed: Unsealed): Whereabouts {
  if (written.path !== place.path) return 'elsewhere';
  if (written.machineId !== null && place.machineId !== null && written.machineId !== place.machineId) return 'elsewhere';
  switch (unsealed.kind) {
    case 'opened':
      return sumOf(unsealed.token) === written.token?.sum ? 'at-home' : 'elsewhere';
    case 'unreadable':
      return 'elsewhere';
    case 'none':
      if (written.machineId === null) return written.token === null ? 'at-home' : 'unsure';
      return written.machineId === place.machineId ? 'at-home' : 'unsure';
  }
}

export function createLedgerIdentity({
  ledger,
  home,
  random,
  nowMs,
  log,
  onMoved,
}: Readonly<{
  ledger: Pick<Ledger, 'readFact' | 'writeFact' | 'handOver' | 'tillId'>;
  home: Home;
  random: Random;
  nowMs: () => number;
  log: Log;
  /** The open actions are a person's on the disk: whoever has them in memory follows. */
  onMoved: () => void;
}>): LedgerIdentity {
  let isSettled = false;

  function written(): WrittenHome | 'none' | 'unreadable' {
    const fact = ledger.readFact(HOME);
    if (fact === null) return 'none';
    try {
      return writtenHome.parse(JSON.parse(fact));
    } catch {
      return 'unreadable';
    }
  }

  async function made(place: Place): Promise<WrittenHome> {
    const token = random.uuid();
    const sealed = await home.seal(token);
    return { ...place, token: sealed === null ? null : { sealed, sum: sumOf(token) } };
  }

  function noted(now: WrittenHome): Result<Whereabouts, TillError> {
    const put = ledger.writeFact(HOME, JSON.stringify(now));
    if (put.ok) return ok('at-home');
    log.warn(`the ledger's home could not be written: ${put.error.code}`);
    return err(refusedByDisk(put.error));
  }

  /** `mustKnow`: something is about to be sent, so that what is not sure counts as elsewhere. */
  async function compare(mustKnow: boolean): Promise<Result<Whereabouts, TillError>> {
    const place = await home.place();
    const before = written();
    // A ledger from before this was written: what is open in it was decided without a record of its payment, and asks a person by that.
    // The note comes before anything is sent: without one a copy would be at home as well.
    if (before === 'none') return noted(await made(place));
    const unsealed: Unsealed = before !== 'unreadable' && before.token ? await home.unseal(before.token.sealed) : { kind: 'none' };
    const where = before === 'unreadable' ? 'elsewhere' : whereabouts(before, place, unsealed);
    if (before !== 'unreadable' && where === 'at-home') return refreshed(before, place, unsealed);
    return where === 'unsure' && !mustKnow ? ok(where) : handOver(place);
  }

  /** What is better known by now is written: a machine that can be told, a storage that seals, or seals anew. */
  async function refreshed(before: WrittenHome, { path, machineId }: Place, unsealed: Unsealed): Promise<Result<Whereabouts, TillError>> {
    const place = { path, machineId: machineId ?? before.machineId };
    const mustSeal = before.token === null || (unsealed.kind === 'opened' && unsealed.again);
    const token = (mustSeal ? (await made(place)).token : null) ?? before.token;
    // Where it cannot be written now, the next start writes it: a copy is told by the note that is there.
    if (token !== before.token || place.machineId !== before.machineId) noted({ ...place, token });
    return ok('at-home');
  }

  async function handOver(place: Place): Promise<Result<Whereabouts, TillError>> {
    const tillId = random.uuid();
    const left = { atMs: nowMs(), accountId: null, paymentId: null, actionId: null };
    const handed = ledger.handOver({
      atMs: left.atMs,
      accountId: null,
      code: 'moved',
      said: words.needsPerson.moved,
      facts: { [HOME]: JSON.stringify(await made(place)) },
      newTillId: tillId,
      key: null,
      activity: [{ ...left, what: 'moved', note: `till ${ledger.tillId()} goes on as till ${tillId}` }],
    });
    if (!handed.ok) return err(refusedByDisk(handed.error));
    log.warn('the ledger finds itself elsewhere: its open actions were handed to a person');
    onMoved();
    return ok('elsewhere');
  }

  return {
    async settle() {
      if (isSettled) return ok(null);
      const compared = await compare(true);
      isSettled = compared.ok;
      return compared.ok ? ok(null) : compared;
    },
    async lookAround() {
      const compared = await compare(false);
      // At home without its storage's word is asked again: it may have another one when it comes.
      isSettled = compared.ok && compared.value === 'elsewhere';
      if (!compared.ok) log.warn(`where the ledger finds itself could not be written: ${compared.error.code}`);
    },
  };
}
