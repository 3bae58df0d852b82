/** Charts with made-up numbers, for the catalogue and for the test in a browser. */
import type { BarLink, ChartColumn, ChartSeries, ChartStack } from './chart.ts'

const column = (label: string): ChartColumn => ({ label, title: label })

export const ages: readonly ChartColumn[] = ['< 1 h', '1 h – 4 h', '4 h – 24 h', '24 h – 3 d', '3 d – 7 d', '> 7 d'].map(column)

export const items: ChartSeries = { id: 'items', name: 'open items', tone: 'person', fill: 'hatched', values: [12, 40, 0, 8, 1, 20] }

export const days: readonly ChartColumn[] = Array.from({ length: 14 }, (_, day) => ({ label: String(day + 1), title: `${day + 1} March` }))

/** The first two days nothing was counted yet. */
const unknown = [null, null]

export const busyDays: readonly ChartStack[] = [
  [{ id: 'started', name: 'started', tone: 'running', fill: 'outlined', values: [...unknown, 8, 9, 7, 0, 12, 14, 9, 8, 3, 0, 16, 20] }],
  [
    { id: 'completed', name: 'completed', tone: 'completed', values: [...unknown, 6, 9, 5, 1, 8, 12, 9, 4, 3, 1, 10, 15] },
    { id: 'failed', name: 'failed', tone: 'incident', fill: 'hatched', values: [...unknown, 1, 0, 0, 0, 4, 1, 0, 2, 0, 0, 2, 5] },
  ],
]

export const incidents: ChartSeries = {
  id: 'incidents',
  name: 'incidents',
  tone: 'incident',
  values: [...unknown, 0, 0, 2, 0, 5, 0, 0, 1, 0, 0, 0, 3],
}

/** Where a bar would lead. */
export const place: BarLink = ({ series, column: at }, { children, ...props }) => (
  <a href={`#${series}/${at}`} {...props}>
    {children}
  </a>
)
