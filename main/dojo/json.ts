export type JsonRecord = Readonly<Record<string, unknown>>;

export const isRecord = (value: unknown): value is JsonRecord => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A text with something in it after cleaning, else null. */
export function textOf(value: unknown, clean: (text: string) => string): string | null {
  const text = typeof value === 'string' ? clean(value) : '';
  return text === '' ? null : text;
}

/** Absent and null are one to Dojo: every field of its schema may be either. */
export const isAbsent = (value: unknown): value is undefined | null => value === undefined || value === null;
