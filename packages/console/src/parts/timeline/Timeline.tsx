import type { TimelineRow } from '@millrace/protocol'
import { useCallback, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { Button } from '../button/Button.tsx'
import { Legend } from './Legend.tsx'
import { ROW_HEIGHT, Row } from './Row.tsx'
import { Ruler } from './Ruler.tsx'
import classes from './Timeline.module.css'
import { FOLD_WIDTH, panned, type TimeWindow, timeScale, waitsOf, zoomed } from './time-scale.ts'
import { useWords } from './words.ts'

export interface TimelineProps {
  /** Of the instance, for screen readers. */
  readonly title: string
  /** Rows that are here, one after the other, in the order in which their steps began. */
  readonly rows: readonly TimelineRow[]
  /** Rows before the first and after the last that are not here: they keep their room and are asked for when they come into sight. */
  readonly left?: { readonly before: number; readonly after: number }
  readonly onMore?: (where: 'before' | 'after') => void
  /** First and last moment of the whole. */
  readonly whole: TimeWindow
  /** Where what still lasts ends for now. */
  readonly nowMs: number
  /** The part that is shown; the whole unless said. */
  readonly window?: TimeWindow | undefined
  readonly onWindow?: (window: TimeWindow | undefined) => void
  readonly selected?: number | undefined
  readonly onSelect?: (step: number) => void
  readonly isWaitingHidden?: boolean
  readonly onHideWaiting?: (isHidden: boolean) => void
  /** Stretches in which the instance only waits; worked out from the rows that are here unless said. */
  readonly waits?: readonly TimeWindow[]
  /** IANA name of the reader's zone; the browser's unless said. */
  readonly zone?: string
}

/** Width of the names, as in Timeline.module.css. */
const NAMES = 200
const NOTHING_LEFT = { before: 0, after: 0 }
/** Rows drawn beyond those in sight, so that scrolling meets no gap. */
const MORE_ROWS = 12
const ZOOM = 0.6
const PAN = 0.25

/**
 * Where the time of an instance went: a row a step, drawn only where it is in sight, so ten thousand rows scroll as ten do. Fills its parent, which needs a
 * height.
 *
 * Keys: up, down, Home, End and Page go through the steps, left and right move the window, `+` `-` zoom, `0` shows all, `w` hides waiting.
 */
export const Timeline = (props: TimelineProps) => {
  const { title, rows, left = NOTHING_LEFT, onMore, whole, nowMs, window = whole, onWindow, selected, onSelect } = props
  const { isWaitingHidden = false, onHideWaiting, waits } = props
  const zone = props.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone
  const t = useWords()
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const { size, first, last } = useRowsInSight(list, left.before + rows.length + left.after)
  const count = left.before + rows.length + left.after
  const scale = useMemo(
    () => timeScale(window, Math.max(100, size.width - NAMES), isWaitingHidden ? (waits ?? waitsOf(rows, whole, nowMs)) : []),
    [window, size.width, isWaitingHidden, waits, rows, whole, nowMs],
  )

  const needsBefore = first < left.before
  const needsAfter = last >= left.before + rows.length && left.after > 0
  useEffect(() => {
    if (needsBefore) onMore?.('before')
    if (needsAfter) onMore?.('after')
    // Anew with every list of rows: one answer may not be enough.
  }, [needsBefore, needsAfter, rows, onMore])

  const openAt = useRef({ before: left.before, rows: rows.length, selected: rows.findIndex((row) => row.step === selected) })
  // Opens on the step in question; else where the rows are, which are the last ones of a long instance.
  useLayoutEffect(() => {
    const { before, rows: here, selected: chosen } = openAt.current
    if (chosen !== -1) showRow(list.current, before + chosen)
    else if (before > 0) showRow(list.current, before + here - 1)
  }, [])

  const selectedIndex = rows.findIndex((row) => row.step === selected)
  const goTo = useCallback(
    (index: number) => {
      const row = rows[Math.max(0, Math.min(rows.length - 1, index))]
      if (row === undefined) return
      onSelect?.(row.step)
      showRow(list.current, left.before + rows.indexOf(row))
    },
    [rows, left.before, onSelect],
  )
  const select = useCallback((step: number) => onSelect?.(step), [onSelect])
  const zoom = (by: number, aroundMs = (window.fromMs + window.toMs) / 2) => onWindow?.(zoomed(window, whole, { by, aroundMs }))
  const page = Math.max(1, Math.floor(size.height / ROW_HEIGHT) - 2)
  const keys: Readonly<Record<string, () => void>> = {
    ArrowDown: () => goTo(selectedIndex + 1),
    ArrowUp: () => goTo(selectedIndex === -1 ? 0 : selectedIndex - 1),
    PageDown: () => goTo(selectedIndex + page),
    PageUp: () => goTo(selectedIndex - page),
    Home: () => goTo(0),
    End: () => goTo(rows.length - 1),
    ArrowLeft: () => onWindow?.(panned(window, whole, -PAN)),
    ArrowRight: () => onWindow?.(panned(window, whole, PAN)),
    '+': () => zoom(ZOOM),
    '=': () => zoom(ZOOM),
    '-': () => zoom(1 / ZOOM),
    '0': () => onWindow?.(undefined),
    w: () => onHideWaiting?.(!isWaitingHidden),
  }

  if (count === 0) return <p className={classes.empty}>{t('empty')}</p>
  const shown = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i)
  return (
    <div className={classes.timeline}>
      <div className={classes.head}>
        <div className={classes.corner}>
          <label className={classes.hide}>
            <input type="checkbox" checked={isWaitingHidden} onChange={(event) => onHideWaiting?.(event.currentTarget.checked)} />
            {t('hideWaiting')}
          </label>
        </div>
        <Ruler scale={scale} zone={zone} onMark={(marked) => onWindow?.(marked)} />
      </div>
      <div
        ref={list}
        role="listbox"
        tabIndex={0}
        className={classes.list}
        aria-label={t('label', { title })}
        aria-describedby={`${id}-keys`}
        aria-activedescendant={selectedIndex === -1 ? undefined : `${id}-${selected}`}
        onKeyDown={(event) => {
          const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : keys[event.key]
          if (act === undefined) return
          event.preventDefault()
          act()
        }}
      >
        <div className={classes.rows} style={{ height: count * ROW_HEIGHT }}>
          {scale.folds.map((fold) => (
            <div key={fold.fromMs} className={classes.foldColumn} style={{ left: NAMES + fold.x, width: FOLD_WIDTH }} />
          ))}
          {nowMs >= window.fromMs && nowMs <= window.toMs ? (
            <div className={classes.now} style={{ left: NAMES + scale.xOf(nowMs) }} title={t('now')} />
          ) : null}
          {shown.map((index) => {
            const row = rows[index - left.before]
            return (
              <Row
                key={row === undefined ? `at ${index}` : row.step}
                id={`${id}-${row?.step ?? `at-${index}`}`}
                row={row}
                index={index}
                count={count}
                scale={scale}
                nowMs={nowMs}
                isSelected={row !== undefined && row.step === selected}
                onSelect={select}
              />
            )
          })}
        </div>
      </div>
      <p id={`${id}-keys`} className="mr-unseen">
        {t('keys')}
      </p>
      <div className={classes.foot}>
        <Legend rows={rows} />
        <div className={classes.tools}>
          <Button look="quiet" size="small" isIcon aria-label={t('zoomOut')} title={t('zoomOut')} onClick={() => zoom(1 / ZOOM)}>
            −
          </Button>
          <Button look="quiet" size="small" isIcon aria-label={t('zoomIn')} title={t('zoomIn')} onClick={() => zoom(ZOOM)}>
            +
          </Button>
          <Button
            look="quiet"
            size="small"
            onClick={() => onWindow?.(undefined)}
            disabled={window.fromMs === whole.fromMs && window.toMs === whole.toMs}
          >
            {t('all')}
          </Button>
        </div>
      </div>
      <WheelZoom list={list} onZoom={(by, x) => zoom(by, scale.msOf(x - NAMES))} />
    </div>
  )
}

