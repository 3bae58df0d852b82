import type { TimelineRow } from '@millrace/protocol'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { SpanShape } from './SpanShape.tsx'
import { spanText } from './span-text.ts'
import classes from './Timeline.module.css'
import type { TimeScale } from './time-scale.ts'
import { useWords } from './words.ts'

export const ROW_HEIGHT = 24
const BAR = { top: 6, height: 12 }

export interface RowProps {
  readonly id: string
  /** Undefined while it is being fetched. */
  readonly row: TimelineRow | undefined
  readonly index: number
  readonly count: number
  readonly scale: TimeScale
  readonly nowMs: number
  readonly isSelected: boolean
  readonly onSelect: (step: number) => void
}

/** One step: its name, and where its time went. */
export const Row = memo(({ id, row, index, count, scale, nowMs, isSelected, onSelect }: RowProps) => {
  const t = useWords()
  const { i18n } = useTranslation()
  const language = i18n.language ?? 'en'
  if (row === undefined) {
    return (
      <div
        id={id}
        role="option"
        aria-selected={false}
        aria-busy="true"
        aria-setsize={count}
        aria-posinset={index + 1}
        className={classes.row}
        style={{ top: index * ROW_HEIGHT }}
      >
        <span className={classes.loading} />
      </div>
    )
  }
  const title = row.step === 0 ? t('instance') : row.title
  const told = row.spans.map(
    (span) =>
      `${t(`cause.${span.cause}`)} ${span.toMs === undefined ? `${t('lasts')} ` : ''}${spanText((span.toMs ?? nowMs) - span.fromMs, language)}`,
  )
  const left = row.spansLeft === undefined ? undefined : t('left', { count: row.spansLeft })
  const first = row.spans[0]
  const last = row.spans.at(-1)
  return (
    // The list has the focus and the keys; its rows are chosen through it.
    // oxlint-disable-next-line jsx-a11y/interactive-supports-focus
    <div
      id={id}
      role="option"
      aria-selected={isSelected}
      aria-setsize={count}
      aria-posinset={index + 1}
      // Begins with what is to be seen, the title and the number: who steers by voice says what they read.
      aria-label={[row.step === 0 ? title : `${title} ${row.step}`, ...told, left, row.isCritical === true ? t('critical') : undefined]
        .filter((one) => one !== undefined)
        .join(', ')}
      className={classes.row}
      style={{ top: index * ROW_HEIGHT }}
      data-critical={row.isCritical || undefined}
      data-step={row.step}
      onClick={() => onSelect(row.step)}
    >
      {/* The row's own label says it, and more. */}
      <span className={classes.name} aria-hidden="true" title={row.isCritical === true ? `${title}: ${t('critical')}` : title}>
        <bdi className={classes.title}>{title}</bdi> {row.step === 0 ? null : <span className={classes.step}>{row.step}</span>}
      </span>
      <svg className={classes.bars} height={ROW_HEIGHT} aria-hidden="true">
        {row.spans.map((span, i) => {
          const from = scale.xOf(span.fromMs)
          const to = scale.xOf(span.toMs ?? nowMs)
          if (to < -2 || from > scale.width + 2) return null
          // Only what lies within: a bar a million pixels long would be drawn whole.
          const x = Math.max(-20, from)
          return (
            <g key={i}>
              <title>{told[i]}</title>
              <SpanShape cause={span.cause} x={x} y={BAR.top} width={Math.min(scale.width + 20, to) - x} height={BAR.height} />
            </g>
          )
        })}
        {row.isCritical === true && first !== undefined && last !== undefined ? (
          <line
            className={classes.critical}
            x1={Math.max(0, scale.xOf(first.fromMs))}
            x2={Math.min(scale.width, Math.max(scale.xOf(last.toMs ?? nowMs), scale.xOf(first.fromMs) + 2))}
            y1={ROW_HEIGHT - 2}
            y2={ROW_HEIGHT - 2}
          />
        ) : null}
      </svg>
    </div>
  )
})
