/** What a chart is told. Which numbers these are, and what stands behind them, its caller knows. */
import type { CSSProperties, KeyboardEvent, ReactNode } from 'react'

/** A colour of tokens.css; a chart names none of its own. */
export type ChartTone = 'person' | 'running' | 'queued' | 'timer' | 'incident' | 'completed' | 'muted'

export interface ChartSeries {
  readonly id: string
  readonly name: string
  readonly tone: ChartTone
  /** Fillings differ where colours meet, so that grey and print still read; people's waits are hatched everywhere. */
  readonly fill?: 'solid' | 'hatched' | 'outlined'
  /** One per column; null where nothing is known, which is not the same as none. */
  readonly values: readonly (number | null)[]
}

export interface ChartColumn {
  /** Under the column: "14", "1–3 d". */
  readonly label: string
  /** In a sentence and in the table: "Mon, 14 Nov". */
  readonly title: string
}

/** One bar: the value of a series in a column. */
export interface BarPlace {
  readonly series: string
  readonly column: number
}

/** What a link over a bar, or around a number of the table, must carry. */
export interface BarLinkProps {
  readonly className: string
  readonly style?: CSSProperties
  readonly tabIndex?: number
  readonly onKeyDown?: (event: KeyboardEvent) => void
  readonly title?: string
  readonly 'aria-label'?: string
  readonly 'data-bar'?: string
  readonly children?: ReactNode
}

/** A link to exactly the rows that a bar counts; undefined where there is no such list. */
export type BarLink = (place: BarPlace, props: BarLinkProps) => ReactNode | undefined

/** Series that stand on each other in one column; stacks stand side by side. */
export type ChartStack = readonly ChartSeries[]
