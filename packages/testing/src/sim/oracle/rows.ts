/** What people and the host look up, worked out once more from the states alone, and compared with what the store answers. */
import { isFinal, type State, type Step } from '@millrace/kernel'
import type { Store } from '@millrace/protocol'
import type { Violations } from '../violations.ts'

const ALL = { user: 'cleo', groups: [], seesAll: true } as const
const FAR_MS = 8.64e15

export const checkRows = async (store: Store, states: readonly State[], violations: Violations): Promise<void> => {
  const open = states.filter((state) => !isFinal(state.status))
  const compare = (what: string, expected: readonly string[], found: readonly string[]): void => {
    const missing = expected.filter((row) => !found.includes(row))
    const extra = found.filter((row) => !expected.includes(row))
    if (missing.length > 0) violations.add(`${what} not stored: ${missing.slice(0, 5).join(' | ')}`)
    if (extra.length > 0) violations.add(`${what} stored beyond the state: ${extra.slice(0, 5).join(' | ')}`)
    if (new Set(found).size !== found.length) violations.add(`${what} stored twice: ${found.join(' | ')}`)
  }
  const timers = await store.instances.dueTimers({ beforeMs: FAR_MS, limit: 100_000 })
  compare(
    'timers',
    open.flatMap(timersOf),
    timers.map((row) => `${row.instance} ${row.step} ${row.timeout ?? 'own'} ${row.dueAtMs}`),
  )
  compare(
    'unfinished instances',
    open.filter(isUnfinished).map((state) => state.id),
    await store.instances.unfinished({ limit: 100_000 }),
  )
  compare(
    'open instances',
    open.map((state) => state.id),
    await store.instances.open({ limit: 100_000 }),
  )
  compare(
    'lock requests',
    open
      .filter((state) => state.locks.length > 0 && state.status !== 'SCHEDULED')
      .map((state) => `${state.id} ${state.status} ${state.locks.join()}`),
    (await store.instances.lockRows()).map((row) => `${row.instance} ${row.status} ${row.locks.join()}`),
  )
  compare('work items', open.flatMap(itemsOf), await inbox(store))
  compare('incidents', open.flatMap(incidentsOf), await incidents(store))
  for (const state of open) {
    for (const step of Object.values(state.steps)) {
      if (step.wait.kind !== 'message' || step.incident !== undefined) continue
      const waiters = await store.instances.waiters(state.workspace, step.wait.name, step.wait.key)
      if (!waiters.some((row) => row.instance === state.id && row.step === step.n))
        violations.add(`${state.id}.${step.n} waits for a message nobody would bring`)
    }
  }
}

const timersOf = (state: State): readonly string[] => {
  if (state.status === 'SCHEDULED') return [`${state.id} 0 own ${state.startAtMs}`]
  if (state.status === 'CANCELLING') return [`${state.id} 0 own ${state.cancelByMs}`]
  if (state.status !== 'RUNNING') return []
  return Object.values(state.steps).flatMap((step) => [
    ...(step.timers ?? []).map(({ timeout, dueAtMs }) => `${state.id} ${step.n} ${timeout} ${dueAtMs}`),
    ...ownDue(step).map((dueAtMs) => `${state.id} ${step.n} own ${dueAtMs}`),
  ])
}

const ownDue = ({ wait, incident }: Step): readonly number[] => {
  if (incident !== undefined) return []
  if (wait.kind === 'timer') return [wait.dueAtMs]
  if (wait.kind === 'message') return wait.dueAtMs === undefined ? [] : [wait.dueAtMs]
  return wait.kind === 'task' && wait.retryAtMs !== undefined ? [wait.retryAtMs] : []
}

const isUnfinished = (state: State): boolean =>
  state.code?.delivering !== undefined ||
  Object.values(state.steps).some(
    ({ wait, incident }) => wait.kind === 'task' && incident === undefined && wait.retryAtMs === undefined && wait.awaitsCallback !== true,
  )

const itemsOf = (state: State): readonly string[] =>
  Object.values(state.steps).flatMap((step) =>
    step.wait.kind === 'work-item' && step.incident === undefined
      ? [`${state.id}.${step.n} ${step.wait.assignee ?? ''} ${step.wait.version}`]
      : [],
  )

const incidentsOf = (state: State): readonly string[] => [
  ...(state.incident === undefined ? [] : [`${state.id} ${state.incident.code}`]),
  ...Object.values(state.steps).flatMap((step) => (step.incident === undefined ? [] : [`${state.id}.${step.n} ${step.incident.code}`])),
]

const inbox = async (store: Store): Promise<readonly string[]> => {
  const rows = await pages((cursor) => store.queries.inbox({ workspace: 'default', reader: ALL, view: 'all' }, { limit: 100, cursor }))
  return rows.map((row) => `${row.instance}.${row.step} ${row.assignee ?? ''} ${row.version}`)
}

const incidents = async (store: Store): Promise<readonly string[]> => {
  const rows = await pages((cursor) => store.queries.incidents('default', { limit: 100, cursor }))
  return rows.map((row) => `${row.instance}${row.step === undefined ? '' : `.${row.step}`} ${row.error.code}`)
}

/** All pages of a list. */
export const pages = async <T>(
  page: (cursor: string | undefined) => Promise<{ readonly items: readonly T[]; readonly next?: string | undefined }>,
): Promise<readonly T[]> => {
  const all: T[] = []
  for (let cursor: string | undefined; ; ) {
    const { items, next } = await page(cursor)
    all.push(...items)
    if (next === undefined) return all
    cursor = next
  }
}
