const STEP_MINUTES = 30;
const DAY_MINUTES = 1440;

/** 300 → `05:00`. */
export const clockTime = (minutes: number): string => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** Every half hour at which a trading day may start, and the one in use even if it lies between. */
export function dayStarts(current: number): { id: string; text: string }[] {
  const halfHours = Array.from({ length: DAY_MINUTES / STEP_MINUTES }, (_, index) => index * STEP_MINUTES);
  const minutes = [...new Set([...halfHours, current])].sort((a, b) => a - b);
  return minutes.map((each) => ({ id: String(each), text: each === 0 ? `${clockTime(each)} (midnight)` : clockTime(each) }));
}
