import type { Store, TroubleCounts } from '@millrace/protocol'
import { openMemoryStore } from '@millrace/store'
import { openTask, tell } from '@millrace/testing/store-contract'
import { expect, it } from 'vitest'
import { Programs } from '../programs.ts'
import { type OperatePorts, operate } from './operate.ts'

const ports = (store: Store, more: Partial<OperatePorts> = {}): OperatePorts => ({
  store,
  programs: new Programs(store),
  stale: async () => ({ count: 0, examples: [] }),
  health: () => ({ readOnly: false }),
  now: () => 1_000,
  ...more,
})

it('says nothing when all is well', async () => {
  expect(await operate(ports(openMemoryStore()), 'default')).toEqual({ lines: [], rest: [], open: 0, asOf: 0 })
})

it('a full disk comes before everything, with its reason, and a disk that is nearly full is said before it is', async () => {
  const store = openMemoryStore()
  const nearlyFull = {
    ...store,
    maintenance: { ...store.maintenance, facts: async () => ({ bytes: 1, walBytes: 1, format: 1, freeBytes: 5_000 }) },
  }
  const { lines } = await operate(
    ports(nearlyFull, {
      health: () => ({ readOnly: true, reason: 'The disk is full.' }),
      stale: async () => ({ count: 1, sinceMs: 5, examples: ['i'] }),
    }),
    'default',
  )
  expect(lines).toEqual([
    { code: 'READ_ONLY', count: 0, params: { reason: 'The disk is full.' } },
    { code: 'DISK_LOW', count: 0, params: { freeBytes: 5_000 } },
    { code: 'STALE', count: 1, sinceMs: 5, params: { instances: ['i'] }, link: { to: 'doctor', query: {} } },
  ])
})

it('many groups of incidents never hide another kind of trouble', async () => {
  const store = openMemoryStore()
  for (const [n, message] of ['no page', 'no money', 'no time', 'no way', 'no one', 'no go'].entries()) {
    for (let times = 0; times <= n; times++) {
      await tell(n * 10 + times + 1).commit(store, 500, openTask(1), { t: 'incident', step: 1, error: { code: 'X', message } })
    }
  }
  const one = { count: 1, sinceMs: 1 }
  const counts: TroubleCounts = { queued: one, suspended: one, overdue: one, missed: one, nobody: one, late: one, failed: one }
  const troubled = { ...store, queries: { ...store.queries, troubles: async () => counts } }
  const { lines, rest } = await operate(ports(troubled), 'default')
  expect(lines.map(({ code }) => code)).toEqual([
    'INCIDENTS',
    'NOBODY',
    'OVERDUE',
    'SCHEDULED_MISSED',
    'QUEUED_LONG',
    'LATE',
    'SUSPENDED_LONG',
  ])
  expect(lines[0]).toMatchObject({ count: 6, params: { message: 'no go' } })
  expect(rest.map(({ code, count }) => [code, count])).toEqual([
    ['FAILED', 1],
    ['INCIDENTS', 5],
    ['INCIDENTS', 4],
    ['INCIDENTS', 3],
    ['INCIDENTS', 2],
  ])
  const few = {
    ...store,
    queries: {
      ...store.queries,
      troubles: async () => ({ ...counts, queued: { count: 0 }, missed: { count: 0 }, overdue: { count: 0 }, late: { count: 0 } }),
    },
  }
  expect((await operate(ports(few), 'default')).lines.map(({ code }) => code)).toEqual([
    'INCIDENTS',
    'INCIDENTS',
    'INCIDENTS',
    'INCIDENTS',
    'NOBODY',
    'SUSPENDED_LONG',
    'FAILED',
  ])
})
