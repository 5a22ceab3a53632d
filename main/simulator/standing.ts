import { matches, type RequestMatch, type RequestTarget } from './match.ts';

/** A refusal that lasts: until its time is over, or until it is taken out of the switches. */
export type Standing = Readonly<{
  /** 400, 401, 403, 404, 429, 500, 503: whatever Dojo may answer for long. */
  status: number;
  match?: RequestMatch;
  fromMs?: number;
  untilMs?: number;
  /** Seconds; or the header as it stands, a date. */
  retryAfter?: number | string;
  /** It is done all the same, and refused in words only. */
  afterCommit?: boolean;
}>;

export const standingFor = (all: readonly Standing[], target: RequestTarget, nowMs: number): Standing | null =>
  all.find(
    ({ match = {}, fromMs = Number.NEGATIVE_INFINITY, untilMs = Number.POSITIVE_INFINITY }) => fromMs <= nowMs && nowMs < untilMs && matches(match, target),
  ) ?? null;
