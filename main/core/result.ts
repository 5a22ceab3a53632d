/** An expected failure is a value. A broken invariant throws. */
export type Result<T, E> = Readonly<{ ok: true; value: T }> | Readonly<{ ok: false; error: E }>;

export const ok = <T>(value: T): Readonly<{ ok: true; value: T }> => ({ ok: true, value });
export const err = <E>(error: E): Readonly<{ ok: false; error: E }> => ({ ok: false, error });

/** For the default branch of an exhaustive switch: unreachable while the union and the switch agree. */
export function never(value: never): never {
  throw new Error(`expected no other case, got ${JSON.stringify(value)}`);
}
