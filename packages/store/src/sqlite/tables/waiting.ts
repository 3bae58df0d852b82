/** Tables `step` and `timer`: what open steps wait for beside people. Writes by primary key, only for steps a tick touched. */
import type { StepRow } from '../../projections/step.ts'
import { stepRow } from '../../projections/step.ts'
import type { TimerChanges } from '../../projections/timer.ts'
import type { StepChange } from '../../projections/touched.ts'
import type { Connection } from '../connection.ts'

export interface Of {
  readonly id: number
  readonly workspaceId: number
  /** Of the tick's row. */
  readonly position: number
}

export const writeSteps = ({ sql }: Connection, steps: readonly StepChange[], of: Of): void => {
  for (const { n, before, after } of steps) {
    const had = stepRow(before)
    const has = stepRow(after)
    if (has === undefined) {
      if (had !== undefined) sql('delete from step where instance = ? and step = ?').run(of.id, n)
    } else if (had === undefined) insert(sql, has, of)
    else if (had.message?.name !== has.message?.name || had.message?.key !== has.message?.key) {
      sql('update step set message = ?, message_key = ? where instance = ? and step = ?').run(
        has.message?.name ?? null,
        has.message?.key ?? null,
        of.id,
        n,
      )
    }
  }
}

const insert = (sql: Connection['sql'], row: StepRow, of: Of): void => {
  sql('insert into step (instance, step, node, opened, since, workspace, message, message_key) values (?, ?, ?, ?, ?, ?, ?, ?)').run(
    of.id,
    row.step,
    row.node,
    row.openedAtMs,
    of.position,
    of.workspaceId,
    row.message?.name ?? null,
    row.message?.key ?? null,
  )
}

/** Stands for a step's own timer, since a key has no null. */
export const OWN_TIMER = -1

export const writeTimers = ({ sql }: Connection, { drop, put }: TimerChanges, of: Of): void => {
  for (const { dueAtMs, step, timeout } of drop) {
    sql('delete from timer where due = ? and instance = ? and step = ? and timeout = ?').run(dueAtMs, of.id, step, timeout ?? OWN_TIMER)
  }
  for (const { dueAtMs, step, timeout } of put) {
    sql('insert into timer (due, instance, step, timeout) values (?, ?, ?, ?)').run(dueAtMs, of.id, step, timeout ?? OWN_TIMER)
  }
}
