import type { z } from 'zod';

/** What a fact of the ledger says. null and what cannot be read are nothing: told twice is better than not at all. */
export function keptIn<T>(fact: string | null, schema: z.ZodType<T>, nothing: T): T {
  try {
    const parsed = schema.safeParse(JSON.parse(fact ?? '{}'));
    return parsed.success ? parsed.data : nothing;
  } catch {
    return nothing;
  }
}
