import type { Replay } from '../code/replay.ts'
import { tokensBeside } from '../graph/begin-at.ts'
import type { RunInput } from '../input.ts'
import { Refusal } from '../refusal.ts'
import type { State } from '../state.ts'
import { isFinal } from '../status.ts'
import { by, graphOf, record, type Turn } from '../turn.ts'
import type { Actor, Data, JsonValue } from '../values.ts'
import { goOn } from './admitted.ts'

/**
 * Begins the next run of an ended instance, from the start or from a node, with edited data where some is given. A node inside parallel branches begins
 * alone: the other branches count as done, and joins that wait for them do not wait again.
 */
export const restart = (turn: Turn, input: Extract<RunInput, { kind: 'restart' }>): void => {
  const { status, id, kind } = turn.state
  if (!isFinal(status))
    throw new Refusal(
      'WRONG_STATUS',
      `Cannot restart instance ${id}: it is ${status}. Cancel or terminate it first; then its next run can begin.`,
    )
  const common = { by: input.by, status: input.status ?? 'RUNNING' } as const
  if (input.from === undefined) return startNextRun(turn, { ...common, data: input.data ?? turn.state.data })
  if (kind === 'code') {
    const { replay } = input
    if (replay === undefined)
      throw new Refusal('NOT_FOUND', `The last run of instance ${id} has no step ${input.from}. Its history lists the steps.`)
    return startNextRun(turn, { ...common, data: { ...turn.state.data, ...input.data }, replay })
  }
  const { net } = graphOf(turn)
  const index = net.indexOf.get(input.from)
  if (index === undefined) {
    const nodes = graphOf(turn).model.nodes.map((node) => node.id)
    throw new Refusal(
      'NOT_FOUND',
      `Version ${turn.state.version} of ${turn.state.workflow} has no node ${input.from}; it has ${nodes.join(', ')}.`,
      { nodes },
    )
  }
  const beside = tokensBeside(net, index)
  startNextRun(turn, {
    ...common,
    from: [input.from],
    data: { ...turn.state.data, ...input.data },
    ...(beside.length === 0 ? {} : { tokens: Object.fromEntries(beside.map((edge) => [edge, 1])) }),
  })
}

export interface NextRun {
  readonly by: Actor
  readonly status: 'RUNNING' | 'QUEUED'
  readonly data: Data
  readonly from?: readonly string[]
  readonly tokens?: State['tokens']
  readonly input?: JsonValue
  readonly replay?: Replay
}

export const startNextRun = (turn: Turn, next: NextRun): void => {
  const { by: actor, ...rest } = next
  record(turn, { t: 'restarted', run: turn.state.run + 1, ...rest, ...by(actor) })
  if (turn.state.status === 'RUNNING') goOn(turn, next.replay)
}
