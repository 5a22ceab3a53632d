import type { ReactNode } from 'react';

type EmptyProps = Readonly<{ title: string; children?: ReactNode; actions?: ReactNode }>;

/** What is said where a list has nothing to show: why, and what to do. */
export function Empty({ title, children, actions }: EmptyProps) {
  return (
    <div className="empty">
      <p className="empty-title">{title}</p>
      {children ? <p className="empty-text">{children}</p> : null}
      {actions ? <div className="empty-actions">{actions}</div> : null}
    </div>
  );
}
