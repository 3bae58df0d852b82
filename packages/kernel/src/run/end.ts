import type { By } from '../fact.ts'
import type { State } from '../state.ts'
import { withdraw } from '../step/withdraw.ts'
import { effect, record, type Turn } from '../turn.ts'
import type { Failure, JsonValue } from '../values.ts'

export interface Ending {
  readonly status: 'COMPLETED' | 'FAILED' | 'ABORTED'
  readonly output?: JsonValue
  readonly error?: Failure
  readonly reason?: string
  readonly by?: By
}

/** Ends the run: what is open is withdrawn and named, locks are given back, the parent is told, all in one transaction. */
export const endRun = (turn: Turn, ending: Ending): void => {
  const { by, ...rest } = ending
  const left = leftOf(turn)
  for (const step of Object.values(turn.state.steps)) withdraw(turn, step, reasonOf(ending), by)
  record(turn, { t: 'ended', ...rest, ...(left === undefined || ending.status === 'COMPLETED' ? {} : { left }), ...by })
  const { state } = turn
  if (state.kind === 'code') effect(turn, { kind: 'forget' })
  if (state.locks.length > 0) effect(turn, { kind: 'release' })
  if (state.parent !== undefined) {
    const { output, error } = ending
    effect(turn, {
      kind: 'tell',
      instance: state.parent.instance,
      input: {
        kind: 'child-ended',
        step: state.parent.step,
        child: state.id,
        status: ending.status,
        data: state.data,
        ...(output === undefined ? {} : { output }),
        ...(error === undefined ? {} : { error }),
      },
    })
  }
}

const reasonOf = (ending: Ending): string => {
  switch (ending.status) {
    case 'COMPLETED':
      return 'The run completed while this was pending.'
    case 'FAILED':
      return 'The run failed.'
    case 'ABORTED':
      return 'The run was ended.'
  }
}

/** Where a resume would go on; only a graph has such a place. A cancel notes it before it withdraws anything. */
export const leftOf = (turn: Turn): State['left'] => {
  if (turn.state.kind !== 'graph') return undefined
  if (turn.state.status === 'CANCELLING') return turn.state.left
  const nodes = Object.values(turn.state.steps)
    .filter((step) => step.isSide !== true)
    .map((step) => step.node)
  return nodes.length === 0 ? turn.state.left : { nodes, tokens: turn.state.tokens }
}
