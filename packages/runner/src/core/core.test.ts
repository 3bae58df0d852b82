import type { Call } from '@millrace/kernel'
import { expect, test } from 'vitest'
import { Core, type CoreAnswer, type CoreOptions } from './core.ts'

const BUNDLE = `
const { workflow } = require('millrace:1/workflow')
exports.default = workflow({ id: 'test' }, async (run, input) => { for (;;) await run.task('t', input) })`

const open = (options: CoreOptions) => {
  const core = new Core(options)
  const calls = new Map<string, number>()
  const supply = { workspace: 'default', initiator: 'ana', input: JSON.stringify('x'.repeat(1_000)), journal: [] }
  const advance = (instance: string, bundle: string, withSupply: boolean): CoreAnswer => {
    if (!core.hasBundle(bundle)) core.addBundle(bundle, BUNDLE)
    const made = calls.get(instance) ?? 0
    const delivery = JSON.stringify(made === 0 ? { kind: 'start' } : { kind: 'result', call: made })
    const answer = core.advance({ instance, run: 1, bundle, calls: made, atMs: 0, delivery }, withSupply ? supply : undefined)
    if (answer.kind === 'made') calls.set(instance, (JSON.parse(answer.calls[0] ?? '') as Call).call)
    return answer
  }
  return {
    core,
    start: (instance: string, bundle = 'b') => advance(instance, bundle, true),
    next: (instance: string, bundle = 'b') => advance(instance, bundle, false),
  }
}

test('keeps as many instances alive as their memory allows, those used last', () => {
  const { core, start, next } = open({ liveBytes: 100_000 })
  for (let i = 0; i < 100; i++) {
    start(`i-${i}`)
    expect(next('i-0').kind).toBe('made')
  }
  expect(core.alive).toBeGreaterThan(5)
  expect(core.alive).toBeLessThan(25)
  expect(next('i-99').kind).toBe('made')
  expect(next('i-1')).toEqual({ kind: 'needs', bundle: false, supply: true })
})

test('keeps the instance that runs now, even one that alone is too large', () => {
  const { core, start, next } = open({ liveBytes: 1 })
  start('large')
  expect(next('large').kind).toBe('made')
  start('other')
  expect(core.alive).toBe(1)
})

test('makes room on demand', () => {
  const { core, start } = open({})
  for (let i = 0; i < 10; i++) start(`i-${i}`)
  core.shrink(0.5)
  expect(core.alive).toBe(5)
  core.forget('i-9')
  core.forget('unknown')
  expect(core.alive).toBe(4)
})

test('keeps so many bundles, and drops a bundle with its instances', () => {
  const { core, start, next } = open({ bundles: 2 })
  start('a', 'bundle-a')
  start('b', 'bundle-b')
  start('c', 'bundle-c')
  expect(core.alive).toBe(2)
  expect(core.hasBundle('bundle-a')).toBe(false)
  expect(next('b', 'bundle-b').kind).toBe('made')
})
