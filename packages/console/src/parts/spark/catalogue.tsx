import type { CatalogueEntry } from '../catalogue-entry.ts'
import { Spark } from './Spark.tsx'

export const catalogue: readonly CatalogueEntry[] = [
  {
    name: 'spark: a busy fortnight, a quiet one, one of which little is known',
    show: () => (
      <>
        <Spark label="34 starts in 14 days" values={[1, 3, 2, 0, 0, 4, 6, 5, 2, 1, 0, 3, 4, 3]} />{' '}
        <Spark label="no start in 14 days" values={Array.from({ length: 14 }, () => 0)} />{' '}
        <Spark label="2 starts since Tuesday" values={[null, null, null, null, null, null, null, null, null, null, null, 1, 0, 1]} />
      </>
    ),
  },
]
