import type { ComponentPropsWithRef, ReactNode } from 'react'
import classes from './Row.module.css'

export interface RowProps extends Omit<ComponentPropsWithRef<'div'>, 'className'> {
  /** The row the reader is at: an accent bar at its edge. */
  readonly isCurrent?: boolean
  /** Chosen for an action on many. */
  readonly isSelected?: boolean
  /** No longer true and about to go: struck through, takes no press. */
  readonly isLeaving?: boolean
  readonly children: ReactNode
}

/**
 * One row of a list: hairline below, no card. A link inside with the class `rowLink` covers it whole, so that a press anywhere opens it and the
 * browser's own menu still offers "open in a new tab".
 */
export const Row = ({ isCurrent = false, isSelected = false, isLeaving = false, children, ...rest }: RowProps) => (
  <div
    {...rest}
    className={classes.row}
    data-current={isCurrent || undefined}
    data-selected={isSelected || undefined}
    data-leaving={isLeaving || undefined}
  >
    {children}
  </div>
)

/** Class of the link that covers its row. */
export const rowLink = classes.link ?? ''
/** Class of what stands above that link: checkboxes, buttons, further links. */
export const rowAbove = classes.above ?? ''
