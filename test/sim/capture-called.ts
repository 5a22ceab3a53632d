import { UNNAMED_CAPTURE } from '../../main/core/payment/payment.ts';
import type { CaptureRecord } from '../../main/simulator/intent.ts';

/** The capture that a till calls so: by Dojo's id, by its number (2022-01-03), or by its time and amounts where no list gives an id. */
export function captureCalled(name: string | null, captures: readonly CaptureRecord[]): CaptureRecord | undefined {
  if (name === null) return undefined;
  if (!name.startsWith(UNNAMED_CAPTURE)) return captures.find(({ id, number }) => id === name || String(number) === name);
  const [atMs, amountMinor, tipsMinor, nth = 1] = name.slice(UNNAMED_CAPTURE.length).split('/').map(Number);
  const alike = captures.filter(
    (capture) => capture.createdAtMs === Math.floor(atMs ?? 0) && capture.amountMinor === amountMinor && capture.tipsMinor === tipsMinor,
  );
  return alike[nth - 1];
}
