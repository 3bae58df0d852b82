import { describe, expect, test } from 'vitest'
import { bytesText } from './bytes.ts'
import { shortId } from './short-id.ts'
import { styleOf } from './style.ts'
import { table, width } from './table.ts'
import { relative, span } from './time.ts'

const head = (text: string) => text

describe('a span of time', () => {
  test.each([
    [0, '0 s'],
    [999, '1 s'],
    [59_000, '59 s'],
    [61_000, '1 min'],
    [3_600_000, '1 h'],
    [4_800_000, '1 h 20 min'],
    [18_000_000 + 1_200_000, '5 h'],
    [86_399_000, '1 d'],
    [2 * 86_400_000 + 4 * 3_600_000, '2 d 4 h'],
    [12 * 86_400_000 + 3_600_000, '12 d'],
    [-5, '0 s'],
  ])('%i ms is %s', (ms, text) => expect(span(ms)).toBe(text))

  test('is told from now, in both directions', () => {
    expect([relative(1000, 61_000), relative(120_000, 0), relative(500, 0)]).toEqual(['1 min ago', 'in 2 min', 'now'])
  })
})

describe('a table', () => {
  const rows = [
    { id: 'a', title: 'Long title of the first row', n: 5 },
    { id: 'bbbb', title: '日本語', n: 12 },
  ]
  const columns = [
    { title: 'ID', cell: (row: (typeof rows)[number]) => row.id },
    { title: 'TITLE', cell: (row: (typeof rows)[number]) => row.title, canShrink: true },
    { title: 'N', cell: (row: (typeof rows)[number]) => String(row.n), align: 'right' as const },
  ]

  test('aligns by what is seen, also wide characters', () => {
    expect(table(rows, columns, { head })).toBe(
      ['ID    TITLE                         N', 'a     Long title of the first row   5', 'bbbb  日本語                       12'].join(
        '\n',
      ),
    )
  })

  test('fits the terminal by cutting what may be cut', () => {
    const lines = table(rows, columns, { head, columns: 24 }).split('\n')
    expect(lines).toEqual(['ID    TITLE            N', 'a     Long title of…   5', 'bbbb  日本語          12'])
    expect(lines.map(width)).toEqual([24, 24, 24])
  })

  test('shows text and not what a terminal would do with it', () => {
    const evil = [{ id: '\u001b[2Jx\u202e', title: 'a\nb\tc\u009b31m', n: 1 }]
    expect(table(evil, columns, { head }).split('\n')[1]).toBe('[2Jx  a b c31m  1')
  })
})

test('a short id is the end of an id, with the step of a work item', () => {
  expect(shortId('0198c1f2-0000-7000-8000-3fa94b7c21d0')).toBe('4b7c21d0')
  expect(shortId('0198c1f2-0000-7000-8000-3fa94b7c21d0.3')).toBe('4b7c21d0.3')
  expect(shortId('publish-page')).toBe('publish-page')
})

test('a size is told in its largest unit', () => {
  expect([812, 1400, 123_456_789, 2e12].map(bytesText)).toEqual(['812 B', '1.4 KB', '123 MB', '2.0 TB'])
})

test('colour is for terminals that want it', () => {
  const red = (wantsColor: boolean, isTerminal: boolean, env = {}) => styleOf({ wantsColor, isTerminal, env }).red('x')
  expect(red(true, true)).toBe('\u001b[31mx\u001b[39m')
  expect([red(false, true), red(true, false), red(true, true, { NO_COLOR: '1' }), red(true, true, { TERM: 'dumb' })]).toEqual([
    'x',
    'x',
    'x',
    'x',
  ])
  expect(red(true, false, { FORCE_COLOR: '1' })).not.toBe('x')
})
