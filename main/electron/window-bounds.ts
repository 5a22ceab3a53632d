export type Bounds = Readonly<{ x: number; y: number; width: number; height: number }>;

export function isBounds(value: unknown): value is Bounds & { maximised?: unknown } {
  if (typeof value !== 'object' || value === null) return false;
  const candidate = value as Record<string, unknown>;
  return ['x', 'y', 'width', 'height'].every((name) => Number.isSafeInteger(candidate[name]));
}

/** What a screen of 1280×720 has at 200 % beside a task bar: a smaller one than that is no shop's. What is larger than its screen cannot be reached. */
export const WINDOW_MIN = { width: 640, height: 320 } as const;

/** A window that nobody has moved yet: a shop-counter PC's. */
const FIRST = { width: 1366, height: 768 } as const;

/** Enough of the title bar to take hold of. */
const VISIBLE_PX_MIN = 100;

/**
 * Where the window goes: its remembered place where that is still on a screen, moved and shrunk into that screen; null where
 * the screen it was on is gone.
 */
export function fitBounds(bounds: Bounds, workAreas: readonly Bounds[]): Bounds | null {
  for (const area of workAreas) {
    const overlapX = Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x);
    const overlapY = Math.min(bounds.y + bounds.height, area.y + area.height) - Math.max(bounds.y, area.y);
    if (overlapX < VISIBLE_PX_MIN || overlapY < VISIBLE_PX_MIN) continue;
    const width = Math.min(bounds.width, area.width);
    const height = Math.min(bounds.height, area.height);
    return {
      width,
      height,
      x: Math.min(Math.max(bounds.x, area.x), area.x + area.width - width),
      y: Math.min(Math.max(bounds.y, area.y), area.y + area.height - height),
    };
  }
  return null;
}

/** Where the window opens: where it was, else in the middle of the first screen. `workAreas`: the main screen's first. */
export function windowBounds(remembered: Bounds | null, workAreas: readonly Bounds[]): Bounds {
  const fitted = remembered && fitBounds(remembered, workAreas);
  if (fitted) return fitted;
  const [area = { x: 0, y: 0, ...FIRST }] = workAreas;
  const width = Math.min(FIRST.width, area.width);
  const height = Math.min(FIRST.height, area.height);
  return { width, height, x: area.x + Math.floor((area.width - width) / 2), y: area.y + Math.floor((area.height - height) / 2) };
}
