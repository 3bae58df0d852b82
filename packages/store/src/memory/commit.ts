/** The memory adapter's commit: the same projections as SQLite, written to Maps. Everything that may fail is computed before the first write. */
import type { CommitBatch, FeedEvent, InstanceChange } from '@millrace/protocol'
import { ACTIVITIES, activityOf, QUARTER_MS } from '../projections/activity.ts'
import { answerAt } from '../projections/answer.ts'
import { contextOf, type RowContext } from '../projections/context.ts'
import { eventsOf } from '../projections/feed.ts'
import { incidentChanges } from '../projections/incident.ts'
import { codeBegun } from '../projections/instance.ts'
import { lockChange } from '../projections/lock.ts'
import { unseenBy } from '../projections/seen.ts'
import { attemptsBegun, stepRow } from '../projections/step.ts'
import { type TimerChanges, type TimerRow, timerChanges } from '../projections/timer.ts'
import { type StepChange, touchedSteps } from '../projections/touched.ts'
import { involvedBy, workItemRow } from '../projections/work-item.ts'
import { keyOf, type MemoryInstance, type Tables } from './tables.ts'

export const commit = (tables: Tables, batch: CommitBatch): number => {
  const planned = batch.changes.map((change) => plan(tables, change))
  const events: FeedEvent[] = []
  for (const each of planned) write(tables, each, batch.atMs, events)
  for (const message of batch.keptMessages ?? []) tables.messages.set(++tables.lastMessage, message)
  for (const id of batch.takenMessages ?? []) tables.messages.delete(id)
  for (const { workspace, user, route, key, bodyHash, ...rest } of batch.answers ?? []) {
    const answer = answerAt(rest, tables.position)
    tables.answers.set(keyOf(workspace, user, route, key), { workspace, user, route, key, bodyHash, answer, atMs: batch.atMs })
  }
  tables.feed.push(...events)
  tables.listeners.tell(events)
  return tables.position
}

interface Planned {
  readonly change: InstanceChange
  readonly steps: readonly StepChange[]
  readonly context: RowContext
  readonly timers: TimerChanges
}

const plan = (tables: Tables, change: InstanceChange): Planned => {
  const isKnown = tables.instances.has(change.after.id)
  if (isKnown !== (change.before !== undefined)) {
    throw new Error(`Instance ${change.after.id} ${isKnown ? 'began before' : 'never began'}: the state before does not say so.`)
  }
  const steps = touchedSteps(change)
  return { change, steps, context: contextOf(change), timers: timerChanges(change, steps) }
}

const write = (tables: Tables, { change, steps, context, timers }: Planned, atMs: number, events: FeedEvent[]): void => {
  const { before, after, facts } = change
  const instance = tables.instances.get(after.id) ?? begin(tables, change)
  const unplaced = eventsOf({ id: after.id, workspace: after.workspace, locks: after.locks, version: after.facts, facts, context })
  for (const event of unplaced) events.push({ seq: ++tables.position, atMs, ...event })
  const position = tables.position

  instance.state = after
  instance.seq = position
  if (before?.status !== after.status) instance.suspendedAtMs = after.status === 'SUSPENDED' ? atMs : undefined
  instance.busy += attemptsBegun(steps) + codeBegun(before, after)
  instance.rows.push({ seq: after.facts - facts.length + 1, run: before?.run ?? 1, facts, context })
  writeItems(tables, instance, change, steps)
  const opened = writeIncidents(instance, change, steps)
  countActivity(tables, change, opened, atMs)
  for (const { n, after: step } of steps) {
    const row = stepRow(step)
    if (row === undefined) instance.steps.delete(n)
    else instance.steps.set(n, { ...row, since: instance.steps.get(n)?.since ?? position })
  }
  instance.timers = [...instance.timers.filter((row) => !timers.drop.some((other) => isSameTimer(row, other))), ...timers.put]
  const lock = lockChange(change)
  if (lock.kind === 'request') instance.lock = { order: position, sinceMs: atMs }
  else if (lock.kind === 'drop') instance.lock = undefined
  else if (lock.kind === 'update' && lock.isGranted && instance.lock !== undefined) instance.lock = { ...instance.lock, sinceMs: atMs }
}

const begin = (tables: Tables, { after }: InstanceChange): MemoryInstance => {
  const instance: MemoryInstance = {
    order: ++tables.begun,
    state: after,
    seq: 0,
    busy: 0,
    rows: [],
    items: new Map(),
    incidents: new Map(),
    steps: new Map(),
    timers: [],
    involved: new Set([`user:${after.initiator}`]),
  }
  tables.instances.set(after.id, instance)
  return instance
}

const writeItems = (tables: Tables, instance: MemoryInstance, { facts }: InstanceChange, steps: readonly StepChange[]): void => {
  for (const step of steps) {
    const row = workItemRow(step, facts)
    if (row === undefined) continue
    const order = instance.items.get(row.step)?.order ?? ++tables.opened
    instance.items.set(row.step, { row, order, seq: instance.seq })
    for (const principal of involvedBy(row)) instance.involved.add(principal)
    const unseen = unseenBy(row, facts)
    const key = keyOf(instance.state.id, row.step)
    if (unseen !== undefined) tables.seen.set(key, new Set([...(tables.seen.get(key) ?? [])].filter((user) => user === unseen.but)))
  }
}

/** @returns how many were opened */
const writeIncidents = (instance: MemoryInstance, change: InstanceChange, steps: readonly StepChange[]): number => {
  const { drop, put } = incidentChanges(change, steps)
  for (const step of drop) instance.incidents.delete(step)
  for (const row of put) instance.incidents.set(row.step, { ...row, order: instance.seq })
  return put.length
}

const countActivity = (tables: Tables, change: InstanceChange, opened: number, atMs: number): void => {
  const activity = activityOf(change, opened)
  if (activity === undefined) return
  const { workspace, workflow } = change.after
  const quarter = Math.floor(atMs / QUARTER_MS)
  const key = keyOf(workspace, workflow, quarter)
  const row = tables.activity.get(key)
  if (row === undefined) tables.activity.set(key, { workspace, workflow, quarter, counts: { ...activity } })
  else for (const name of ACTIVITIES) row.counts[name] += activity[name]
}

const isSameTimer = (a: TimerRow, b: TimerRow): boolean => a.step === b.step && a.timeout === b.timeout
