import type { ReactNode } from 'react'
import { StatusMark } from '../status-mark/StatusMark.tsx'
import classes from './Notice.module.css'

export interface NoticeProps {
  /** `error`: something failed. `warning`: look before you act. `info`: how things stand. */
  readonly tone?: 'info' | 'warning' | 'error'
  readonly children: ReactNode
  readonly action?: ReactNode
}

/** A line that interrupts: what is wrong, and what to do. Screen readers hear errors at once. */
export const Notice = ({ tone = 'info', children, action }: NoticeProps) => (
  <div className={classes.root} data-tone={tone} role={tone === 'error' ? 'alert' : 'status'}>
    {tone === 'error' ? <StatusMark mark="incident" /> : null}
    <div className={classes.text}>{children}</div>
    {action === undefined ? null : <div className={classes.action}>{action}</div>}
  </div>
)
