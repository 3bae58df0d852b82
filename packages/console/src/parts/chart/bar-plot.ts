/**
 * Bars on a canvas, by uPlot: axes, grid and bars. Where each bar came to stand is told back, for the links over it are ordinary elements.
 */
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import type { BarPlace, ChartColumn, ChartSeries } from './chart.ts'
import { fillOf, fontOf, token } from './paint.ts'
import { highestOf, labelEvery, type StackedSeries } from './stack.ts'

/** A bar, or the place of a mark, in pixels from the left upper corner of the chart. */
export interface BarBox extends BarPlace {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

export interface Plotted {
  readonly bars: readonly BarBox[]
  readonly marks: readonly BarBox[]
}

export interface BarPlotOptions {
  readonly element: HTMLElement
  readonly width: number
  readonly height: number
  readonly columns: readonly ChartColumn[]
  readonly stacked: readonly StackedSeries[]
  /** Drawn by the caller at a height of the same axis. */
  readonly marks: readonly ChartSeries[]
  readonly numberText: (value: number) => string
  readonly onPlotted: (plotted: Plotted) => void
}

export interface BarPlot {
  resize(width: number): void
  /** Colours have changed. */
  repaint(): void
  close(): void
}

/** Pixels of a letter of a label, and between two labels. */
const LETTER = 6.5
const BETWEEN = 10
/** Part of a column's width that one bar takes: alone, and beside another. */
const ALONE = 0.64
const BESIDE = 0.38
const WIDEST = 56
/** Steps of the axis: things are counted in whole numbers. */
const STEPS = [1, 2, 5].flatMap((step) => Array.from({ length: 9 }, (_, power) => step * 10 ** power)).toSorted((a, b) => a - b)

const { bars: barsBy } = uPlot.paths as Required<uPlot.Series.PathBuilderFactories>

export const openBarPlot = (options: BarPlotOptions): BarPlot => {
  const { element, columns, stacked, marks, numberText } = options
  const stacks = Math.max(0, ...stacked.map(({ stack }) => stack)) + 1
  const highest = highestOf(stacked, marks)
  const boxes = new Map<string, BarBox>()
  const colour = (name: string) => () => token(element, name)
  const axis = {
    stroke: colour('muted'),
    font: fontOf(element),
    grid: { stroke: colour('line'), width: 1 },
    ticks: { show: false },
    gap: 6,
  }
  const plot = new uPlot(
    {
      width: options.width,
      height: options.height,
      // Room above the highest bar for its number.
      padding: [18, 4, 0, 0],
      legend: { show: false },
      cursor: { show: false },
      scales: {
        x: { time: false, range: [-0.5, columns.length - 0.5] },
        y: { range: [0, highest] },
      },
      axes: [
        {
          ...axis,
          size: 24,
          grid: { show: false },
          splits: () => columns.map((_, column) => column),
          values: (self, splits) => {
            const longest = Math.max(...columns.map(({ label }) => label.length))
            const every = labelEvery(columns.length, self.width, longest * LETTER + BETWEEN)
            return splits.map((column) => ((columns.length - 1 - column) % every === 0 ? (columns[column]?.label ?? '') : ''))
          },
        },
        {
          ...axis,
          size: (_, values) => 14 + 7 * Math.max(1, ...(values ?? []).map((text) => text.length)),
          incrs: STEPS,
          space: 34,
          values: (_, splits) => splits.map(numberText),
        },
      ],
      series: [
        {},
        ...stacked.map(
          ({ series, stack, from, to }): uPlot.Series => ({
            fill: () => fillOf(element, series),
            stroke: () => token(element, series.tone),
            width: series.fill === undefined || series.fill === 'solid' ? 0 : 1,
            points: { show: false },
            paths:
              barsBy({
                align: stacks === 1 ? 0 : stack === 0 ? -1 : 1,
                size: [stacks === 1 ? ALONE : BESIDE, WIDEST],
                disp: { y0: { unit: 1, values: () => [...from] }, y1: { unit: 1, values: () => [...to] } },
                each: (_, __, column, left, top, width, height) => {
                  boxes.set(`${series.id} ${column}`, { series: series.id, column, ...inPixels({ left, top, width, height }) })
                },
              }) ?? null,
          }),
        ),
      ],
      hooks: {
        draw: [
          (self) => {
            const place = (series: string, column: number, value: number): BarBox => {
              const { left, top } = self.over.getBoundingClientRect()
              const origin = self.root.getBoundingClientRect()
              return {
                series,
                column,
                left: left - origin.left + self.valToPos(column, 'x'),
                top: top - origin.top + self.valToPos(value, 'y'),
                width: 0,
                height: 0,
              }
            }
            options.onPlotted({
              bars: [...boxes.values()].filter((box) =>
                stacked.some(({ series }) => series.id === box.series && (series.values[box.column] ?? 0) > 0),
              ),
              marks: marks.flatMap(({ id, values }) =>
                values.flatMap((value, column) => (value === null || value === 0 ? [] : [place(id, column, value)])),
              ),
            })
          },
        ],
      },
    },
    [columns.map((_, column) => column), ...stacked.map(({ to }) => [...to])],
    element,
  )
  return {
    resize: (width) => plot.setSize({ width, height: options.height }),
    // Paths keep the colours they were made with.
    repaint: () => plot.redraw(true),
    close: () => plot.destroy(),
  }
}

/** uPlot counts in pixels of the canvas. */
const inPixels = (box: Pick<BarBox, 'left' | 'top' | 'width' | 'height'>) => ({
  left: box.left / devicePixelRatio,
  top: box.top / devicePixelRatio,
  width: box.width / devicePixelRatio,
  height: box.height / devicePixelRatio,
})
