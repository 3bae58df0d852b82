import { describe, expect, test } from 'vitest'
import { parseWords } from '../parse-words.ts'
import { payloadOf } from './payload.ts'
import { pathsOf, valuesOf } from './values.ts'

describe('values', () => {
  test('are JSON where they are, and text otherwise', () => {
    expect(valuesOf(['amount=10', 'ok=true', 'name=Ana Ruiz', 'code="10"', 'tags=["a"]', 'none=null', 'empty=', 'url=a=b'])).toEqual({
      amount: 10,
      ok: true,
      name: 'Ana Ruiz',
      code: '10',
      tags: ['a'],
      none: null,
      empty: '',
      url: 'a=b',
    })
  })

  test('may be given by path, and as a whole object', () => {
    expect(valuesOf(['order.id=A1', 'order.lines.n=2', '{"x":1}'])).toEqual({ order: { id: 'A1', lines: { n: 2 } }, x: 1 })
    expect(pathsOf(['order.id=A1', 'n=2'])).toEqual({ 'order.id': 'A1', n: 2 })
  })

  test.each(['name', '=x', 'a..b=1', '__proto__.x=1', '{"a":', 'a=[1'])('%s is refused', (given) => {
    expect(() => valuesOf([given])).toThrow(expect.objectContaining({ code: 'USAGE' }))
  })
})

test('a payload is told by its look', () => {
  expect(['/content/home', 'https://a.example/x', '0198c1f2-0000-7000-8000-3fa94b7c21d0', '{"a":1}', '[1]'].map(payloadOf)).toEqual([
    { kind: 'path', ref: '/content/home' },
    { kind: 'url', ref: 'https://a.example/x' },
    { kind: 'uuid', ref: '0198c1f2-0000-7000-8000-3fa94b7c21d0' },
    { kind: 'json', json: { a: 1 } },
    { kind: 'json', json: [1] },
  ])
})

describe('a command line', () => {
  test.each([
    [['instance', 'list', '--json'], 'instance list', ['instance', 'list', '--json']],
    [['--as', 'ana', '--json', 'inbox'], 'inbox', ['inbox', '--as', 'ana', '--json']],
    [
      ['--url=http://x', 'work-item', 'comment', 'a', '--', '-x'],
      'work-item comment',
      ['work-item', 'comment', 'a', '--url=http://x', '--', '-x'],
    ],
    [['execution', 'ls'], 'instance list', ['instance', 'list']],
    [['models', '--json'], 'model list', ['model', 'list', '--json']],
    [['models', '--help'], undefined, ['model', '--help']],
    [['model'], undefined, ['model']],
    [['start', 'refund'], 'start', ['start', 'refund']],
    [['nonsense'], undefined, ['nonsense']],
    [[], undefined, []],
  ])('%j is %s', (given, words, argv) => expect(parseWords(given)).toEqual({ words, argv }))
})
