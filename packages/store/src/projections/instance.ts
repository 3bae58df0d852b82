import type { State } from '@millrace/kernel'
import type { InstanceSummary } from '@millrace/protocol'

/** What the store knows of an instance beside its state. */
export interface InstanceMarks {
  /** Feed position of its last change. */
  readonly seq: number
  /** Open incidents. */
  readonly incidents: number
}

export type SummaryState = Pick<
  State,
  | 'id'
  | 'workflow'
  | 'version'
  | 'kind'
  | 'title'
  | 'status'
  | 'run'
  | 'priority'
  | 'initiator'
  | 'payload'
  | 'createdAtMs'
  | 'startedAtMs'
  | 'endedAtMs'
  | 'parent'
  | 'locks'
>

/** A row of the instance list; the host adds why it is not moving and its place in the queue. */
export const instanceSummary = (state: SummaryState, marks: InstanceMarks): InstanceSummary => ({
  id: state.id,
  workflow: state.workflow,
  version: state.version,
  kind: state.kind,
  title: state.title,
  status: state.status,
  run: state.run,
  priority: state.priority,
  initiator: state.initiator,
  payload: state.payload,
  createdAtMs: state.createdAtMs,
  ...(state.startedAtMs === undefined ? {} : { startedAtMs: state.startedAtMs }),
  ...(state.endedAtMs === undefined ? {} : { endedAtMs: state.endedAtMs }),
  incidents: marks.incidents,
  ...(state.parent === undefined ? {} : { parent: state.parent }),
  locks: [...state.locks],
  seq: marks.seq,
})

/** Attempts that run, and code that handles a delivery: what a host picks up again after a crash. */
export const codeBegun = (before: State | undefined, after: State): number =>
  (after.code?.delivering === undefined ? 0 : 1) - (before?.code?.delivering === undefined ? 0 : 1)
