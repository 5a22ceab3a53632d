const STEP_MINUTES = 30;
const DAY_MINUTES = 1440;

/** 300 → `05:00`. */
export const clockTime = (minutes: number): string => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

type Option = Readonly<{ id: string; text: string }>;

/** Every half hour of a day, and the time in use even if it lies between. */
function halfHours(current: number | null): Option[] {
  const steps = Array.from({ length: DAY_MINUTES / STEP_MINUTES }, (_, index) => index * STEP_MINUTES);
  const minutes = [...new Set(current === null ? steps : [...steps, current])].sort((a, b) => a - b);
  return minutes.map((each) => ({ id: String(each), text: each === 0 ? `${clockTime(each)} (midnight)` : clockTime(each) }));
}

/** The times at which a trading day may start. */
export const dayStarts = (current: number): readonly Option[] => halfHours(current);

const NO_CLOSING = 'none';

/** The times at which a shop may close, or none. */
export const closingTimes = (current: number | null): readonly Option[] => [{ id: NO_CLOSING, text: 'No closing time' }, ...halfHours(current)];
export const closingId = (minutes: number | null): string => (minutes === null ? NO_CLOSING : String(minutes));
export const closingMinutesOf = (id: string): number | null => (id === NO_CLOSING ? null : Number(id));
