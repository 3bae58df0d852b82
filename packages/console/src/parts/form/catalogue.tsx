import { useRef, useState } from 'react'
import { Button } from '../button/Button.tsx'
import type { CatalogueEntry } from '../catalogue-entry.ts'
import { everything } from './form.fixture.ts'
import { SchemaForm, type SchemaFormHandle, type SchemaFormProps } from './SchemaForm.tsx'
import { initialOf } from './schema/initial.ts'
import type { JsonObject } from './schema/json.ts'

const filled: JsonObject = {
  ...initialOf(everything),
  title: 'حملة الربيع',
  reason: 'It was late, and then it was later.',
  notes: '**Bold**, [a link](https://example.org) and\n\n- a list\n- of two',
  amount: 19.99,
  urgent: true,
  agreed: false,
  size: 'M',
  country: 'Denmark',
  channels: ['web', 'radio'],
  due: '2026-03-29',
  goesLive: '2026-10-25T02:30:00+02:00',
  tags: ['spring', 'sale'],
  lines: [
    { sku: 'A-1', count: 2 },
    { sku: 'B-2', count: 1 },
  ],
  address: { street: 'Mill Lane 1', zip: '12345' },
  payment: { by: 'card', number: '4242' },
  number: '2026-0042',
  extra: { weight: 3 },
}

export const catalogue: readonly CatalogueEntry[] = [
  { name: 'form: every field, empty', show: () => <Form schema={everything} start={initialOf(everything)} /> },
  { name: 'form: every field, filled', show: () => <Form schema={everything} start={filled} zone="Europe/Berlin" /> },
  {
    name: 'form: with problems',
    show: () => <Form schema={everything} start={{ ...filled, title: 'x', amount: '12x', extra: 4, agreed: null }} isChecked />,
  },
  { name: 'form: to read', show: () => <Form schema={everything} start={filled} isReadOnly zone="Europe/Berlin" /> },
]

const Form = ({
  start,
  isChecked = false,
  ...props
}: Omit<SchemaFormProps, 'value' | 'onChange'> & { readonly start: JsonObject; readonly isChecked?: boolean }) => {
  const [value, setValue] = useState(start)
  const form = useRef<SchemaFormHandle>(null)
  return (
    <div>
      <SchemaForm {...props} value={value} onChange={setValue} handle={form} />
      {isChecked ? (
        <p>
          <Button onClick={() => form.current?.check()}>Check</Button>
        </p>
      ) : null}
    </div>
  )
}
