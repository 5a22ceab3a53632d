import { type ReactNode, useLayoutEffect, useRef } from 'react';

/** A screen's foot, at the window's lower edge: its buttons stay where they are when a message comes, which stands above it. */
export function ScreenFoot({ className, children }: Readonly<{ className: string; children: ReactNode }>) {
  const foot = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const element = foot.current;
    if (!element) return;
    const { style } = document.documentElement;
    // Whole pixels, so that no line of a row shows between a message and the foot.
    const measure = () => style.setProperty('--foot-height', `${Math.floor(element.getBoundingClientRect().height)}px`);
    measure();
    const resized = new ResizeObserver(measure);
    resized.observe(element, { box: 'border-box' });
    return () => {
      resized.disconnect();
      style.removeProperty('--foot-height');
    };
  }, []);
  return (
    <footer ref={foot} className={`screen-foot ${className}`}>
      {children}
    </footer>
  );
}
