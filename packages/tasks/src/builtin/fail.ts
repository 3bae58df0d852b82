import { z } from 'zod'
import { builtinTask } from '../builtin-task.ts'
import { TaskFailure } from '../task-failure.ts'

const Input = z.strictObject({
  code: z.string().min(1).max(100).default('TASK_FAILED'),
  message: z.string().max(2000).default('Failed on purpose: task test.fail.'),
  /** Attempts up to this one fail, the next succeeds; absent = every one fails. */
  times: z.number().int().min(0).optional(),
  retryable: z.boolean().default(true),
})

/** Fails on purpose: to see retries, incidents and what people do about them before a real task fails. */
export const fail = builtinTask({
  name: 'test.fail',
  title: 'Fail on purpose',
  description: 'Fails with the code and message given, always or for the first `times` attempts. For trying out retries and incidents.',
  input: Input,
  output: z.object({ attempt: z.number().int() }),
  run: ({ code, message, times, retryable }, { attempt }) => {
    if (times !== undefined && attempt.attempt > times) return { attempt: attempt.attempt }
    throw new TaskFailure(code, message, { retryable })
  },
})
