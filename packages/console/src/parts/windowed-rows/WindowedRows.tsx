import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, type Ref, useEffect, useImperativeHandle, useRef } from 'react'
import classes from './WindowedRows.module.css'

export interface WindowedRowsHandle {
  /** Brings a row into view and gives the focus to its link. */
  focus(id: string): void
}

export interface WindowedRowsProps<T extends { readonly id: string }> {
  readonly ref?: Ref<WindowedRowsHandle>
  readonly label: string
  readonly rows: readonly T[]
  /** Rows of the list that come before the first one given. */
  readonly rowsBefore?: number
  readonly rowHeight: number
  readonly renderRow: (row: T) => ReactNode
  /** The end of what is given is near. */
  readonly onNearEnd?: (() => void) | undefined
  readonly onNearStart?: (() => void) | undefined
  /** Above the rows, and always in view: column titles. */
  readonly head?: ReactNode
  /** After the last row. */
  readonly foot?: ReactNode
}

/** Rows before either end at which more are asked for: more than a second of fast scrolling. */
const NEAR_ROWS = 120

/** A list of any length: only the rows in view are on the page. */
export const WindowedRows = <T extends { readonly id: string }>(props: WindowedRowsProps<T>) => {
  const { ref, label, rows, rowsBefore = 0, rowHeight, renderRow, onNearEnd, onNearStart, head, foot } = props
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: rowsBefore + rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (at) => rows[at - rowsBefore]?.id ?? at,
    overscan: 20,
  })
  useEffect(() => virtual.measure(), [virtual, rowHeight])
  useImperativeHandle(ref, () => ({
    focus(id) {
      const at = rows.findIndex((row) => row.id === id)
      if (at < 0) return
      virtual.scrollToIndex(rowsBefore + at, { align: 'auto' })
      requestAnimationFrame(() =>
        scroller.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`)?.focus({ preventScroll: true }),
      )
    },
  }))
  const items = virtual.getVirtualItems()
  const [first, last] = [items[0]?.index ?? 0, items.at(-1)?.index ?? 0]
  const isNearEnd = last > rowsBefore + rows.length - NEAR_ROWS
  const isNearStart = first < rowsBefore + NEAR_ROWS && rowsBefore > 0
  useEffect(() => {
    if (isNearEnd) onNearEnd?.()
  }, [isNearEnd, onNearEnd, rows.length])
  useEffect(() => {
    if (isNearStart) onNearStart?.()
  }, [isNearStart, onNearStart, rowsBefore])
  return (
    <div ref={scroller} className={classes.scroller} data-testid="rows">
      {head}
      <div role="list" aria-label={label} className={classes.rows} style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const row = rows[item.index - rowsBefore]
          if (row === undefined) return null
          return (
            <div
              key={item.key}
              role="listitem"
              aria-posinset={item.index + 1}
              aria-setsize={-1}
              className={classes.line}
              style={{ transform: `translateY(${item.start}px)`, height: item.size }}
            >
              {renderRow(row)}
            </div>
          )
        })}
      </div>
      {foot}
    </div>
  )
}
