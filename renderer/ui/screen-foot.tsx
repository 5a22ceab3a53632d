import type { ReactNode } from 'react';
import { useHeightAs } from './use-height-as.ts';

/** A screen's foot, at the window's lower edge: its buttons stay where they are when a message comes, which stands above it. */
export function ScreenFoot({ className, children }: Readonly<{ className: string; children: ReactNode }>) {
  return (
    <footer ref={useHeightAs('--foot-height')} className={`screen-foot ${className}`}>
      {children}
    </footer>
  );
}
