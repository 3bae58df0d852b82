import type { Why } from '@millrace/protocol'
import { expect, test } from 'vitest'
import { markOf } from './mark.ts'

const running = (code?: Why['code'], incidents = 0) =>
  markOf({ status: 'RUNNING', incidents, ...(code === undefined ? {} : { why: { code } }) })

test('a running instance shows what it waits for, not that it runs', () => {
  expect([running('PERSON'), running('RETRY'), running('QUEUED'), running('TASK'), running('STALE')]).toEqual([
    'person',
    'timer',
    'queued',
    'running',
    'stale',
  ])
})

test('an incident outranks every other reason', () => {
  expect(running('PERSON', 1)).toBe('incident')
})

test('an ended instance shows how it ended, whatever its incidents were', () => {
  expect(markOf({ status: 'FAILED', incidents: 1 })).toBe('failed')
  expect(markOf({ status: 'COMPLETED', incidents: 0 })).toBe('completed')
  expect(markOf({ status: 'ABORTED', incidents: 2 })).toBe('aborted')
})
