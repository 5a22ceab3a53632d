import { type RefObject, useLayoutEffect, useRef } from 'react';

type Property = '--band-height' | '--foot-height' | '--dialog-foot-height';

/** Those that are there, in the order in which they came: the last one counts, as the dialog on top of another does. */
const placed = new Map<Property, HTMLElement[]>();

/** Keeps the height of an element for the styles of what stands above or below it. */
export function useHeightAs<T extends HTMLElement>(property: Property): RefObject<T | null> {
  const ref = useRef<T>(null);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    placed.set(property, [...(placed.get(property) ?? []), element]);
    measure(property);
    const resized = new ResizeObserver(() => measure(property));
    resized.observe(element, { box: 'border-box' });
    return () => {
      resized.disconnect();
      placed.set(
        property,
        (placed.get(property) ?? []).filter((other) => other !== element),
      );
      measure(property);
    };
  }, [property]);
  return ref;
}

function measure(property: Property): void {
  const { style } = document.documentElement;
  const last = placed.get(property)?.at(-1);
  // Whole pixels, so that no line of a row shows between a message and what it stands on.
  if (last) style.setProperty(property, `${Math.floor(last.getBoundingClientRect().height)}px`);
  else style.removeProperty(property);
}
