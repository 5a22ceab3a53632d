import type { Said } from '../../main/simulator/answer.ts';
import type { World } from './world.ts';

/** One answer of Dojo's, before anything happens to it on its way. `key`: of a request that moves money. */
export type Met = Readonly<{ operation: string; paymentId: string; key: string | null; said: Said }>;

/** What an answer may leave out, or may not date. */
function countOdd({ journal, bank }: World, { said }: Met): void {
  const json = (said.json ?? {}) as Partial<Listed> & Readonly<{ data?: readonly Listed[] }>;
  const intents = json.data ?? (json.id && json.updatedAt ? [json as Listed] : []);
  if (said.did !== undefined && !JSON.stringify(json).includes(`"${said.did}"`)) journal.count('ids left out of answers');
  if (intents.some(({ captures }) => captures?.some(({ id }) => !id))) journal.count('ids left out of lists');
  const { updatedAt, searchLagMs } = bank.switches();
  if (updatedAt !== 'moves' && searchLagMs === 0 && intents.some((one) => dateOf(one) < (bank.intent(one.id)?.updatedAtMs ?? 0)))
    journal.count(updatedAt === 'servers-apart' ? 'servers seconds apart date a payment' : 'updatedAt stands still');
}
const dateOf = ({ updatedAt }: Listed): number => (updatedAt ? Date.parse(`${updatedAt.slice(0, 23)}Z`) : 0);

/** Counts what a till met of the questions that Dojo's documents leave open. */
export function countMet(world: World, met: Met): void {
  const { operation, paymentId, key, said } = met;
  const { journal, bank } = world;
  countOdd(world, met);
  if (operation === 'search' && said.status === 200) return countListed(world, (said.json as { data: readonly Listed[] }).data);
  if (operation === 'read' && said.status === 200 && isWithoutDetails(world, said.json as Listed)) journal.count('card and time come late');
  if (operation === 'read' && said.status === 200 && isReversedInPart(said.json as Listed))
    journal.count('a hold of which a part was captured ends as reversed');
  if (operation === 'read' && said.status === 200 && isLongWithTheBank(world, said.json as Listed)) journal.count('the bank answers late');
  if (operation !== 'refund' || key === null || !journal.byKey.has(key)) return;
  const { refundLimitBeforeKey } = bank.switches();
  const { detail = '' } = (said.json ?? {}) as { detail?: string };
  if (said.status === 200) journal.count('a refund asked again is answered 200');
  if (said.status === 409) journal.count(`a refund asked again is answered 409${detail.includes('in progress') ? ' while in progress' : ''}`);
  if (said.status === 400 && refundLimitBeforeKey) journal.count('a refund asked again is refused by its limit');
  if (said.status !== 200) journal.say('Dojo', () => `answers ${said.status} to a refund of ${paymentId} that it made before`);
}

const isReversedInPart = ({ status, captures }: Listed): boolean =>
  status === 'Reversed' && (captures ?? []).some((capture) => capture.status === 'Successful');

type Listed = Readonly<{
  id: string;
  status?: string;
  updatedAt?: string;
  captures?: readonly Readonly<{ id?: string | null; status: string; createdAt: string }>[] | null;
  paymentDetails?: unknown;
}>;

/** Longer than the bank takes on an ordinary day. */
const LONG_WITH_THE_BANK_MS = 10_000;
const isLongWithTheBank = ({ clock }: World, { captures }: Listed): boolean =>
  (captures ?? []).some(({ status, createdAt }) => status === 'Created' && Date.parse(createdAt) < clock.nowMs() - LONG_WITH_THE_BANK_MS);

function countListed(world: World, data: readonly Listed[]): void {
  const { journal, bank } = world;
  const { searchLagMs, searchCaptures } = bank.switches();
  if (searchLagMs > 0 && data.some((one) => dateOf(one) < (bank.intent(one.id)?.updatedAtMs ?? 0))) journal.count('a search lags behind');
  if (searchCaptures !== 'listed' && data.some(({ id, captures }) => !captures && (bank.intent(id)?.captures.length ?? 0) > 0))
    journal.count('a search leaves captures out');
  if (data.some(isReversedInPart)) journal.count('a hold of which a part was captured ends as reversed');
  if (data.some((one) => isLongWithTheBank(world, one))) journal.count('the bank answers late');
  if (data.some((one) => isWithoutDetails(world, one))) journal.count('card and time come late');
}

const isWithoutDetails = ({ bank }: World, { id, paymentDetails }: Listed): boolean =>
  paymentDetails === undefined && (bank.intent(id)?.paidAtMs ?? null) !== null;
