import { nearest, suggest } from '@millrace/model'
import { expect, test } from 'vitest'

test.each([
  ['particpant', ['participant', 'process'], 'participant'],
  ['titel', ['title', 'type'], 'title'],
  ['Title', ['title'], 'title'],
  ['xyz', ['title', 'type'], undefined],
  ['to', ['too'], 'too'],
  ['', ['a'], undefined],
  ['x'.repeat(65), ['x'.repeat(65)], undefined],
])('%s among %j means %s', (word, candidates, expected) => {
  expect(nearest(word, candidates)).toBe(expected)
})

test('what is far from all is answered with the list, when it is short', () => {
  expect(suggest('zzz', ['approve', 'reject'])).toBe('Use one of: approve, reject.')
  expect(
    suggest(
      'zzz',
      Array.from({ length: 21 }, (_, i) => `long-word-${i}`),
    ),
  ).toBeUndefined()
})
