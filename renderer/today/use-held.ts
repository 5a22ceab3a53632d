import { type RefObject, useEffect, useState } from 'react';

/** A pointer that rests this long no longer holds the list. */
const RESTED_MS = 4_000;

/** Whether a person has a pointer or a finger on the element just now. */
export function useHeld(ref: RefObject<HTMLElement | null>): boolean {
  const [isHeld, setIsHeld] = useState(false);
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isPressed = false;
    const letGo = () => {
      clearTimeout(timer);
      isPressed = false;
      setIsHeld(false);
    };
    const touch = () => {
      clearTimeout(timer);
      setIsHeld(true);
      timer = setTimeout(() => (isPressed ? touch() : setIsHeld(false)), RESTED_MS);
    };
    const press = () => {
      isPressed = true;
      touch();
    };
    const release = () => {
      isPressed = false;
    };
    const leave = (event: PointerEvent) => {
      // A finger “leaves” as it lifts; the next touch may follow at once.
      if (event.pointerType === 'mouse' && !isPressed) letGo();
    };
    element.addEventListener('pointermove', touch, { passive: true });
    element.addEventListener('wheel', touch, { passive: true });
    element.addEventListener('pointerdown', press, true);
    element.addEventListener('pointerleave', leave);
    window.addEventListener('pointerup', release, true);
    window.addEventListener('pointercancel', release, true);
    return () => {
      clearTimeout(timer);
      element.removeEventListener('pointermove', touch);
      element.removeEventListener('wheel', touch);
      element.removeEventListener('pointerdown', press, true);
      element.removeEventListener('pointerleave', leave);
      window.removeEventListener('pointerup', release, true);
      window.removeEventListener('pointercancel', release, true);
    };
  }, [ref]);
  return isHeld;
}
