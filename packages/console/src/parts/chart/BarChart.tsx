import { type KeyboardEvent, useCallback, useId, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../button/Button.tsx'
import { StatusMark } from '../status-mark/StatusMark.tsx'
import classes from './BarChart.module.css'
import type { BarBox } from './bar-plot.ts'
import { ChartTable } from './ChartTable.tsx'
import type { BarLink, ChartColumn, ChartSeries, ChartStack } from './chart.ts'
import { nextBar } from './next-bar.ts'
import { useBarPlot } from './use-bar-plot.ts'
import { useWords } from './words.ts'

export interface BarChartProps {
  /** What is counted: the accessible name. */
  readonly label: string
  readonly columns: readonly ChartColumn[]
  /** At most two; no two series of a chart have the same id. */
  readonly stacks: readonly ChartStack[]
  /** Numbers that are no part of a sum, drawn as marks of incidents at their height. */
  readonly marks?: readonly ChartSeries[]
  /** Rows of the table; unless said, the series that are drawn. */
  readonly table?: readonly ChartSeries[]
  readonly link: BarLink
  /** Pixels, without what stands below. */
  readonly height?: number
}

const HEIGHT = 168

/**
 * Bars over columns, each a link to exactly the rows it counts, and the same numbers as a table. Tab reaches one bar, arrows the others.
 *
 * @example
 * <BarChart label="Open work items by age" columns={ages} stacks={[[items]]} link={({ column }, props) => <Link to="/inbox/$view" {...props} />} />
 */
export const BarChart = ({ label, columns, stacks, marks = NONE, table, link, height = HEIGHT }: BarChartProps) => {
  const t = useWords()
  const { i18n } = useTranslation()
  const [isTable, setTable] = useState(false)
  const drawn = useMemo(() => [...stacks.flat(), ...marks], [stacks, marks])
  return (
    <figure className={classes.figure} aria-label={label}>
      {isTable ? (
        <ChartTable label={label} columns={columns} rows={table ?? drawn} link={link} />
      ) : (
        <Bars label={label} columns={columns} stacks={stacks} marks={marks} link={link} height={height} language={i18n.language} />
      )}
      <figcaption className={classes.below}>
        {drawn.length > 1 && !isTable ? (
          <ul className={classes.legend}>
            {drawn.map((series) => (
              <li key={series.id}>
                {marks.includes(series) ? (
                  <StatusMark mark="incident" size={10} withWord word={series.name} />
                ) : (
                  <>
                    <Swatch series={series} />
                    {series.name}
                  </>
                )}
              </li>
            ))}
          </ul>
        ) : (
          <span />
        )}
        <Button look="quiet" size="small" onClick={() => setTable(!isTable)}>
          {t(isTable ? 'asChart' : 'asTable')}
        </Button>
      </figcaption>
    </figure>
  )
}

const NONE: readonly ChartSeries[] = []

const Swatch = ({ series: { tone, fill = 'solid' } }: { readonly series: ChartSeries }) => (
  <span className={classes.swatch} data-fill={fill} style={{ '--tone': `var(--mr-${tone})` }} />
)

const Bars = ({
  label,
  columns,
  stacks,
  marks,
  link,
  height,
  language,
}: Required<Omit<BarChartProps, 'table'>> & { readonly language: string }) => {
  const t = useWords()
  const canvas = useRef<HTMLDivElement>(null)
  const keys = useId()
  const links = useRef<HTMLDivElement>(null)
  const number = useMemo(() => new Intl.NumberFormat(language), [language])
  const numberText = useCallback((value: number) => number.format(value), [number])
  const { bars, marks: places } = useBarPlot(canvas, { columns, stacks, marks, height, numberText })
  const [focused, setFocused] = useState<string>()
  const byId = new Map([...stacks.flat(), ...marks].map((series) => [series.id, series]))
  const order = useMemo(() => {
    const ids = stacks.flat().map(({ id }) => id)
    return bars.toSorted((a, b) => a.column - b.column || ids.indexOf(a.series) - ids.indexOf(b.series))
  }, [bars, stacks])
  const stop = order.find((bar) => keyOf(bar) === focused) ?? order[0]
  // Beside each other, numbers of several series would run together.
  const showsNumbers = byId.size === 1

  const move = (event: KeyboardEvent, from: BarBox) => {
    const next = nextBar(order, from, event.key)
    if (next === undefined) return
    event.preventDefault()
    setFocused(keyOf(next))
    links.current?.querySelector<HTMLElement>(`[data-bar="${CSS.escape(keyOf(next))}"]`)?.focus()
  }

  return (
    <div className={classes.plot} style={{ minHeight: height }}>
      <div ref={canvas} aria-hidden="true" />
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields. */}
      <div ref={links} role="group" aria-label={label} aria-describedby={keys}>
        <span id={keys} className="mr-unseen">
          {t('keys')}
        </span>
        {order.map((bar) => {
          const { name = '', values } = byId.get(bar.series) ?? { values: [] }
          const count = values[bar.column] ?? 0
          const text = t('bar', { column: columns[bar.column]?.title ?? '', count, name })
          const props = {
            className: classes.bar ?? '',
            style: { left: bar.left, top: bar.top, width: bar.width, height: bar.height },
            title: text,
            'aria-label': text,
            'data-bar': keyOf(bar),
            tabIndex: bar === stop ? 0 : -1,
            onKeyDown: (event: KeyboardEvent) => move(event, bar),
            children: showsNumbers ? <span className={classes.number}>{number.format(count)}</span> : null,
          }
          return (
            <span key={keyOf(bar)}>
              {link(bar, props) ?? (
                <span className={props.className} style={props.style} title={text}>
                  {props.children}
                </span>
              )}
            </span>
          )
        })}
        {places.map((place) => {
          const { name = '', values } = byId.get(place.series) ?? { values: [] }
          const text = t('bar', { column: columns[place.column]?.title ?? '', count: values[place.column] ?? 0, name })
          return (
            <span key={keyOf(place)} className={classes.mark} style={{ left: place.left, top: place.top }} title={text}>
              <StatusMark mark="incident" size={10} word={text} />
            </span>
          )
        })}
      </div>
    </div>
  )
}

const keyOf = ({ series, column }: { readonly series: string; readonly column: number }): string => `${series} ${column}`
