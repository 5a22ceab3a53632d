/** The windows of a shop's PC, by what a test's name calls them; the last two are what a page has there at 150 and 200 %. */
export const SIZES = Object.entries({
  '1920×1080': { width: 1920, height: 1080 },
  '1366×768': { width: 1366, height: 768 },
  '1024×600': { width: 1024, height: 600 },
  '911×512, as at 150 %': { width: 911, height: 512 },
  '683×384, as at 200 %': { width: 683, height: 384 },
});

export const DENSITIES = ['touch', 'compact'] as const;

export type Size = (typeof SIZES)[number][1];
