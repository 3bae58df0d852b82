import { Text } from '@codemirror/state'
import { expect, test } from 'vitest'
import { diagnosticsOf } from './diagnostics.ts'

const text = Text.of(['id: a', 'nodes:', '  - { id: b, next: nowhere }', ''])
const problem = { code: 'X', severity: 'error' as const, message: 'No.' }

test('a problem is marked from its place to the end of its word, with its hint', () => {
  const [marked] = diagnosticsOf([{ ...problem, line: 3, column: 20, hint: 'Do this.' }], text)
  expect(marked === undefined ? '' : text.sliceString(marked.from, marked.to)).toBe('nowhere')
  expect(marked?.message).toBe('No.\nDo this.')
})

test('a problem beyond the text, or of an empty place, is marked at the nearest', () => {
  const marked = diagnosticsOf(
    [
      { ...problem, line: 99, column: 5 },
      { ...problem, line: 1, column: 99 },
      { ...problem, line: 4, column: 1 },
    ],
    text,
  )
  for (const { from, to } of marked) expect(from >= 0 && to <= text.length && from <= to).toBe(true)
  expect(marked.map(({ from }) => text.lineAt(from).number)).toEqual([4, 1, 4])
})
