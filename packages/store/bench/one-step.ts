/** One-step instances as the kernel would give them: a task that is done in the next tick. Built before the clock runs, so that only the store is measured. */
import { apply, type Fact, type FactBody, type State } from '@millrace/kernel'
import type { CommitBatch, InstanceChange } from '@millrace/protocol'

const BEGIN_MS = Date.UTC(2026, 0, 1)

/** UUIDv7 in order: a millisecond per 64 instances, the rest scattered as chance would. */
export const benchId = (n: number): string => {
  const ms = (BEGIN_MS + Math.floor(n / 64)).toString(16).padStart(12, '0')
  const counter = (n % 4_096).toString(16).padStart(3, '0')
  const chance = (Math.imul(n, 2_654_435_761) >>> 0).toString(16).padStart(8, '0')
  return `${ms.slice(0, 8)}-${ms.slice(8)}-7${counter}-8${chance.slice(0, 3)}-${chance}${chance.slice(4)}`
}

const fold = (before: State | undefined, at: number, bodies: readonly FactBody[]): InstanceChange => {
  const facts = bodies.map((body): Fact => ({ at, ...body }))
  let after = before
  for (const fact of facts) after = apply(after, fact)
  return { ...(before === undefined ? {} : { before }), after: after as State, facts }
}

const begin = (n: number, at: number): InstanceChange =>
  fold(undefined, at, [
    {
      t: 'created',
      id: benchId(n),
      workspace: 'default',
      workflow: 'one-step',
      version: 1,
      kind: 'graph',
      title: 'One step',
      payload: { kind: 'none' },
      status: 'RUNNING',
      by: 'bench',
    },
    { t: 'passed', node: 'start', in: [], out: [0] },
    { t: 'opened', step: 1, node: 'work', in: [0], wait: { kind: 'task', task: 'log', attempt: 1, input: { message: `Instance ${n}` } } },
  ])

const end = (before: State, at: number): InstanceChange =>
  fold(before, at, [
    { t: 'closed', step: 1, out: [1], output: { ok: true } },
    { t: 'passed', node: 'end', in: [1], out: [] },
    { t: 'ended', status: 'COMPLETED' },
  ])

/** Batches that begin `batch` instances and end those of the batch before, as a busy engine's ticks do. */
export function* oneStepTicks(count: number, batch: number): Generator<CommitBatch> {
  let running: readonly State[] = []
  for (let n = 0; n < count || running.length > 0; n += batch) {
    const atMs = BEGIN_MS + Math.floor(n / 64)
    const begun = Array.from({ length: Math.max(0, Math.min(batch, count - n)) }, (_, index) => begin(n + index, atMs))
    const ended = running.map((state) => end(state, atMs))
    running = begun.map((change) => change.after)
    yield { atMs, changes: [...begun, ...ended] }
  }
}
