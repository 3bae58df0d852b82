import type { ReactNode } from 'react'
import { Icon } from '../icon/Icon.tsx'
import classes from './Chip.module.css'

export interface ChipProps {
  readonly children: ReactNode
  readonly onRemove?: (() => void) | undefined
  readonly removeLabel?: string | undefined
}

/** A filter that is on, with the way to take it off. */
export const Chip = ({ children, onRemove, removeLabel }: ChipProps) => (
  <span className={classes.chip}>
    <span className={classes.text}>{children}</span>
    {onRemove === undefined ? null : (
      <button type="button" className={classes.remove} aria-label={removeLabel} onClick={onRemove}>
        <Icon name="close" size={10} />
      </button>
    )}
  </span>
)
