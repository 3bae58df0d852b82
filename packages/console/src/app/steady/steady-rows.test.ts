import { expect, test } from 'vitest'
import { freshRows, type Hand, LEAVING_MS, neighbourOf, nextLeaveMs, type Steady, settleRows } from './steady-rows.ts'

interface Row {
  readonly id: string
  readonly title?: string
}
const rows = (ids: string): readonly Row[] => [...ids].map((id) => ({ id }))
const nobody: Hand = { own: new Set() }
const say = ({ shown, waiting }: Steady<Row>): string =>
  shown.map(({ row, leftAtMs }) => (leftAtMs === undefined ? row.id : `(${row.id})`)).join('') + (waiting > 0 ? ` +${waiting}` : '')

test('a row that somebody else took stays in its place for four seconds, marked, and then goes', () => {
  const before = freshRows(rows('abc'))
  const left = settleRows(before, rows('ac'), nobody, 1_000)
  expect(say(left)).toBe('a(b)c')
  expect(say(settleRows(left, rows('ac'), nobody, 1_000 + LEAVING_MS - 1))).toBe('a(b)c')
  expect(say(settleRows(left, rows('ac'), nobody, 1_000 + LEAVING_MS))).toBe('ac')
})

test('a gone row above the pointer waits until the pointer is away: nothing slides under the hand', () => {
  const left = settleRows(freshRows(rows('abcd')), rows('acd'), { ...nobody, pointed: 'c' }, 0)
  expect(say(settleRows(left, rows('acd'), { ...nobody, pointed: 'c' }, 60_000))).toBe('a(b)cd')
  expect(say(settleRows(left, rows('acd'), { ...nobody, pointed: 'a' }, 60_000))).toBe('acd')
})

test('the focused row is never taken away', () => {
  const left = settleRows(freshRows(rows('abc')), rows('ac'), { ...nobody, focused: 'b' }, 0)
  expect(say(settleRows(left, rows('ac'), { ...nobody, focused: 'b' }, 60_000))).toBe('a(b)c')
  expect(say(settleRows(left, rows('ac'), { ...nobody, focused: 'c' }, 60_000))).toBe('ac')
})

test('what the person decided themself goes at once', () => {
  expect(say(settleRows(freshRows(rows('abc')), rows('bc'), { own: new Set(['a']) }, 0))).toBe('bc')
})

test('new rows above wait to be asked for; the next page below comes by itself', () => {
  const shown = settleRows(freshRows(rows('bd')), rows('abcdef'), nobody, 0)
  expect(say(shown)).toBe('bdef +2')
})

test('a row that comes back is whole again', () => {
  const left = settleRows(freshRows(rows('ab')), rows('a'), nobody, 0)
  expect(say(settleRows(left, rows('ab'), nobody, 100))).toBe('ab')
})

test('a changed order changes nothing until it is asked for, but what a row says is always the newest', () => {
  const after = settleRows(freshRows<Row>(rows('abc')), [{ id: 'c' }, { id: 'a', title: 'new' }, { id: 'b' }], nobody, 0)
  expect(say(after)).toBe('abc')
  expect(after.shown[0]?.row.title).toBe('new')
})

test('when everything shown is gone and over, the list begins afresh', () => {
  const left = settleRows(freshRows(rows('ab')), rows('xy'), nobody, 0)
  expect(say(left)).toBe('(a)(b) +2')
  expect(say(settleRows(left, rows('xy'), nobody, LEAVING_MS))).toBe('xy')
})

test('an unchanged list is the very same object, so that nothing is drawn again', () => {
  const server = rows('abc')
  const before = freshRows(server)
  expect(settleRows(before, server, nobody, 0)).toBe(before)
})

test('after a decision the focus goes to the next row that stays, at the end to the one before', () => {
  const list = settleRows(freshRows(rows('abcd')), rows('abd'), nobody, 0)
  expect(neighbourOf(list, 'b')?.id).toBe('d')
  expect(neighbourOf(list, 'd')?.id).toBe('b')
  expect(neighbourOf(freshRows(rows('a')), 'a')).toBeUndefined()
})

test('the list is looked at again when the first leaving row is due', () => {
  const left = settleRows(freshRows(rows('ab')), rows('a'), nobody, 1_000)
  expect(nextLeaveMs(left, 2_000)).toBe(3_000)
  expect(nextLeaveMs(freshRows(rows('ab')), 0)).toBeUndefined()
})

test('a page that is let go at the top or the bottom is not a row that left', () => {
  const cut = settleRows(freshRows(rows('abcd')), rows('cdef'), nobody, 0, { hasBefore: true, hasAfter: true })
  expect(say(cut)).toBe('cdef')
  const back = settleRows(cut, rows('abcd'), nobody, 0, { hasBefore: false, hasAfter: true })
  expect(say(back)).toBe('abcd')
})

test('a row that leaves in the middle of what is held is marked, however much lies beyond the edges', () => {
  const cut = freshRows(rows('cdef'), { hasBefore: true, hasAfter: true })
  expect(say(settleRows(cut, rows('cef'), nobody, 0, { hasBefore: true, hasAfter: true }))).toBe('c(d)ef')
})

test('a jump to another part of the list shows that part', () => {
  expect(say(settleRows(freshRows(rows('abc')), rows('xyz'), nobody, 0, { hasBefore: true, hasAfter: true }))).toBe('xyz')
})
