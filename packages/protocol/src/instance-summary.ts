import type { State } from '@millrace/kernel'
import type { InstanceSummary } from './instance.ts'

/** What a row shows of a state. */
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

/**
 * A row of the instance list; the host adds why it is not moving and its place in the queue.
 *
 * @param marks feed position of its last change; its open incidents
 */
export const instanceSummary = (state: SummaryState, marks: { readonly seq: number; readonly incidents: number }): InstanceSummary => ({
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
