export type ZoneOption = Readonly<{ id: string; text: string }>;

/** Every time zone this machine knows, and the one in use even if it is not among them. */
export function zoneOptions(current: string): ZoneOption[] {
  const ids = [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', current])].sort((a, b) => a.localeCompare(b));
  return ids.map((id) => ({ id, text: id.replaceAll('_', ' ') }));
}

/** Whether a zone stays on the list while this is typed. */
export const isZoneLike = (text: string, typed: string): boolean => text.toLowerCase().includes(typed.trim().toLowerCase());

/** The zone that somebody typed without choosing it: by its name, its city's, or a part that no other zone has. Nothing is guessed. */
export function zoneTyped(options: readonly ZoneOption[], typed: string): Readonly<{ kind: 'one'; id: string }> | Readonly<{ kind: 'several' | 'none' }> {
  const like = options.filter(({ text }) => isZoneLike(text, typed));
  const name = typed.trim().toLowerCase();
  const byName = like.filter(({ text }) => text.toLowerCase() === name);
  const byCity = like.filter(({ text }) => text.toLowerCase().split('/').at(-1) === name);
  const [zone] = [byName, byCity, like].find(({ length }) => length === 1) ?? [];
  return zone ? { kind: 'one', id: zone.id } : { kind: like.length > 0 ? 'several' : 'none' };
}
