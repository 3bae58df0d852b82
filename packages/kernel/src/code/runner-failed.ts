import type { CodeInput } from '../input.ts'
import { record, type Turn } from '../turn.ts'
import { deliver, isAnswer } from './deliver.ts'

/** Times the process may die on one delivery before the instance stops: once is bad luck, twice is the code. */
export const MAX_KILLS = 2

/** The runner's process died, or was ended, while it ran this instance. Counted in the store before the next try. */
export const runnerFailed = (turn: Turn, input: Extract<CodeInput, { kind: 'runner-failed' }>): void => {
  // Also while SUSPENDED: the delivery that was under way is finished, and only its results wait.
  const { status } = turn.state
  if ((status !== 'RUNNING' && status !== 'SUSPENDED') || turn.state.code?.delivering === undefined || !isAnswer(turn, input.of)) return
  const kills = turn.state.code.kills + 1
  record(turn, { t: 'runner-killed', kills, reason: input.reason })
  if (kills < MAX_KILLS) return deliver(turn)
  record(turn, {
    t: 'incident',
    error: {
      code: 'RUNNER_KILLED',
      message: `The function ${explain(input.reason)} twice at the same place. Retry; if that is no help, mend the workflow, sync it and start a new instance.`,
      details: { reason: input.reason },
    },
  })
}

const explain = (reason: Extract<CodeInput, { kind: 'runner-failed' }>['reason']): string => {
  switch (reason) {
    case 'stuck':
      return 'did not yield for a second'
    case 'memory':
      return 'used more memory than allowed'
    case 'exited':
      return 'ended its process'
    case 'killed':
      return 'killed its process'
  }
}
