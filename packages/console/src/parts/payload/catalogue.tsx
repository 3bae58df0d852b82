import type { CatalogueEntry } from '../catalogue-entry.ts'
import { PayloadView } from './PayloadView.tsx'

export const catalogue: readonly CatalogueEntry[] = [
  { name: 'payload: a path', show: () => <PayloadView payload={{ kind: 'path', ref: '/content/products/spring' }} /> },
  { name: 'payload: a page elsewhere', show: () => <PayloadView payload={{ kind: 'url', ref: 'https://example.org/order/4711' }} /> },
  {
    name: 'payload: an address that no page is at, as text',
    show: () => <PayloadView payload={{ kind: 'url', ref: 'javascript:alert(1)' }} />,
  },
  {
    name: 'payload: data',
    show: () => <PayloadView payload={{ kind: 'json', json: { order: { id: 4711, paid: true }, lines: ['A-1', 'B-2'] } }} />,
  },
]
