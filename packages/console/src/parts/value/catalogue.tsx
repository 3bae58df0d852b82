import type { JsonValue } from '@millrace/model'
import type { CatalogueEntry } from '../catalogue-entry.ts'
import { ValueTree } from './ValueTree.tsx'

const order: JsonValue = {
  number: '2026-0042',
  customer: { name: 'عائشة بنت أحمد', email: 'aisha@example.org', vip: true, note: null },
  lines: [
    { sku: 'A-1', count: 2, price: 19.99 },
    { sku: 'B-2', count: 1, price: 5 },
  ],
  html: '<img src=x onerror="alert(1)"><script>alert(1)</script>',
  long: 'It goes on and on. '.repeat(60),
  nothing: '',
  tags: [],
}

const before: JsonValue = {
  number: '2026-0042',
  customer: { name: 'عائشة بنت أحمد', email: 'aisha@example.com', vip: true, phone: '+49 30 1' },
  lines: [{ sku: 'B-2', count: 1, price: 5 }],
  html: '<img src=x onerror="alert(1)"><script>alert(1)</script>',
  long: 'It goes on and on. '.repeat(60),
  nothing: '',
  tags: {},
}

const schema = {
  properties: {
    number: { title: 'Order number' },
    customer: { title: 'Customer', properties: { name: { title: 'Name' }, email: { title: 'E-mail' } } },
    lines: {
      title: 'Lines',
      items: { properties: { sku: { title: 'Article' }, count: { title: 'How many' }, price: { title: 'Price' } } },
    },
  },
}

export const catalogue: readonly CatalogueEntry[] = [
  { name: 'value: with titles', show: () => <ValueTree label="Input" value={order} schema={schema} /> },
  { name: 'value: what changed', show: () => <ValueTree label="Output" value={order} previous={before} /> },
  { name: 'value: a text', show: () => <ValueTree label="Answer" value="approve" /> },
  {
    name: 'value: a list of ten thousand',
    show: () => <ValueTree label="Rows" value={{ rows: Array.from({ length: 10_000 }, (_, i) => ({ i })) }} />,
  },
  { name: 'value: none', show: () => <ValueTree label="Output" value={undefined} /> },
]
