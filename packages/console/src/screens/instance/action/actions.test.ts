import type { Instance, Why } from '@millrace/protocol'
import { expect, test } from 'vitest'
import { type ActionForm, bodyOf } from './action-body.ts'
import { actionsFor, mainAction } from './actions.ts'

const operator = { operates: true, isOwn: false }
const open = { step: 4, node: 'pay', title: 'Pay', waits: 'task', openedAtMs: 1 } as const
const failed = { ...open, incident: { code: 'DOWN', message: 'no answer', atMs: 2 } }
const running = (steps: Instance['steps']) => ({ status: 'RUNNING', kind: 'graph', steps, incident: undefined }) as const
const why = (code: Why['code'], rest: Partial<Why> = {}): Why => ({ code, params: {}, sinceMs: 1, blockers: [], who: [], more: 0, ...rest })

test('retry is offered only where something failed or waits for its next try', () => {
  expect(actionsFor(running([open]), operator)).not.toContain('retry')
  expect(actionsFor(running([failed]), operator)).toContain('retry')
  expect(actionsFor(running([{ ...open, retryAtMs: 9 }]), operator)).toContain('retry')
})

test('an ended instance can begin anew and nothing else', () => {
  expect(actionsFor({ ...running([]), status: 'COMPLETED' }, operator)).toEqual(['restart'])
  expect(actionsFor({ ...running([]), status: 'FAILED' }, operator)).toEqual(['resume', 'restart'])
})

test('who started it may cancel it; a reader may do nothing', () => {
  expect(actionsFor(running([failed]), { operates: false, isOwn: true })).toEqual(['cancel'])
  expect(actionsFor(running([failed]), { operates: false, isOwn: false })).toEqual([])
})

test('the one action beside the why-line is what unblocks it', () => {
  const all = actionsFor(running([failed]), operator)
  expect(mainAction({ status: 'RUNNING', why: why('INCIDENT', { params: { step: 4 } }) }, all, true)).toEqual({
    kind: 'do',
    action: 'retry',
    step: 4,
  })
  expect(mainAction({ status: 'RUNNING', why: why('PERSON', { blockers: [['work-item', 'i.4']] }) }, all, true)).toEqual({
    kind: 'open',
    noun: 'work-item',
    id: 'i.4',
  })
  expect(mainAction({ status: 'QUEUED', why: why('QUEUED') }, all, true)).toEqual({ kind: 'open', noun: 'lock' })
})

test('where the reader may not do it, no button pretends they could', () => {
  expect(mainAction({ status: 'RUNNING', why: why('INCIDENT') }, [], false)).toBeUndefined()
  expect(mainAction({ status: 'QUEUED', why: why('QUEUED') }, [], false)).toBeUndefined()
})

const form: ActionForm = { reason: '', step: 4, route: '', from: '', data: '', output: '', name: '', key: '', body: '', force: false }

test('what is asked of the server leaves out what was left empty', () => {
  expect(bodyOf('terminate', { ...form, reason: '  ' })).toEqual({ body: { action: 'terminate' } })
  expect(bodyOf('skip', { ...form, route: 'ok', output: '{"a":1}' })).toEqual({
    body: { action: 'skip', step: 4, route: 'ok', output: { a: 1 } },
  })
  expect(bodyOf('retry', { ...form, step: undefined, data: '{"a":1}' })).toEqual({ body: { action: 'retry', data: { a: 1 } } })
})

test('half-typed JSON, a list for data, or a message without a name is never sent', () => {
  expect(bodyOf('data', { ...form, data: '{"a":' })).toEqual({ missing: 'json' })
  expect(bodyOf('data', { ...form, data: '[1]' })).toEqual({ missing: 'object' })
  expect(bodyOf('data', form)).toEqual({ missing: 'object' })
  expect(bodyOf('message', form)).toEqual({ missing: 'name' })
})
