import type { ReactNode } from 'react';
import type { Tone } from '../words.ts';

type BannerProps = Readonly<{
  tone: Tone;
  title: string;
  children?: ReactNode;
  /** What stands under its words, in lines of its own. */
  below?: ReactNode;
  /** Buttons at its end. */
  actions?: ReactNode;
  /** Said at once by screen readers when it appears. */
  isUrgent?: boolean;
  /** Nothing is lost where it is read later: across the top of a small window it folds into one line with others. */
  mayFold?: boolean;
}>;

/** A line across the page that says something a person should know, with what to do about it beside it. */
export function Banner({ tone, title, children, below, actions, isUrgent = false, mayFold = false }: BannerProps) {
  return (
    <section className="banner" data-tone={tone} role={isUrgent ? 'alert' : 'status'} data-may-fold={mayFold || undefined}>
      <div className="banner-words">
        <strong className="banner-title">{title}</strong>
        {children ? <span className="banner-text">{children}</span> : null}
        {below}
      </div>
      {actions ? <div className="banner-actions">{actions}</div> : null}
    </section>
  );
}
