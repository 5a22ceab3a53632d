import { err, ok, type Result } from '../core/result.ts';
import type { Intent, Refusal } from './intent.ts';
import { refusals } from './refusals.ts';
import type { Switches } from './switches.ts';
import { shownUpdatedAtMs } from './updated-at.ts';

export type SearchQuery = Readonly<{
  statuses?: readonly string[] | null | undefined;
  startAtMs?: number | null | undefined;
  endAtMs?: number | null | undefined;
  limit?: number | undefined;
  before?: string | null | undefined;
  after?: string | null | undefined;
}>;
export type SearchPage = Readonly<{ intents: readonly Intent[]; before: string | null; after: string | null }>;

const LIMIT_DEFAULT = 50;

/** A cursor is opaque to clients: a place in the list, or the payment it stands on. */
type Cursor = Readonly<{ place: number } | { atMs: number; id: string }>;

const written = (cursor: Cursor): string => btoa(JSON.stringify(cursor)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

/** Leads to the first page again. */
export const FIRST_PAGE_CURSOR = written({ place: 0 });

function read(text: string): Cursor | null {
  try {
    const found: unknown = JSON.parse(atob(text.replaceAll('-', '+').replaceAll('_', '/')));
    if (typeof found !== 'object' || found === null) return null;
    if ('place' in found && Number.isSafeInteger(found.place)) return { place: Number(found.place) };
    return 'atMs' in found && 'id' in found ? { atMs: Number(found.atMs), id: String(found.id) } : null;
  } catch {
    return null;
  }
}

/** `newestFirst`: this account's intents, sorted. Pages count places unless cursors are stable, so they shift while payments arrive. */
export function search(newestFirst: readonly Intent[], query: SearchQuery, switches: Switches): Result<SearchPage, Refusal> {
  if (query.before && query.after) return err(refusals.invalid('cursor', 'before and after are mutually exclusive.'));
  const dateOf = (intent: Intent) => (switches.searchDatesMeanUpdated ? (shownUpdatedAtMs(intent, switches) ?? intent.updatedAtMs) : intent.createdAtMs);
  const found = newestFirst.filter(
    (intent) =>
      (!query.statuses?.length || query.statuses.includes(intent.status)) &&
      dateOf(intent) >= (query.startAtMs ?? Number.NEGATIVE_INFINITY) &&
      dateOf(intent) <= (query.endAtMs ?? Number.POSITIVE_INFINITY),
  );
  if (switches.searchOldestFirst) found.reverse();

  const limit = query.limit ?? LIMIT_DEFAULT;
  const text = query.after ?? query.before;
  const cursor = text ? read(text) : { place: 0 };
  if (!cursor) return err(refusals.invalid('cursor', 'The cursor is not valid.'));
  const placeOf = (standing: Cursor): number => {
    if ('place' in standing) return standing.place;
    const place = found.findIndex((intent) => intent.id === standing.id);
    // The payment may have left the list (its status changed): go on where it stood.
    return place >= 0
      ? place
      : found.filter((intent) => (switches.searchOldestFirst ? intent.createdAtMs < standing.atMs : intent.createdAtMs > standing.atMs)).length;
  };
  const start = Math.max(0, query.before ? placeOf(cursor) - limit : placeOf(cursor));
  const end = query.before ? placeOf(cursor) : start + limit;
  const standingAt = (place: number): string => {
    const intent = found[place];
    return written(switches.stableCursors && intent ? { atMs: intent.createdAtMs, id: intent.id } : { place });
  };
  return ok({ intents: found.slice(start, end), before: start > 0 ? standingAt(start) : null, after: end < found.length ? standingAt(end) : null });
}
