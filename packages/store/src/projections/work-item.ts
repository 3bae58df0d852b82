/** Work items as lists show them: one row per step that waits, or waited, for a person. Rows outlive the step, for "done by me". */
import type { Fact, State, WorkItemWait } from '@millrace/kernel'
import type { Reader, WorkItemSummary } from '@millrace/protocol'
import type { StepChange } from './touched.ts'

export interface WorkItemRow {
  readonly step: number
  readonly node: string
  readonly title: string
  readonly status: 'open' | 'done' | 'withdrawn'
  readonly assignee?: string
  /** `user:ana`, `group:editors`. */
  readonly candidates: readonly string[]
  /** Users who may not decide. */
  readonly excluded: readonly string[]
  readonly claimedAtMs?: number
  readonly dueAtMs?: number
  readonly priority: number
  readonly createdAtMs: number
  readonly version: number
  readonly comments: number
  readonly decidedBy?: string
  readonly decidedAtMs?: number
  readonly route?: string
}

/** Row after a tick; undefined where the step never waited for a person. */
export const workItemRow = (step: StepChange, facts: readonly Fact[]): WorkItemRow | undefined => {
  const wait = step.after?.wait ?? step.known.wait
  if (wait.kind !== 'work-item') return undefined
  const open = openRow(step, wait)
  return step.after === undefined ? closedRow(open, facts) : open
}

/** Row before the tick; undefined where the step did not wait for a person then. */
export const workItemRowBefore = ({ n, before }: StepChange): WorkItemRow | undefined =>
  before?.wait.kind === 'work-item' ? openRow({ n, known: before }, before.wait) : undefined

const openRow = (step: Pick<StepChange, 'n' | 'known'>, wait: WorkItemWait): WorkItemRow => ({
  step: step.n,
  node: step.known.node,
  title: wait.title,
  status: 'open',
  ...(wait.assignee === undefined ? {} : { assignee: wait.assignee }),
  candidates: wait.candidates,
  excluded: wait.excluded === undefined ? NOBODY : wait.excluded.map((each) => each.user),
  ...(wait.claimedAtMs === undefined ? {} : { claimedAtMs: wait.claimedAtMs }),
  ...(wait.dueAtMs === undefined ? {} : { dueAtMs: wait.dueAtMs }),
  priority: wait.priority,
  createdAtMs: step.known.openedAtMs,
  version: wait.version,
  comments: wait.comments ?? 0,
})

const NOBODY: readonly string[] = []

/** The version counts the closing too: whoever still holds the open one sees that it is not the latest. */
const closedRow = (row: WorkItemRow, facts: readonly Fact[]): WorkItemRow => {
  const version = row.version + 1
  const closing = facts.findLast((fact) => (fact.t === 'closed' || fact.t === 'withdrawn') && fact.step === row.step)
  if (closing?.t !== 'closed') return { ...row, version, status: 'withdrawn' }
  const decidedBy = closing.for ?? closing.by
  return {
    ...row,
    version,
    status: 'done',
    decidedAtMs: closing.at,
    ...(decidedBy === undefined ? {} : { decidedBy }),
    ...(closing.route === undefined ? {} : { route: closing.route }),
  }
}

/** In whose inbox an item is: its assignee's, else every candidate's. A closed one is in nobody's. */
export const inboxesOf = (row: WorkItemRow): readonly string[] => {
  if (row.status !== 'open') return NOBODY
  return row.assignee === undefined ? row.candidates : [`user:${row.assignee}`]
}

/** Who is involved by this row: they may read the instance from now on (PEOPLE, "visibility"). */
export const involvedBy = (row: WorkItemRow): readonly string[] => {
  const all = [...row.candidates]
  for (const user of [row.assignee, row.decidedBy]) if (user !== undefined && !all.includes(`user:${user}`)) all.push(`user:${user}`)
  return all
}

/** What lists show of the instance an item belongs to. */
export interface ItemInstance {
  readonly state: Pick<State, 'id' | 'workflow' | 'version' | 'title' | 'initiator' | 'payload' | 'status'>
  readonly workflowTitle: string
  readonly seq: number
}

/** `reader` absent: read by the host itself. */
export const workItemSummary = (row: WorkItemRow, of: ItemInstance, reader?: Reader): WorkItemSummary => ({
  id: `${of.state.id}.${row.step}`,
  instance: of.state.id,
  step: row.step,
  workflow: of.state.workflow,
  workflowTitle: of.workflowTitle,
  workflowVersion: of.state.version,
  node: row.node,
  title: row.title,
  instanceTitle: of.state.title,
  initiator: of.state.initiator,
  payload: of.state.payload,
  status: row.status === 'open' && of.state.status === 'SUSPENDED' ? 'suspended' : row.status,
  ...(row.assignee === undefined ? {} : { assignee: row.assignee }),
  candidates: [...row.candidates],
  ...(row.claimedAtMs === undefined ? {} : { claimedAtMs: row.claimedAtMs }),
  ...(row.dueAtMs === undefined ? {} : { dueAtMs: row.dueAtMs }),
  priority: row.priority,
  createdAtMs: row.createdAtMs,
  version: row.version,
  because: because(row, of.state.initiator, reader),
  comments: row.comments,
  seq: of.seq,
  ...(row.decidedBy === undefined ? {} : { decidedBy: row.decidedBy }),
  ...(row.decidedAtMs === undefined ? {} : { decidedAtMs: row.decidedAtMs }),
  ...(row.route === undefined ? {} : { route: row.route }),
})

/** The strongest reason comes first: what I decided, what is mine, what is my groups', then my rights. */
const because = (row: WorkItemRow, initiator: string, reader: Reader | undefined): string => {
  if (reader === undefined) return 'operator'
  if (row.decidedBy === reader.user) return 'decided'
  if (row.assignee === reader.user) return 'assignee'
  if (row.candidates.includes(`user:${reader.user}`)) return 'candidate'
  const group = reader.groups.find((each) => row.candidates.includes(`group:${each}`))
  if (group !== undefined) return `group:${group}`
  return initiator === reader.user ? 'initiator' : 'operator'
}
