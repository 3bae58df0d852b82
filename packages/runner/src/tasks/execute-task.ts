import type { JsonValue } from '@millrace/model'
import type { TaskAttempt } from '@millrace/protocol'
import { type Task, type TaskContext, WorkflowError } from '@millrace/workflow'
import type { z } from 'zod'
import { failureOf } from '../core/failure.ts'

export interface Execution {
  readonly attempt: TaskAttempt
  readonly signal: AbortSignal
  readonly onLog: (message: string, fields?: JsonValue) => void
  readonly onHeartbeat: (details?: JsonValue) => void
}

/** Runs one attempt: input checked, function called, output checked. @returns JSON of the `TaskOutcome`; never rejects. */
export const executeTask = async (task: Task | undefined, execution: Execution): Promise<string> => {
  const { attempt } = execution
  try {
    if (task === undefined) {
      throw new WorkflowError('TASK_UNKNOWN', `No file offers the task ${attempt.task} any more: bring it back, then retry.`, {
        retryable: false,
      })
    }
    const input = check(task.input, attempt.input, { code: 'INPUT_INVALID', what: `The input of ${task.name}` })
    const result = await (task.execute as (input: unknown, context: TaskContext) => unknown)(input, contextOf(execution))
    const output =
      task.output === undefined ? result : check(task.output, result, { code: 'OUTPUT_INVALID', what: `What ${task.name} returned` })
    return JSON.stringify({ ok: true, output })
  } catch (error) {
    return JSON.stringify({ ok: false, error: failureOf(error, { code: 'TASK_FAILED' }) })
  }
}

const contextOf = ({ attempt, signal, onLog, onHeartbeat }: Execution): TaskContext => ({
  signal,
  attempt: attempt.attempt,
  key: attempt.key,
  instance: attempt.instance,
  workflow: attempt.workflow,
  workspace: attempt.workspace,
  ...(attempt.heartbeat === undefined ? {} : { lastHeartbeat: attempt.heartbeat }),
  ...(attempt.callbackToken === undefined ? {} : { callback: attempt.callbackToken }),
  log: onLog,
  heartbeat: onHeartbeat,
})

/** Another try gives the same input, and what was done once should not be done again for its answer: neither is retried. */
const check = (schema: z.ZodType, value: unknown, { code, what }: { readonly code: string; readonly what: string }): unknown => {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map((issue) => ({ at: `/${issue.path.map(String).join('/')}`, message: issue.message }))
  const said = problems.map((problem) => (problem.at === '/' ? problem.message : `${problem.at} ${problem.message}`)).join('; ')
  throw new WorkflowError(code, `${what} does not fit its schema: ${said}.`, { retryable: false, details: { problems } })
}