/** Ctrl and the wheel (or two fingers) zoom around the pointer. React's own listeners are passive: they could not keep the page from zooming. */
const WheelZoom = ({
  list,
  onZoom,
}: {
  readonly list: React.RefObject<HTMLDivElement | null>
  readonly onZoom: (by: number, x: number) => void
}) => {
  const latest = useRef(onZoom)
  useLayoutEffect(() => {
    latest.current = onZoom
  }, [onZoom])
  useEffect(() => {
    const element = list.current
    if (element === null) return undefined
    const onWheel = (event: WheelEvent) => {
      if (!event.ctrlKey) return
      event.preventDefault()
      latest.current(event.deltaY < 0 ? 0.8 : 1.25, event.clientX - element.getBoundingClientRect().left)
    }
    element.addEventListener('wheel', onWheel, { passive: false })
    return () => element.removeEventListener('wheel', onWheel)
  }, [list])
  return null
}

interface Size {
  readonly width: number
  readonly height: number
}

/** Before it is measured, and where nothing is (tests). */
const UNMEASURED: Size = { width: 900, height: 400 }

/** The rows to draw: those in sight and some more. Changes only when a row comes into sight, not with every pixel. */
const useRowsInSight = (list: React.RefObject<HTMLDivElement | null>, count: number) => {
  const [size, setSize] = useState(UNMEASURED)
  const [top, setTop] = useState(0)
  const hasRows = count > 0
  useLayoutEffect(() => {
    const element = list.current
    if (element === null || !hasRows) return undefined
    const measure = () => {
      const { clientWidth: width, clientHeight: height } = element
      if (width > 0 && height > 0) setSize((before) => (before.width === width && before.height === height ? before : { width, height }))
    }
    const scrolled = () => setTop(Math.floor(element.scrollTop / ROW_HEIGHT))
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    element.addEventListener('scroll', scrolled, { passive: true })
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', scrolled)
    }
  }, [list, hasRows])
  const first = Math.max(0, Math.min(top, count - 1) - MORE_ROWS)
  const last = Math.min(count - 1, top + Math.ceil(size.height / ROW_HEIGHT) + MORE_ROWS)
  return { size, first, last }
}

function showRow(list: HTMLDivElement | null, index: number): void {
  if (list === null) return
  const top = index * ROW_HEIGHT
  if (top < list.scrollTop) list.scrollTop = top
  else if (top + ROW_HEIGHT > list.scrollTop + list.clientHeight) list.scrollTop = top + ROW_HEIGHT - list.clientHeight
}
