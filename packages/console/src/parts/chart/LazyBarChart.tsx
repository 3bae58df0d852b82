import { lazy, Suspense } from 'react'
import type { BarChartProps } from './BarChart.tsx'

const BarChart = lazy(async () => ({ default: (await import('./BarChart.tsx')).BarChart }))

/** Height of a chart with what stands below it: the page does not move when it comes. */
const CHART_HEIGHT = 200

/** A chart whose code comes when the page has one. */
export const LazyBarChart = (props: BarChartProps) => (
  <Suspense fallback={<div style={{ height: CHART_HEIGHT }} />}>
    <BarChart {...props} />
  </Suspense>
)
