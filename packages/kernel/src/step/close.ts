/** How a step ends well: its result is recorded, then the graph's tokens move on or the code gets its one delivery. */

import { deliver } from '../code/deliver.ts'
import type { By } from '../fact.ts'
import { outOf } from '../graph/leave.ts'
import { nodeById } from '../program.ts'
import type { State } from '../state.ts'
import type { Step } from '../step.ts'
import { graphOf, record, type Turn } from '../turn.ts'
import type { Data, Edge, Failure, JsonValue } from '../values.ts'
import { openIncident } from './incident.ts'
import { misfit } from './misfit.ts'

export interface Closing {
  readonly output?: JsonValue
  /** Only for code: the call rejects with it. */
  readonly error?: Failure
  readonly route?: string
  readonly comment?: string
  readonly data?: Data
  readonly skipped?: true
  readonly took?: number
  readonly by?: By
  /** Transitions taken; absent = by route, default or the only one. */
  readonly out?: readonly Edge[]
}

export const closeStep = (turn: Turn, step: Step, closing: Closing = {}): void => {
  const { by, out: chosen, ...rest } = closing
  if (step.call !== undefined) return closeCall(turn, step, closing)
  const error = misfit(turn, step, closing.data)
  if (error !== undefined)
    return openIncident(
      turn,
      step.n,
      { ...error, message: `${error.message} Retry asks for another, skip goes on without it.` },
      closing.took,
    )
  const out = step.isSide === true ? [] : (chosen ?? outOf(turn, nodeById(graphOf(turn), step.node), closing.route))
  record(turn, { t: 'closed', step: step.n, ...(out.length === 0 ? {} : { out }), ...rest, ...by })
  if (out.length > 0) turn.agenda.push({ kind: 'tokens', edges: out })
}

/** Its end is written and only waits until the function has handled what came before: nobody else may end it. */
export const isSettled = (state: State, step: number): boolean => state.held.some((input) => input.kind === 'settle' && input.step === step)

/** One result at a time: while the function handles a delivery, or cannot go on, the next one is held (DESIGN section 3, kernel). */
const closeCall = (turn: Turn, step: Step, closing: Closing): void => {
  if (turn.state.code?.delivering !== undefined || turn.state.incident !== undefined) {
    if (isSettled(turn.state, step.n)) return
    const { output, error, route, comment, by: who } = closing
    return record(turn, {
      t: 'held',
      input: {
        kind: 'settle',
        step: step.n,
        ...(output === undefined ? {} : { output }),
        ...(error === undefined ? {} : { error }),
        ...(route === undefined ? {} : { route }),
        ...(comment === undefined ? {} : { comment }),
        ...(who === undefined ? {} : { by: who }),
      },
    })
  }
  const { by, out: _, ...rest } = closing
  record(turn, { t: 'closed', step: step.n, ...rest, ...by })
  deliver(turn)
}

/** Where a task's output goes in data: under the node's `result`; `data.set` merges what it returns. */
export const resultData = (
  step: { readonly task: string; readonly result?: string },
  output: JsonValue | undefined,
): { readonly data?: Data } => {
  if (output === undefined) return {}
  if (step.result !== undefined) return { data: { [step.result]: output } }
  const isMerged = step.task === 'data.set' && typeof output === 'object' && output !== null && !Array.isArray(output)
  return isMerged ? { data: output as Data } : {}
}
