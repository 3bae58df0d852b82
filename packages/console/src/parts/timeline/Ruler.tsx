import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { offsetAt } from '../form/schema/zoned-time.ts'
import { spanText } from './span-text.ts'
import classes from './Timeline.module.css'
import { tickFormat, ticksOf } from './ticks.ts'
import { FOLD_WIDTH, type TimeScale, type TimeWindow } from './time-scale.ts'
import { useWords } from './words.ts'

export interface RulerProps {
  readonly scale: TimeScale
  /** IANA name of the reader's zone. */
  readonly zone: string
  /** A stretch was marked with the pointer. */
  readonly onMark: (window: TimeWindow) => void
}

const HEIGHT = 24
/** A shorter drag is a click that slipped. */
const LEAST_DRAG = 6

/** Round times along the top, folds with how much they hide; dragging marks a window to zoom to. */
export const Ruler = ({ scale, zone, onMark }: RulerProps) => {
  const t = useWords()
  const { i18n } = useTranslation()
  const language = i18n.language ?? 'en'
  const [drag, setDrag] = useState<{ readonly from: number; readonly to: number }>()
  const { ticks, stepMs } = useMemo(() => ticksOf(scale, (offsetAt(scale.window.fromMs, zone) ?? 0) * 60_000), [scale, zone])
  const xOf = (event: React.PointerEvent) => event.clientX - event.currentTarget.getBoundingClientRect().left
  return (
    <svg
      className={classes.ruler}
      height={HEIGHT}
      aria-hidden="true"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        setDrag({ from: xOf(event), to: xOf(event) })
      }}
      onPointerMove={(event) => {
        if (drag !== undefined) setDrag({ from: drag.from, to: xOf(event) })
      }}
      onPointerUp={() => {
        if (drag !== undefined && Math.abs(drag.to - drag.from) >= LEAST_DRAG) {
          onMark({ fromMs: scale.msOf(Math.min(drag.from, drag.to)), toMs: scale.msOf(Math.max(drag.from, drag.to)) })
        }
        setDrag(undefined)
      }}
    >
      {ticks.map(({ ms, x, isDay }) => (
        <g key={ms}>
          <line x1={x} x2={x} y1={16} y2={HEIGHT} className={classes.tick} />
          <text x={x + 4} y={14} className={isDay ? classes.day : classes.time}>
            {tickFormat(language, zone, { stepMs, isDay }).format(ms)}
          </text>
        </g>
      ))}
      {scale.folds.map((fold) => (
        <g key={fold.fromMs}>
          <title>{t('fold', { span: spanText(fold.toMs - fold.fromMs, language) })}</title>
          <rect x={fold.x} y={0} width={FOLD_WIDTH} height={HEIGHT} className={classes.fold} />
          <path d={`M${fold.x + 5} 17l4 -10M${fold.x + 11} 17l4 -10`} className={classes.break} />
        </g>
      ))}
      {drag === undefined ? null : (
        <rect x={Math.min(drag.from, drag.to)} y={0} width={Math.abs(drag.to - drag.from)} height={HEIGHT} className={classes.mark} />
      )}
    </svg>
  )
}
