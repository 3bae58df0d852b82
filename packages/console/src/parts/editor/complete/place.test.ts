import { describe, expect, test } from 'vitest'
import { placeAt } from './place.ts'

/** The place of `‸` in a text. */
function place(text: string) {
  const found = placeAt(text.replace('‸', ''), text.indexOf('‸'))
  return found === undefined ? undefined : `${found.kind} ${found.path.join('/')} "${found.prefix}"`
}

const records = (text: string) => placeAt(text.replace('‸', ''), text.indexOf('‸'))?.records.map((record) => Object.fromEntries(record))

describe('the place in a text', () => {
  test.each([
    ['‸', 'key  ""'],
    ['id: a\nti‸', 'key  "ti"'],
    ['payload: ‸', 'value payload ""'],
    ['payload: pa‸', 'value payload "pa"'],
    ['data:\n  amount:\n    ty‸', 'key data/amount "ty"'],
    ['data:\n  amount:\n    type: ‸', 'value data/amount/type ""'],
    ['nodes:\n  - ‸', 'key nodes/* ""'],
    ['nodes:\n  - id: a\n    ty‸', 'key nodes/* "ty"'],
    ['nodes:\n- id: a\n  ty‸', 'key nodes/* "ty"'],
    ['nodes:\n  - id: a\n    type: ‸\n  - id: b', 'value nodes/*/type ""'],
    ['nodes:\n  - id: a\n    retry:\n      att‸', 'key nodes/*/retry "att"'],
    ['nodes:\n  - id: a\n    branches:\n      - b\n      - ‸', 'key nodes/*/branches/* ""'],
    ['nodes:\n  - id: a\n    routes:\n      approve: { to: ‸', 'value nodes/*/routes/approve/to ""'],
    ['nodes:\n  - { id: a, ty‸ }', 'key nodes/* "ty"'],
    ['nodes:\n  - { id: a, type: pro‸', 'value nodes/*/type "pro"'],
    ['nodes:\n  - { id: a, routes: { x: en‸ } }', 'value nodes/*/routes/x "en"'],
    ['nodes:\n  - { id: a,\n      ne‸', 'key nodes/* "ne"'],
    ['tags: [a, ‸', 'key tags/* ""'],
    ['nodes:\n  - id: a\n\n    ‸', 'key nodes/* ""'],
    ['nodes:\n  - id: a\n    next: end\n‸', 'key  ""'],
    ['"quo:ted": 1\nnodes:\n  - ‸', 'key nodes/* ""'],
  ])('%j', (text, expected) => {
    expect(place(text)).toBe(expected)
  })

  test.each(['# a comm‸ent', 'id: a # com‸', 'title: "quo‸', "title: 'quo‸", 'nodes:\n  - description: |\n      te‸', 'a: { b: "x, ‸'])(
    'is none where nothing is to be completed: %j',
    (text) => {
      expect(place(text)).toBeUndefined()
    },
  )

  test('knows the scalars of every record around it, before and after', () => {
    expect(records('id: m\nnodes:\n  - id: a\n    type: process\n    retry:\n      ‸\n    next: end\n  - id: b')).toEqual([
      { id: 'm', nodes: '' },
      {},
      { id: 'a', type: 'process', retry: '', next: 'end' },
      {},
    ])
    expect(records('nodes:\n  - { ‸, type: wait, for: 1d }')?.at(-1)).toEqual({ type: 'wait', for: '1d' })
    expect(records('nodes:\n  - id: a\n    type: wait\n  - id: b\n    ‸')?.at(-1)).toEqual({ id: 'b' })
  })
})
