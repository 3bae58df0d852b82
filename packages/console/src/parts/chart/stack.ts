/** Where the bars of a stack begin and end. */
import type { ChartSeries, ChartStack } from './chart.ts'

export interface StackedSeries {
  readonly series: ChartSeries
  /** Which of the stacks in a column it belongs to. */
  readonly stack: number
  /** Foot and head of each bar; null where nothing is known. */
  readonly from: readonly (number | null)[]
  readonly to: readonly (number | null)[]
}

export const stackSeries = (stacks: readonly ChartStack[]): readonly StackedSeries[] =>
  stacks.flatMap((stack, at) => {
    const heights: number[] = []
    return stack.map((series): StackedSeries => {
      const from = series.values.map((value, column) => (value === null ? null : (heights[column] ?? 0)))
      const to = series.values.map((value, column) => {
        if (value === null) return null
        heights[column] = (heights[column] ?? 0) + value
        return heights[column] ?? 0
      })
      return { series, stack: at, from, to }
    })
  })

/** Highest value of the axis: never 0, so that a chart of zeros has a ground to stand on. */
export const highestOf = (stacked: readonly StackedSeries[], others: readonly ChartSeries[] = []): number =>
  Math.max(
    1,
    ...stacked.flatMap(({ to }) => to.map((value) => value ?? 0)),
    ...others.flatMap(({ values }) => values.map((value) => value ?? 0)),
  )

/** Every how manieth column is labelled, so that labels do not run into each other; the last one always is. */
export const labelEvery = (columns: number, width: number, labelWidth: number): number =>
  Math.max(1, Math.ceil((columns * labelWidth) / Math.max(1, width)))
