import type { JsonValue } from '@millrace/model'
import type { TaskCallOptions, TaskReference } from '@millrace/workflow'
import type { CallBody } from '../instance.ts'
import { durationMs } from './duration.ts'
import { retryPolicy } from './retry.ts'

export const taskCall = (
  task: string | Pick<TaskReference<unknown, unknown>, 'name' | 'retry' | 'timeout'> | undefined,
  input: unknown,
  options: TaskCallOptions & { readonly nowMs: number },
): CallBody => {
  const name = typeof task === 'string' ? task : task?.name
  if (typeof name !== 'string' || name === '') {
    throw new Error(
      "run.task needs a task: import one from a file called *.task.ts, or give the name of a built-in one, such as 'http.request'",
    )
  }
  const own: Partial<TaskReference<unknown, unknown>> = typeof task === 'object' ? task : {}
  const retry = options.retry ?? own.retry
  const timeout = options.timeout ?? own.timeout
  return {
    kind: 'task',
    name: options.name ?? name,
    task: name,
    ...(input === undefined ? {} : { input: input as JsonValue }),
    ...(retry === undefined ? {} : { retry: retryPolicy(retry, options.nowMs) }),
    ...(timeout === undefined ? {} : { attemptTimeoutMs: durationMs(timeout, options.nowMs) }),
  }
}
