import type { Fact } from '@millrace/kernel'
import { randomTicks } from '@millrace/testing/store-contract'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { contextOf, NO_CONTEXT } from '../projections/context.ts'
import { CODES } from '../sqlite/codes.ts'
import { decodeFacts } from './decode-facts.ts'
import { encodeFacts } from './encode-facts.ts'
import { type RowInstance, SHAPES, WAITS } from './fact-shapes.ts'
import { upcast } from './upcast.ts'
import { isUuid, uuidBytes, uuidText } from './uuid.ts'

const blobs = { put: () => expect.fail('nothing here is large'), get: () => expect.fail('nothing here is large') }
const instance: RowInstance = {
  id: '0193e3a0-0000-7000-8000-000000000001',
  workspace: 'default',
  workflow: 'publish',
  version: 2,
  kind: 'graph',
  title: 'Publish /a',
  initiator: 'ana',
  payload: { kind: 'path', ref: '/a' },
  locks: [],
}
const { initiator: _i, locks: _l, ...said } = instance

test('one-step instances are written with nothing their row says already', () => {
  const facts: readonly Fact[] = [
    { at: 5, t: 'created', ...said, status: 'RUNNING', by: 'ana' },
    { at: 5, t: 'passed', node: 'start', in: [], out: [0] },
    { at: 5, t: 'opened', step: 1, node: 'work', in: [0], wait: { kind: 'task', task: 'log', attempt: 1 } },
    { at: 4, t: 'closed', step: 1, out: [1, 2], output: null, by: 'bo' },
    { at: 5, t: 'ended', status: 'COMPLETED' },
  ]
  const text = encodeFacts(facts, { atMs: 5, context: new Map([[7, { node: 'review', waits: 'work-item' }]]), blobs })
  expect(text).toBe(
    '[{"7":"1review"},[0],[8,"start",[],[0]],[10,1,"work",{"kind":"task","task":"log","attempt":1},{"in":[0]}],' +
      '[12,1,{"at":4,"out":[1,2],"output":null,"by":"bo"}],[6,"COMPLETED"]]',
  )
  expect(decodeFacts(text, { atMs: 5, format: 1, instance, blobs })).toEqual({
    facts,
    context: new Map([[7, { node: 'review', waits: 'work-item' }]]),
  })
})

test.each([
  ['by the host itself', {}, { initiator: 'system' }],
  ['by a user called system', { by: 'system' }, { initiator: 'system' }],
  ['for somebody', { by: 'root', for: 'ana' }, {}],
  ['for somebody by the host', { for: 'ana' }, {}],
  ['with no locks named', { by: 'ana', locks: [] }, {}],
  ['with locks', { by: 'ana', locks: ['printer'] }, { locks: ['printer'] }],
  ['by a parent', { by: 'ana', parent: { instance: instance.id, step: 3 } }, { parent: { instance: instance.id, step: 3 } }],
  ['in the queue, with everything said', { by: 'ana', status: 'QUEUED', priority: 50, data: {}, input: null, force: true }, {}],
])('an instance begun %s is read as it was written', (_, fact, row) => {
  const created: Fact = { at: 1, t: 'created', ...said, status: 'RUNNING', ...fact } as Fact
  const text = encodeFacts([created], { atMs: 1, context: NO_CONTEXT, blobs })
  expect(decodeFacts(text, { atMs: 1, format: 1, instance: { ...instance, ...row }, blobs }).facts).toEqual([created])
})

test('random facts are read as they were written', () => {
  fc.assert(
    fc.property(randomTicks(), (ticks) => {
      for (const change of ticks.flatMap(({ changes }) => changes)) {
        const { after, facts } = change
        const context = contextOf(change)
        const text = encodeFacts(facts, { atMs: facts[0]?.at ?? 0, context, blobs })
        const row = decodeFacts(text, { atMs: facts[0]?.at ?? 0, format: 1, instance: after, blobs })
        expect(row).toEqual({ facts, context })
      }
    }),
  )
})

test('a fact of a type this release has no shape for keeps all its words', () => {
  const unheard = { at: 1, t: 'blessed', step: 1, how: 'twice' } as unknown as Fact
  const text = encodeFacts([unheard], { atMs: 1, context: NO_CONTEXT, blobs })
  expect(decodeFacts(text, { atMs: 1, format: 1, instance, blobs }).facts).toEqual([unheard])
})

test('what is on disk is brought forward one format at a time, and refused when it is of a later one', () => {
  const step = (name: string) => ({ fact: (fact: unknown) => [fact, name], state: (state: unknown) => ({ state, name }) })
  const formats = { upcasts: { 1: step('to 2'), 2: step('to 3') }, latest: 3 }
  expect(upcast('fact', 'f', 1, formats)).toEqual([['f', 'to 2'], 'to 3'])
  expect(upcast('state', 's', 2, formats)).toEqual({ state: 's', name: 'to 3' })
  expect(upcast('fact', 'f', 3, formats)).toBe('f')
  expect(() => upcast('fact', 'f', 4, formats)).toThrow('newer Millrace')
  expect(() => upcast('state', 's', 0, formats)).toThrow('from format 0 to 1')
})

test('the codes on disk are those they have always been', async () => {
  const lists = Object.entries({ ...CODES, WAITS }).map(([name, words]) => [name, ...words.map((word, code) => `${code} ${word}`)])
  const shapes = ['SHAPES', ...SHAPES.map(({ t, keys }, code) => [code, t, ...keys].join(' '))]
  await expect(`${[...lists, shapes].map((lines) => lines.join('\n')).join('\n\n')}\n`).toMatchFileSnapshot('golden/codes.txt')
})

test('ids are stored as their bytes, and nothing else passes for one', () => {
  expect(uuidText(uuidBytes(instance.id))).toBe(instance.id)
  for (const wrong of ['', 'i-42', instance.id.toUpperCase(), instance.id.slice(1), `${instance.id}0`, instance.id.replace('7', 'ü')]) {
    expect(isUuid(wrong)).toBe(wrong === instance.id.toUpperCase() && wrong === instance.id)
    if (wrong !== instance.id.toUpperCase()) expect(() => uuidBytes(wrong)).toThrow('no instance id')
  }
})
