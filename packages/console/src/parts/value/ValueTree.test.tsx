// @vitest-environment happy-dom
import { cleanup, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, test } from 'vitest'
import { ValueTree } from './ValueTree.tsx'

afterEach(cleanup)

/** The line of an entry, by its label. */
const line = (label: string): HTMLElement => {
  const found = screen.getAllByRole('listitem').find((item) => item.querySelector('bdi')?.textContent === label)
  if (found === undefined) throw new Error(`There is no entry ${label}.`)
  return found
}

describe('a value', () => {
  test('is told by the titles of its schema, and by its names where it has none', () => {
    render(<ValueTree label="Input" value={{ a: 1, b: [true] }} schema={{ properties: { a: { title: 'Amount' } } }} />)
    expect(line('Amount').textContent).toContain('1')
    expect(line('b').textContent).toContain('1 entry')
    expect(line('1').textContent).toContain('true')
  })

  test('says what is new, gone and changed in words', () => {
    render(<ValueTree label="Output" value={{ a: 1, b: 2 }} previous={{ a: 0, c: 3 }} />)
    expect(screen.getByText('3 changes')).toBeTruthy()
    expect(line('a').textContent).toBe('a1was 0')
    expect(line('b').textContent).toBe('b2 new')
    expect(line('c').textContent).toBe('cgone 3')
  })

  test('shows only what changed when asked', async () => {
    render(<ValueTree label="Output" value={{ a: 1, same: { deep: 1 } }} previous={{ a: 0, same: { deep: 1 } }} />)
    await userEvent.click(screen.getByRole('checkbox', { name: 'Only changes' }))
    expect(screen.getAllByRole('listitem')).toHaveLength(1)
  })

  test('opens the way to a change, however deep', () => {
    const deep = (n: number) => ({ a: { b: { c: { d: { e: n } } } }, x: { y: { z: { closed: 1 } } } })
    render(<ValueTree label="Output" value={deep(2)} previous={deep(1)} />)
    expect(line('e').textContent).toBe('e2was 1')
    expect(screen.queryByText('closed')).toBeNull()
  })

  test('shows HTML and script as text', () => {
    const evil = '<img src=x onerror="x()"><script>x()</script>'
    render(<ValueTree label="Input" value={{ [evil]: evil }} />)
    expect(document.querySelector('img, script')).toBeNull()
    expect(screen.getAllByText(evil).length).toBe(2)
  })

  test('of ten thousand entries shows the first hundred, and all on demand', async () => {
    render(<ValueTree label="Input" value={Array.from({ length: 300 }, (_, i) => i)} />)
    expect(screen.getAllByRole('listitem')).toHaveLength(101)
    await userEvent.click(screen.getByRole('button', { name: 'Show all 300 entries' }))
    expect(screen.getAllByRole('listitem')).toHaveLength(300)
  })

  test('is copied whole or entry by entry', async () => {
    const user = userEvent.setup()
    render(<ValueTree label="Input" value={{ a: { b: 'text' } }} />)
    await user.click(screen.getByRole('button', { name: 'Copy Input' }))
    expect(await navigator.clipboard.readText()).toBe('{\n  "a": {\n    "b": "text"\n  }\n}')
    await user.click(within(line('b')).getByRole('button', { name: 'Copy b' }))
    expect(await navigator.clipboard.readText()).toBe('text')
    expect(within(line('b')).getByText('Copied')).toBeTruthy()
  })

  test('that is not there is said to be none', () => {
    render(<ValueTree label="Output" value={undefined} />)
    expect(screen.getByText('No value')).toBeTruthy()
  })
})
