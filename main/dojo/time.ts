const TIMESTAMP = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,12}))?(Z|[+-]\d{2}:?\d{2})?$/i;
/** Dojo writes an unset date as year 1; nothing the till reads is older than Dojo itself. */
const YEAR_MIN = 2000;
/** Year 9999 is how some say never; with a zone behind it, it could even be a day that no date of four digits can name. */
const YEAR_MAX = 9998;

/** UTC epoch ms of a timestamp with any number of fraction digits, UTC where no zone is given; null: unset or not a time. */
export function timestampMs(value: unknown): number | null {
  const parts = typeof value === 'string' && value.length <= 50 ? TIMESTAMP.exec(value.trim()) : null;
  if (!parts) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1, 7).map(Number);
  if (year < YEAR_MIN || year > YEAR_MAX || hour > 23 || minute > 59 || second > 59) return null;
  const utcMs = Date.UTC(year, month - 1, day, hour, minute, second) + Number((parts[7] ?? '').padEnd(3, '0').slice(0, 3));
  const utc = new Date(utcMs);
  // Date.UTC rolls 31 February over into March; that is no date at all.
  if (utc.getUTCMonth() !== month - 1 || utc.getUTCDate() !== day) return null;
  return utcMs - offsetMs(parts[8]);
}

function offsetMs(zone: string | undefined): number {
  if (zone === undefined || zone === 'Z' || zone === 'z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000;
}

const TIMESPAN = /^(?:(\d{1,4})\.)?(\d{1,3}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?$/;

/**
 * `dd.hh:MM:ss` (specification, autoExpireIn) or `hh:MM:ss`, each with a fraction or without, in ms; null: absent, zero or something else.
 * Without days there may be more hours than a day has: not understood, a hold of three days would be taken for one of seven.
 */
export function timespanMs(value: unknown): number | null {
  const parts = typeof value === 'string' && value.length <= 50 ? TIMESPAN.exec(value.trim()) : null;
  if (!parts) return null;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = parts.slice(1, 5).map((part) => Number(part ?? 0));
  if ((hours > 23 && parts[1] !== undefined) || minutes > 59 || seconds > 59) return null;
  const ms = (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000 + Number((parts[5] ?? '').padEnd(3, '0').slice(0, 3));
  return ms > 0 ? ms : null;
}

const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/** UTC epoch ms of an HTTP date header; null where it is anything else. */
export function httpDateMs(value: string | undefined): number | null {
  if (value === undefined || !HTTP_DATE.test(value)) return null;
  const ms = Date.parse(value);
  return Number.isFinite(ms) && ms >= 0 ? ms : null;
}
