import type { CatalogueEntry } from '../catalogue-entry.ts'
import { Row } from '../row/Row.tsx'
import { WindowedRows } from './WindowedRows.tsx'

const ROWS = Array.from({ length: 10_000 }, (_, at) => ({ id: String(at + 1) }))

export const catalogue: readonly CatalogueEntry[] = [
  {
    name: 'windowed rows: ten thousand',
    height: 240,
    show: () => <WindowedRows label="Rows" rows={ROWS} rowHeight={37} renderRow={({ id }) => <Row key={id}>Row {id}</Row>} />,
  },
]
