/** Tables `step` and `timer`: what open steps wait for beside people. Writes by primary key, only for steps a tick touched. */
import { type StepRow, stepRow } from '../../projections/step.ts'
import type { TimerChanges } from '../../projections/timer.ts'
import type { StepChange } from '../../projections/touched.ts'
import { bulk } from '../bulk.ts'
import type { Connection } from '../connection.ts'

export interface Of {
  readonly id: number
  readonly workspaceId: number
  /** Of the tick's row. */
  readonly position: number
}

/** Stands for a step's own timer, since a key has no null. */
export const OWN_TIMER = -1

export interface WaitingWrites {
  steps(steps: readonly StepChange[], of: Of): void
  timers(changes: TimerChanges, of: Of): void
  flush(): void
  clear(): void
}

export const createWaitingWrites = (connection: Connection): WaitingWrites => {
  const { sql } = connection
  const steps = bulk(connection, {
    head: 'insert into step (instance, step, node, opened, since, workspace, message, message_key) values',
    columns: 8,
  })
  const timers = bulk(connection, { head: 'insert into timer (due, instance, step, timeout) values', columns: 4 })
  const begin = ({ step, node, openedAtMs, message }: StepRow, of: Of) =>
    steps.row().push(of.id, step, node, openedAtMs, of.position, of.workspaceId, message?.name ?? null, message?.key ?? null)
  return {
    steps: (changes, of) => {
      for (const { n, before, after } of changes) {
        const had = stepRow(before)
        const has = stepRow(after)
        if (had === undefined && has !== undefined) begin(has, of)
        else if (had !== undefined && has === undefined) sql('delete from step where instance = ? and step = ?').run(of.id, n)
        else if (had?.message?.name !== has?.message?.name || had?.message?.key !== has?.message?.key) {
          sql('update step set message = ?, message_key = ? where instance = ? and step = ?').run(
            has?.message?.name ?? null,
            has?.message?.key ?? null,
            of.id,
            n,
          )
        }
      }
    },
    timers: ({ drop, put }, of) => {
      for (const { dueAtMs, step, timeout } of drop) {
        sql('delete from timer where due = ? and instance = ? and step = ? and timeout = ?').run(dueAtMs, of.id, step, timeout ?? OWN_TIMER)
      }
      for (const { dueAtMs, step, timeout } of put) timers.row().push(dueAtMs, of.id, step, timeout ?? OWN_TIMER)
    },
    flush: () => {
      steps.flush()
      timers.flush()
    },
    clear: () => {
      steps.clear()
      timers.clear()
    },
  }
}
