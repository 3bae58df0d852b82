import { type KeyboardEvent, type PointerEvent, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './ListDivider.module.css'
import { MAX_WIDTH, MIN_WIDTH } from './use-list-width.ts'

export interface ListDividerProps {
  readonly width: number
  readonly onChange: (width: number) => void
  /** Dragging ended: worth keeping. */
  readonly onDone: (width: number) => void
}

const STEP = 24

/** The line between list and item: dragged, or moved with the arrow keys. */
export const ListDivider = ({ width, onChange, onDone }: ListDividerProps) => {
  const { t } = useTranslation()
  const start = useRef<{ readonly x: number; readonly width: number }>(undefined)
  const onPointerMove = (event: PointerEvent) => {
    if (start.current !== undefined) onChange(start.current.width + event.clientX - start.current.x)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? STEP : event.key === 'ArrowLeft' ? -STEP : 0
    if (step === 0) return
    event.preventDefault()
    onChange(width + step)
    onDone(width + step)
  }
  return (
    // A focusable separator is a widget by the ARIA specification.
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={t('inbox.divider')}
      aria-valuenow={width}
      aria-valuemin={MIN_WIDTH}
      aria-valuemax={MAX_WIDTH}
      tabIndex={0}
      className={classes.divider}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        start.current = { x: event.clientX, width }
      }}
      onPointerMove={onPointerMove}
      onPointerUp={() => {
        start.current = undefined
        onDone(width)
      }}
      onKeyDown={onKeyDown}
    />
  )
}
