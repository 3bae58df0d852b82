import { useState } from 'react'
import type { CatalogueEntry } from '../catalogue-entry.ts'
import { FilterBar, type FilterBarProps, type FilterField } from './FilterBar.tsx'

const FIELDS: readonly FilterField[] = [
  { name: 'title', label: 'Title', kind: 'text' },
  {
    name: 'kind',
    label: 'Kind',
    kind: 'choice',
    options: [
      { value: 'graph', label: 'Model' },
      { value: 'code', label: 'Code' },
    ],
  },
  { name: 'createdFrom', label: 'Started from', kind: 'date' },
  { name: 'data', label: 'Data', kind: 'pair', hint: '10 is a number, "10" a text.' },
]

const Shown = (begin: FilterBarProps['values']) => {
  const [values, setValues] = useState(begin)
  return <FilterBar fields={FIELDS} values={values} onChange={(name, value) => setValues({ ...values, [name]: value })} />
}

export const catalogue: readonly CatalogueEntry[] = [
  { name: 'filter bar: nothing chosen', show: () => <Shown /> },
  {
    name: 'filter bar: by each kind of field',
    show: () => (
      <Shown
        {...{
          title: 'مرحبا '.repeat(30),
          kind: 'graph',
          createdFrom: '2026-03-11T23:00:00.000Z',
          'data.order.id': '4711',
        }}
      />
    ),
  },
]
