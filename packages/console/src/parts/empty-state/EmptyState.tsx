import type { ReactNode } from 'react'
import classes from './EmptyState.module.css'

export interface EmptyStateProps {
  readonly title: ReactNode
  /** What to do next, in a sentence. */
  readonly children?: ReactNode
  readonly action?: ReactNode
}

/** Nothing here: says so, and what to do next. */
export const EmptyState = ({ title, children, action }: EmptyStateProps) => (
  <div className={classes.root}>
    <svg viewBox="0 0 64 20" width="64" height="20" className={classes.water} aria-hidden="true">
      <path d="M2 6c8 0 8 6 15 6s8-6 15-6 8 6 15 6 8-6 15-6" />
      <path d="M2 13c8 0 8 6 15 6s8-6 15-6 8 6 15 6 8-6 15-6" />
    </svg>
    <p className={classes.title}>{title}</p>
    {children === undefined ? null : <div className={classes.text}>{children}</div>}
    {action === undefined ? null : <div className={classes.action}>{action}</div>}
  </div>
)
