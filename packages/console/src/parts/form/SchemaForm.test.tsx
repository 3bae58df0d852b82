// @vitest-environment happy-dom
import { act, cleanup, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { createRef, useState } from 'react'
import { afterEach, describe, expect, test } from 'vitest'
import { everything } from './form.fixture.ts'
import { SchemaForm, type SchemaFormHandle, type SchemaFormProps } from './SchemaForm.tsx'
import { initialOf } from './schema/initial.ts'
import type { JsonObject, JsonSchema } from './schema/json.ts'

afterEach(cleanup)

interface Shown {
  readonly answer: () => JsonObject
  readonly check: () => boolean
}

function show(schema: JsonSchema, start: JsonObject = initialOf(schema), props: Partial<SchemaFormProps> = {}): Shown {
  let answer = start
  const handle = createRef<SchemaFormHandle>()
  const Page = () => {
    const [value, setValue] = useState(start)
    const change = (next: JsonObject) => {
      answer = next
      setValue(next)
    }
    return <SchemaForm schema={schema} value={value} onChange={change} zone="Europe/Berlin" {...props} handle={handle} />
  }
  render(<Page />)
  const check = () => {
    let isRight = false
    act(() => {
      isRight = handle.current?.check() === true
    })
    return isRight
  }
  return { answer: () => answer, check }
}

const record = (properties: JsonSchema, required: readonly string[] = []): JsonSchema => ({ type: 'object', properties, required })

describe('a form', () => {
  test('takes an answer through every kind of field', async () => {
    const { answer, check } = show(everything)
    const user = userEvent.setup()
    await user.type(screen.getByLabelText(/^Title/), 'Spring')
    await user.type(screen.getByLabelText(/^Amount/), '19.99')
    await user.click(screen.getByLabelText('It is urgent'))
    await user.type(screen.getByLabelText(/^Why so urgent/), 'Because')
    await user.click(within(screen.getByRole('group', { name: /Do you agree/ })).getByLabelText('No'))
    await user.click(screen.getByLabelText('M'))
    await user.selectOptions(screen.getByLabelText(/^Country/), 'Denmark')
    await user.click(screen.getByLabelText('radio'))
    await user.click(screen.getByLabelText('web'))
    await user.type(screen.getByLabelText(/^Due/), '2026-03-29')
    await user.click(screen.getByRole('button', { name: 'Add to Tags' }))
    await user.type(screen.getByLabelText(/^Tags 1/), 'sale')
    await user.click(screen.getByRole('button', { name: 'Add to Lines' }))
    await user.type(screen.getByLabelText(/^Article/), 'A-1')
    await user.type(screen.getByLabelText(/^Zip/), '12345')
    await user.click(screen.getByLabelText('By card'))
    await user.type(screen.getByLabelText(/^Card number/), '4242')
    await user.click(screen.getByLabelText(/^Anything else/))
    await user.paste('{"weight": 3}')
    expect(answer()).toEqual({
      copies: 1,
      kind: 'campaign',
      title: 'Spring',
      amount: 19.99,
      urgent: true,
      because: 'Because',
      agreed: false,
      size: 'M',
      country: 'Denmark',
      channels: ['web', 'radio'],
      due: '2026-03-29',
      tags: ['sale'],
      lines: [{ sku: 'A-1' }],
      address: { zip: '12345' },
      payment: { by: 'card', number: '4242' },
      extra: { weight: 3 },
    })
    expect(check()).toBe(true)
  })

  test('shows a problem once its field was left, tied to the field', async () => {
    show(record({ name: { type: 'string', minLength: 3 } }, ['name']))
    const user = userEvent.setup()
    const field = screen.getByLabelText(/^Name/)
    await user.type(field, 'ab')
    expect(screen.queryByText('Write at least 3 characters.')).toBeNull()
    await user.tab()
    const problem = screen.getByText('Write at least 3 characters.')
    expect(field.getAttribute('aria-invalid')).toBe('true')
    expect(field.getAttribute('aria-describedby')?.split(' ')).toContain(problem.id)
    await user.type(field, 'c')
    expect(screen.queryByText('Write at least 3 characters.')).toBeNull()
  })

  test('when checked shows all problems, counts them and goes to the first', () => {
    const { check } = show(record({ a: { type: 'string' }, b: { type: 'string' }, c: { type: 'boolean' } }, ['b', 'c']))
    expect(check()).toBe(false)
    expect(screen.getByRole('status').textContent).toBe('2 fields need your attention')
    expect(document.activeElement).toBe(screen.getByLabelText(/^B/))
  })

  test('shows what the server refused until the field changes', async () => {
    const problems = [{ pointer: '/name', message: 'is taken' }]
    show(record({ name: { type: 'string' } }), { name: 'ana' }, { problems })
    expect(screen.getByText('is taken')).toBeTruthy()
    await userEvent.type(screen.getByLabelText(/^Name/), 'x')
    expect(screen.queryByText('is taken')).toBeNull()
  })

  test('takes a field out of the answer when it is emptied, so that "required" means something', async () => {
    const { answer } = show(record({ name: { type: 'string' }, size: { enum: ['S', 'M'] } }), { name: 'x', size: 'S' })
    await userEvent.clear(screen.getByLabelText(/^Name/))
    await userEvent.click(screen.getByRole('button', { name: 'Clear' }))
    expect(answer()).toEqual({})
  })

  test('keeps what was typed where a number was asked for, and says what is wrong', async () => {
    const { answer } = show(record({ amount: { type: 'number' } }))
    const field = screen.getByLabelText(/^Amount/)
    await userEvent.type(field, '12 apples')
    await userEvent.tab()
    expect(field).toHaveProperty('value', '12 apples')
    expect(answer()).toEqual({ amount: '12 apples' })
    expect(screen.getByText('Write a number.')).toBeTruthy()
  })

  test('lets a number be written half, without rewriting it under the hand', async () => {
    const { answer } = show(record({ amount: { type: 'number' } }))
    const field = screen.getByLabelText(/^Amount/)
    await userEvent.type(field, '1.')
    expect(field).toHaveProperty('value', '1.')
    await userEvent.type(field, '50')
    expect(field).toHaveProperty('value', '1.50')
    expect(answer()).toEqual({ amount: 1.5 })
  })

  test('asks for what depends on an answer only after that answer, and keeps what was typed when it is changed back', async () => {
    const schema: JsonSchema = {
      ...record({ kind: { enum: ['company', 'person'] } }, ['kind']),
      if: { properties: { kind: { const: 'company' } }, required: ['kind'] },
      then: { properties: { vat: { type: 'string' } }, required: ['vat'] },
    }
    const { answer } = show(schema)
    expect(screen.queryByLabelText(/^VAT|^Vat/)).toBeNull()
    await userEvent.click(screen.getByLabelText('company'))
    await userEvent.type(screen.getByLabelText(/^Vat/), 'DE1')
    await userEvent.click(screen.getByLabelText('person'))
    expect(screen.queryByLabelText(/^Vat/)).toBeNull()
    await userEvent.click(screen.getByLabelText('company'))
    expect(answer()).toEqual({ kind: 'company', vat: 'DE1' })
  })

  test('keeps the fields that two variants share', async () => {
    const { answer } = show({ type: 'object', properties: { payment: (everything.properties as JsonObject).payment ?? true } })
    await userEvent.click(screen.getByLabelText('By card'))
    await userEvent.type(screen.getByLabelText(/^Note/), 'soon')
    await userEvent.type(screen.getByLabelText(/^Card number/), '1')
    await userEvent.click(screen.getByLabelText('By invoice'))
    expect(answer()).toEqual({ payment: { by: 'invoice', note: 'soon' } })
  })

  test('moves and removes the entries of a list by buttons that say which', async () => {
    const { answer } = show(record({ tags: { type: 'array', items: { type: 'string' }, maxItems: 3 } }), { tags: ['a', 'b', 'c'] })
    expect(screen.queryByRole('button', { name: 'Add to Tags' })).toBeNull()
    await userEvent.click(screen.getByRole('button', { name: 'Move Tags 3 up' }))
    await userEvent.click(screen.getByRole('button', { name: 'Remove Tags 1' }))
    expect(answer()).toEqual({ tags: ['c', 'b'] })
  })

  test('writes a time with the offset of its zone and tells of clocks that change', async () => {
    const { answer } = show(record({ at: { type: 'string', format: 'date-time' } }))
    const field = screen.getByLabelText('At', { selector: 'input' })
    await userEvent.type(field, '2026-10-25T02:30')
    expect(answer()).toEqual({ at: '2026-10-25T02:30:00+02:00' })
    expect(screen.getByText(/the first of the two/)).toBeTruthy()
    await userEvent.selectOptions(screen.getByLabelText('Time zone of At'), 'UTC')
    expect(answer()).toEqual({ at: '2026-10-25T02:30:00+00:00' })
  })

  test('shows a value that no field fits as JSON, and holds back what is none', async () => {
    const { answer, check } = show(record({ any: {} }), { any: [1] })
    expect(screen.getByText(/There is no field for this kind of value/)).toBeTruthy()
    const field = screen.getByLabelText(/^Any/)
    await userEvent.clear(field)
    await userEvent.click(field)
    await userEvent.paste('[1, 2')
    expect(screen.getByText(/This is not JSON/)).toBeTruthy()
    expect(check()).toBe(false)
    await userEvent.paste(']')
    expect(answer()).toEqual({ any: [1, 2] })
    expect(check()).toBe(true)
  })

  test('shows HTML and script in every word as text', () => {
    const evil = '<img src=x onerror="window.broken=1"><script>window.broken=1</script>'
    const schema = record({ a: { type: 'string', title: evil, description: evil }, b: { enum: [evil] }, c: { const: evil } })
    show({ ...schema, description: evil }, { a: evil })
    expect(document.querySelector('img, script')).toBeNull()
    expect(screen.getAllByText(evil).length).toBeGreaterThan(2)
  })

  test('to read has no inputs', () => {
    show(everything, { title: 'Spring', agreed: false, amount: 19.99, goesLive: '2026-07-01T10:00:00+02:00' }, { isReadOnly: true })
    expect(document.querySelector('input, select, textarea')).toBeNull()
    expect(screen.getByText('Spring')).toBeTruthy()
    expect(screen.getByText(/July 1, 2026 at 10:00:00/)).toBeTruthy()
  })
})
