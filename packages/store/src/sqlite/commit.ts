/**
 * What a tick writes. One pass over the changes; per instance the row of facts, the row of the instance, and only for steps its facts touched what people and
 * timers wait for. The common change, a step that runs a task and is done, writes exactly two rows.
 */
import type { CommitBatch, FeedEvent, InstanceChange } from '@millrace/protocol'
import type { BlobWriter } from '../codec/blob.ts'
import { activityOf } from '../projections/activity.ts'
import { contextOf, type RowContext } from '../projections/context.ts'
import { countEvents, eventsOf, tellsOfIncidents } from '../projections/feed.ts'
import { incidentChanges } from '../projections/incident.ts'
import { codeBegun } from '../projections/instance.ts'
import { lockChange } from '../projections/lock.ts'
import { isPlain } from '../projections/plain.ts'
import { unseenBy } from '../projections/seen.ts'
import { attemptsBegun } from '../projections/step.ts'
import { timerChanges } from '../projections/timer.ts'
import { type StepChange, touchedSteps } from '../projections/touched.ts'
import { workItemRow, workItemRowBefore } from '../projections/work-item.ts'
import type { Handle } from './handles.ts'
import { WORKSPACE_STEP } from './lookups.ts'
import { createActivityTally } from './tables/activity.ts'
import { blobWriter } from './tables/blob.ts'
import { factWrites } from './tables/fact.ts'
import { writeIncidents } from './tables/incident.ts'
import { instanceWrites } from './tables/instance.ts'
import { writeLockRequest } from './tables/lock-request.ts'
import { writeAnswers, writeMessages } from './tables/message.ts'
import { clearSeen } from './tables/seen.ts'
import { needsSnapshot, writeSnapshot } from './tables/snapshot.ts'
import { writeSuspended } from './tables/suspended.ts'
import { createTally } from './tables/tally.ts'
import { createWaitingWrites, type Of } from './tables/waiting.ts'
import { createWorkItemWrites } from './tables/work-item.ts'
import type { Writer } from './writer.ts'

