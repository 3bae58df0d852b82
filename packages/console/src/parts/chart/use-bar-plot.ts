import { type RefObject, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { type BarPlot, type BarPlotOptions, openBarPlot, type Plotted } from './bar-plot.ts'
import type { ChartStack } from './chart.ts'
import { stackSeries } from './stack.ts'

type PlotOptions = Pick<BarPlotOptions, 'columns' | 'marks' | 'height' | 'numberText'> & { readonly stacks: readonly ChartStack[] }

const NOTHING: Plotted = { bars: [], marks: [] }

/** Draws into the element: anew when the numbers change, again when its width or the theme does. @returns where the bars came to stand */
export const useBarPlot = (
  element: RefObject<HTMLElement | null>,
  { columns, stacks, marks, height, numberText }: PlotOptions,
): Plotted => {
  const [plotted, setPlotted] = useState(NOTHING)
  const stacked = useMemo(() => stackSeries(stacks), [stacks])
  const plot = useRef<BarPlot>(undefined)
  useLayoutEffect(() => {
    const target = element.current
    if (target === null) return
    const opened = openBarPlot({
      element: target,
      width: target.clientWidth,
      height,
      columns,
      stacked,
      marks,
      numberText,
      onPlotted: setPlotted,
    })
    plot.current = opened
    return () => opened.close()
  }, [element, columns, stacked, marks, height, numberText])

  useLayoutEffect(() => {
    const target = element.current
    if (target === null) return
    let width = target.clientWidth
    const sizes = new ResizeObserver(() => {
      if (target.clientWidth === width || target.clientWidth === 0) return
      width = target.clientWidth
      plot.current?.resize(width)
    })
    sizes.observe(target)
    const themes = new MutationObserver(() => plot.current?.repaint())
    themes.observe(document.documentElement, { attributeFilter: ['data-mantine-color-scheme'] })
    return () => {
      sizes.disconnect()
      themes.disconnect()
    }
  }, [element])
  return plotted
}
