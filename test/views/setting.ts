import type { Setting, ShownAt } from '../../main/views/views.ts';
import { API_VERSION, LONDON, NOON_MS } from '../builders.ts';

/** A London shop at noon, online, with the newest version. */
export const setting: Setting & ShownAt = {
  nowMs: NOON_MS,
  monotonicMs: Number.POSITIVE_INFINITY,
  zone: LONDON,
  dayStartMinutes: 0,
  apiVersion: API_VERSION,
  online: true,
  offlineRefundMaxMinor: null,
};