/** @returns the function that commits a batch and answers its feed position */
export const createCommit = (writer: Writer): ((batch: CommitBatch) => number) => {
  const { connection, lookups, handles, listeners } = writer
  const blobsOf = (instance: number, workspace: number): BlobWriter => blobWriter(connection, instance, workspace)
  const instances = instanceWrites(connection, lookups, blobsOf)
  const facts = factWrites(connection)
  const tally = createTally(connection)
  const items = createWorkItemWrites(connection, lookups)
  const waiting = createWaitingWrites(connection)
  const activity = createActivityTally(connection)
  const gathered = [...instances.bulks, ...facts.bulks, items, waiting, tally]
  const nextIds = createInstanceIds(writer)
  /** Handles as they are after this commit; they count once it stands. Ended instances are hardly ever changed again. */
  let changed: [uuid: string, handle: Handle | undefined][] = []
  let events: FeedEvent[] = []
  writer.onRollback(() => {
    for (const each of gathered) each.clear()
    activity.clear()
    changed = []
    events = []
  })

  const writeChange = (change: InstanceChange, atMs: number): void => {
    const { before, after } = change
    const flow = lookups.flow(after)
    const handle = before === undefined ? undefined : handles.get(after.id)
    if (before !== undefined && handle?.facts !== before.facts) {
      const stored = handle === undefined ? 'it never began' : `${handle.facts} facts are stored`
      throw new Error(`Instance ${after.id} was decided on a state of ${before.facts} facts, but ${stored}.`)
    }
    const id = handle?.id ?? nextIds(flow.workspaceId)
    const context = contextOf(change)
    const steps = touchedSteps(change)
    const isCommon = isPlain(change, steps)
    const position = place(change, { atMs, context, isAlone: isCommon && !tellsOfIncidents(change.facts) })
    const blobs = blobsOf(id, flow.workspaceId)
    const { incidents, opened } = isCommon
      ? NO_INCIDENTS
      : writeWaiting(change, steps, { id, workspaceId: flow.workspaceId, position, atMs })
    if (before?.status !== after.status) writeSuspended(connection, change, { id, atMs })
    const counted = activityOf(change, opened)
    if (counted !== undefined) activity.add(flow.id, counted)
    const marks = { last: position, busy: attemptsBegun(steps) + codeBegun(before, after), incidents }
    if (before === undefined) instances.insert(id, after, flow, marks)
    else instances.update(id, { before, after }, marks)
    facts.add({
      position,
      instance: id,
      seq: after.facts - change.facts.length + 1,
      before: handle?.last ?? 0,
      atMs,
      run: before?.run ?? 1,
      facts: change.facts,
      context,
      blobs,
    })
    tally.move(flow.id, after.version, { from: before?.status, to: after.status, incidents })

    const snapshot = { seq: handle?.snapshotSeq ?? 0, length: handle?.snapshotLength ?? 0 }
    if (needsSnapshot(after, snapshot)) {
      snapshot.length = writeSnapshot(connection, id, after, blobs)
      snapshot.seq = after.facts
    }
    const isOver = after.endedAtMs !== undefined
    changed.push([
      after.id,
      isOver ? undefined : { id, facts: after.facts, last: position, snapshotSeq: snapshot.seq, snapshotLength: snapshot.length },
    ])
  }

  /** Takes the positions of a row, one per event, and keeps the events where somebody listens. @returns the row's own, the last of them */
  const place = (
    { after, facts: inRow }: InstanceChange,
    { atMs, context, isAlone }: { readonly atMs: number; readonly context: RowContext; readonly isAlone: boolean },
  ): number => {
    const isQuiet = listeners.isQuiet()
    if (isQuiet && isAlone) return writer.take(1)
    const row = { id: after.id, workspace: after.workspace, locks: after.locks, version: after.facts, facts: inRow, context }
    if (isQuiet) return writer.take(countEvents(row))
    const unplaced = eventsOf(row)
    const position = writer.take(unplaced.length)
    for (const [index, event] of unplaced.entries()) events.push({ seq: position - unplaced.length + 1 + index, atMs, ...event })
    return position
  }

  /** What people, timers, messages and operators wait for. @returns incidents added on balance, and those opened */
  const writeWaiting = (change: InstanceChange, steps: readonly StepChange[], of: Of & { readonly atMs: number }): typeof NO_INCIDENTS => {
    const { after } = change
    for (const step of steps) {
      const item = workItemRow(step, change.facts)
      if (item === undefined) continue
      const number = items.write({ before: workItemRowBefore(step), after: item, of: { ...of, initiator: after.initiator } })
      const unseen = unseenBy(item, change.facts)
      if (unseen !== undefined) clearSeen(connection, lookups, number, unseen)
    }
    waiting.steps(steps, of)
    waiting.timers(timerChanges(change, steps), of)
    writeLockRequest(connection, lockChange(change), { ...of, force: after.force === true })
    const incidents = incidentChanges(change, steps)
    writeIncidents(connection, incidents, of)
    return { incidents: incidents.put.length - incidents.drop.length, opened: incidents.put.length }
  }

  return (batch) => {
    const position = writer.transaction(() => {
      for (const change of batch.changes) writeChange(change, batch.atMs)
      for (const each of gathered) each.flush()
      activity.flush(batch.atMs)
      writeMessages(connection, lookups, batch)
      writeAnswers(connection, batch, writer.position)
      return writer.position
    })
    for (const [uuid, handle] of changed) {
      if (handle === undefined) handles.drop(uuid)
      else handles.keep(uuid, handle)
    }
    changed = []
    const told = events
    events = []
    listeners.tell(told)
    return position
  }
}

const NO_INCIDENTS: { readonly incidents: number; readonly opened: number } = { incidents: 0, opened: 0 }

/** Numbers of instances, by workspace; never shown. Read once from the right edge of the table. */
const createInstanceIds = ({ connection, onRollback }: Writer): ((workspace: number) => number) => {
  const next = new Map<number, number>()
  // Cheaper than counting back: they are read again.
  onRollback(() => next.clear())
  return (workspace) => {
    const first = workspace * WORKSPACE_STEP
    const known = next.get(workspace)
    const id =
      known ??
      Number(
        connection
          .sql('select coalesce(max(id), ?1) + 1 as id from instance where id > ?1 and id < ?2')
          .get(first, first + WORKSPACE_STEP)?.['id'],
      )
    next.set(workspace, id + 1)
    return id
  }
}
