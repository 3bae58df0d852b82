import type { CatalogueEntry } from '../catalogue-entry.ts'
import { BarChart } from './BarChart.tsx'
import { ages, busyDays, days, incidents, items, place } from './chart.fixture.tsx'

export const catalogue: readonly CatalogueEntry[] = [
  { name: 'chart: one series', show: () => <BarChart label="Open work items by age" columns={ages} stacks={[[items]]} link={place} /> },
  {
    name: 'chart: two stacks, marks, and days of which nothing is known',
    show: () => <BarChart label="Started and ended by day" columns={days} stacks={busyDays} marks={[incidents]} link={place} />,
  },
]
