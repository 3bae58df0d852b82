import type { ReactNode } from 'react'

/** A part as the `/catalogue` page shows it: alone, with made-up content, in every state worth looking at. */
export interface CatalogueEntry {
  /** `graph: a running instance`. */
  readonly name: string
  readonly show: () => ReactNode
  /** Pixels for parts that fill their parent. */
  readonly height?: number
}
