/** Where a key leads from a row, in a list of `count` rows of which `perPage` are in sight; null: the key means nothing here. */
export function placeAfterKey(key: string, place: number, count: number, perPage: number): number | null {
  const within = (wanted: number): number => Math.max(0, Math.min(count - 1, wanted));
  switch (key) {
    case 'ArrowDown':
      return within(place + 1);
    case 'ArrowUp':
      return within(place - 1);
    case 'PageDown':
      return within(place + perPage);
    case 'PageUp':
      return within(place - perPage);
    case 'Home':
      return 0;
    case 'End':
      return within(count - 1);
    default:
      return null;
  }
}

/** How far down the list has to be scrolled so that the row is in sight: as little as possible. */
export function scrollTopFor(place: number, rowHeight: number, scrollTop: number, height: number): number {
  const top = place * rowHeight;
  if (top < scrollTop) return top;
  return Math.max(scrollTop, top + rowHeight - height);
}
