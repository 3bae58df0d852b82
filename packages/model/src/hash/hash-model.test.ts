import { createHash } from 'node:crypto'
import { canonicalJson, hashModel, type Model, parseModel, printModel, sha256 } from '@millrace/model'
import { soundModel } from '@millrace/testing/arbitrary-model'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

describe('SHA-256', () => {
  test('gives the known digests', () => {
    expect(sha256('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
    expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
    expect(sha256('a'.repeat(1_000_000))).toBe('cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0')
  })

  test('agrees with the host for any text of any length', () => {
    const texts = fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), fc.string({ maxLength: 130 }))
    fc.assert(
      fc.property(texts, (text) => {
        expect(sha256(text)).toBe(createHash('sha256').update(text.toWellFormed()).digest('hex'))
      }),
      { numRuns: 1_000 },
    )
  })
})

describe('canonical JSON', () => {
  test('has one text for equal values', () => {
    expect(canonicalJson({ b: [1, { d: null, c: 'é"' }], a: -0 })).toBe('{"a":0,"b":[1,{"c":"é\\"","d":null}]}')
  })

  test('is JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value as null))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })

  test('refuses numbers JSON does not know', () => {
    expect(() => canonicalJson({ a: Number.NaN })).toThrow('NaN is no JSON number')
  })
})

describe('the hash of a model', () => {
  const text =
    'id: t\nnodes:\n  - { id: a, type: or-split, branches: [{ when: "true", to: b }, c] }\n  - { id: b, type: process, task: log, next: end }\n  - { id: c, type: process, task: log, next: end }\n'
  const model = parseModel(text).model as Model

  test('is the same for the same content, however it is laid out', () => {
    const other = parseModel(
      '# comment\nnodes:\n- branches:\n  - {to: b, when: "true"}\n  - {to: c}\n  type: or-split\n  id: a\n- {next: end, task: log, id: b, type: process, title: B}\n- {id: c, type: process, task: log, next: end}\nid: t\n',
    ).model as Model
    expect(hashModel(other)).toBe(hashModel(model))
    expect(hashModel({ ...model, nodes: [...model.nodes].reverse() })).toBe(hashModel(model))
  })

  test('is the same for another file, form and hour of the same import', () => {
    const imported = (file: string, metadata = {}): Model => ({ ...model, imported: { from: 'aem-design', file, metadata } })
    const runtime: Model = { ...model, imported: { from: 'aem-runtime', metadata: { 'cq:lastModified': '{Long}1', lastSynced: '2' } } }
    expect(hashModel(imported('a'))).toBe(hashModel(imported('b')))
    expect(hashModel(imported('a'))).toBe(hashModel(runtime))
    expect(hashModel(imported('a'))).not.toBe(hashModel(imported('a', { tags: 'dam' })))
    expect(hashModel(imported('a'))).not.toBe(hashModel(model))
  })

  test.each<[string, (model: Model) => Model]>([
    ['a title', (one) => ({ ...one, title: 'Other' })],
    ['a task', (one) => ({ ...one, nodes: one.nodes.map((node) => (node.type === 'process' ? { ...node, task: 'other' } : node)) })],
    ['the order in which branches are asked', (one) => ({ ...one, transitions: [...one.transitions].reverse() })],
    [
      'a rule',
      (one) => ({
        ...one,
        transitions: one.transitions.map((transition) => (transition.rule === undefined ? transition : { ...transition, rule: 'false' })),
      }),
    ],
    ['data', (one) => ({ ...one, data: { x: { type: 'string' } } })],
  ])('is another for another %s', (_, change) => {
    expect(hashModel(change(model))).not.toBe(hashModel(model))
  })

  test('survives printing', () => {
    fc.assert(
      fc.property(soundModel({ maxDepth: 2 }), (one) => {
        expect(hashModel(parseModel(printModel(one)).model as Model)).toBe(hashModel(one))
      }),
      { numRuns: 100 },
    )
  })

  test('is this one for ever: stored versions are found by it', () => {
    expect(hashModel(model)).toMatchInlineSnapshot(`"fa8402cc3fbd74832b7ec9231f6edc41a259f82747ea7d8d7c5cdfeb80b48174"`)
  })
})
