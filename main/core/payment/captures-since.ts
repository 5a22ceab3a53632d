import { type Capture, isUnnamedCapture, likenessOf } from './payment.ts';

/** Of an unnamed capture's id: which of those alike it is stands last. */
const likenessOfId = (id: string): string => id.slice(0, id.lastIndexOf('/'));

/**
 * Captures that are not among those known by their ids. One that Dojo listed without an id and names by now is no new one: of those alike, by
 * time and amounts, as many as were listed so, less what is still listed so or was known by name.
 */
export function capturesSince(captures: readonly Capture[], known: ReadonlySet<string>): readonly Capture[] {
  const fresh = captures.filter(({ id }) => !known.has(id));
  const spare = new Map<string, number>();
  const count = (likeness: string, by: number) => spare.set(likeness, (spare.get(likeness) ?? 0) + by);
  for (const id of known) if (isUnnamedCapture({ id })) count(likenessOfId(id), 1);
  // There may be hundreds, and mostly each has its name.
  if (spare.size === 0) return fresh;
  for (const capture of captures) if (known.has(capture.id)) count(likenessOf(capture), -1);
  return fresh.filter((capture) => (count(likenessOf(capture), -1).get(likenessOf(capture)) ?? 0) < 0);
}
