/** Every time zone this machine knows, and the one in use even if it is not among them. */
export function zonesWith(current: string): string[] {
  const known = Intl.supportedValuesOf('timeZone');
  return [...new Set([...known, 'UTC', current])].sort((a, b) => a.localeCompare(b));
}
