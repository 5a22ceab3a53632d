import { format } from 'node:util';

/** The title of one row of a table, as Vitest forms it: `%s` and its like from the row, `%#` its number, `$name` from its first value. */
export function titled(title: string, row: readonly unknown[], index: number): string {
  const counted = title.replaceAll('%#', String(index));
  const places = counted.match(/%[sdifjoO]/g)?.length ?? 0;
  return format(counted, ...row.slice(0, places)).replace(/\$([\w.]+)/g, (whole, path: string) => {
    let value: unknown = row[0];
    for (const key of path.split('.')) value = (value as Record<string, unknown> | null | undefined)?.[key];
    return value === undefined ? whole : String(value);
  });
}
