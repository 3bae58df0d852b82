import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeName, decodeProperty, encodeName, encodeProperty } from './docview.ts'
import { jsonOf, metadataValue, splitType } from './metadata.ts'

describe('properties', () => {
  test.each<[raw: string, value: string | readonly string[]]>([
    ['hello', 'hello'],
    ['', ''],
    ['{Boolean}true', '{Boolean}true'],
    ['{String}text', 'text'],
    ['{Date}2024-03-11T23:30:43.622-04:00', '{Date}2024-03-11T23:30:43.622-04:00'],
    ['[a,b]', ['a', 'b']],
    ['[]', []],
    ['[\\0]', ['']],
    ['[a,]', ['a', '']],
    ['[Regex:(x)\\,Suffix:is,Regex:(y)]', ['Regex:(x),Suffix:is', 'Regex:(y)']],
    ['[${filename}[0] -x,b[1]]', ['${filename}[0] -x', 'b[1]']],
    ['{Long}[1,2]', ['{Long}1', '{Long}2']],
    ['count:4,[140:100],[48:48]', 'count:4,[140:100],[48:48]'],
    ['\\{Long}5', '\\{Long}5'],
    ['\\{"nodeName":"ROOT"}', '{"nodeName":"ROOT"}'],
    ['{"nodeName":"ROOT"}', '{"nodeName":"ROOT"}'],
    ['\\[a', '[a'],
    ['a\\\\b', 'a\\b'],
    ['tab\\u0007', 'tab\u0007'],
    ['[open', ['open']],
    ['ends\\', 'ends'],
  ])('%j is %j', (raw, value) => {
    expect(decodeProperty(raw)).toEqual(value)
  })

  test('every value can be written and read back', () => {
    const value = fc.string({
      unit: fc.constantFrom('a', 'é', ' ', '\\', '{', '}', '[', ']', ',', '0', 'u', '\n', '\r', '\t', '"', '\u0001', '{Long}', '{Boolean}'),
    })
    fc.assert(
      fc.property(value, (text) => {
        expect(splitType(String(decodeProperty(encodeProperty(metadataValue(text)))))).toEqual({ text })
      }),
      { numRuns: 2_000 },
    )
    fc.assert(
      fc.property(fc.array(value), (texts) => {
        const decoded = decodeProperty(encodeProperty(metadataValue(texts)))
        expect(typeof decoded === 'string' ? decoded : decoded.map((entry) => splitType(entry).text)).toEqual(texts)
      }),
      { numRuns: 2_000 },
    )
  })

  test('types survive from the REST form to the file and back to JSON', () => {
    for (const json of [true, false, 5, -1.5, 'true', '5', '{Long}5', ['a', ''], [1, 2], '']) {
      expect(jsonOf(decodeProperty(encodeProperty(metadataValue(json))))).toEqual(json)
    }
  })
})

describe('names', () => {
  test.each([
    ['_x0031_', '1'],
    ['node1_x0023_node2', 'node1#node2'],
    ['_x0024_x', '$x'],
    ['a_x005f_x0031_', 'a_x0031_'],
    ['plain_name-1.x', 'plain_name-1.x'],
    ['jcr:content', 'jcr:content'],
  ])('%s is %s', (xml, name) => {
    expect(decodeName(xml)).toBe(name)
    expect(encodeName(name)).toBe(xml)
  })

  test('every name can be written and read back, and is an XML name', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, unit: fc.constantFrom('a', 'Z', '1', '_', 'x', '0', '#', ' ', '-', '.', 'é', '日', '😀', '_x0031_') }),
        (name) => {
          expect(decodeName(encodeName(name))).toBe(name)
          expect(encodeName(name)).toMatch(/^[A-Za-z_\u00c0-\u024f][\w.:\-\u00b7\u00c0-\u024f]*$/)
        },
      ),
      { numRuns: 2_000 },
    )
  })
})
