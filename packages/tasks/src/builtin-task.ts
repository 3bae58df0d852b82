/**
 * A built-in task: name, schemas and a function. Owns the way from an attempt to its outcome (input check, deadline, error as data), which is
 * the same for all; what a task does stands in `builtin/`, one file each.
 *
 * Invariants:
 * B1. `run` never throws and its promise never rejects.
 * B2. A task whose function returns no promise is answered without one: 40,000 of them a second must not cost a turn of the event loop each.
 * B3. An attempt that waits is answered when its deadline passes or its signal aborts, whether or not the task listens.
 */

import type { JsonValue } from '@millrace/model'
import type { Cancellation, TaskAttempt, TaskInfo, TaskOutcome } from '@millrace/protocol'
import { z } from 'zod'
import { TaskFailure } from './task-failure.ts'

/** What a task's function gets beside its input. */
export interface TaskContext {
  readonly attempt: TaskAttempt
  /** Starts the deadline and gives its signal; tasks that never wait do not ask for it. `maxMs` can only shorten the attempt's own limit. */
  readonly until: (maxMs: number) => AbortSignal
}

export interface TaskDefinition<Input extends z.ZodType, Output extends z.ZodType> {
  readonly name: string
  readonly title: string
  readonly description: string
  readonly input: Input
  readonly output: Output
  readonly run: (input: z.output<Input>, context: TaskContext) => JsonValue | undefined | Promise<JsonValue | undefined>
  /** Not offered to authors: the host's own. */
  readonly isInternal?: boolean
}

export interface BuiltinTask {
  readonly name: string
  readonly isInternal: boolean
  readonly info: () => TaskInfo
  readonly run: (attempt: TaskAttempt, signal: () => Cancellation) => TaskOutcome | Promise<TaskOutcome>
}

const PLUGIN = 'builtin'

/** Makes a task of its definition. The output schema is documentation and a type: our own tasks are not checked a second time at run time. */
export function builtinTask<Input extends z.ZodType, Output extends z.ZodType>(definition: TaskDefinition<Input, Output>): BuiltinTask {
  return {
    name: definition.name,
    isInternal: definition.isInternal ?? false,
    info: () => ({
      name: definition.name,
      title: definition.title,
      description: definition.description,
      plugin: PLUGIN,
      input: jsonSchemaOf(definition.input),
      output: jsonSchemaOf(definition.output),
    }),
    run: (attempt, signal) => {
      const parsed = definition.input.safeParse(attempt.input ?? {})
      if (!parsed.success) return failed(inputInvalid(definition.name, parsed.error))
      let deadline: Deadline | undefined
      const until = (maxMs: number): AbortSignal => {
        deadline ??= startDeadline(attempt, signal(), maxMs)
        return deadline.signal
      }
      try {
        const result = definition.run(parsed.data, { attempt, until })
        if (!(result instanceof Promise)) return succeeded(result)
        const settled = result.then(succeeded, failed)
        return deadline === undefined ? settled : race(settled, deadline)
      } catch (error) {
        return failed(error)
      }
    },
  }
}

/** As callers write it: with what has a default left out, and durations as text. */
const jsonSchemaOf = (schema: z.ZodType): Record<string, z.core.util.JSONType> => {
  const { $schema: _, ...plain } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  return plain as Record<string, z.core.util.JSONType>
}

const succeeded = (output: JsonValue | undefined): TaskOutcome => (output === undefined ? { ok: true } : { ok: true, output })

const failed = (error: unknown): TaskOutcome => {
  if (error instanceof TaskFailure) {
    const { code, message, retryable, details } = error
    return { ok: false, error: { code, message, retryable, ...(details === undefined ? {} : { details }) } }
  }
  const { message, stack } = error instanceof Error ? error : { message: String(error), stack: undefined }
  return { ok: false, error: { code: 'TASK_FAILED', message, retryable: true, ...(stack === undefined ? {} : { stack }) } }
}

const inputInvalid = (task: string, error: z.ZodError): TaskFailure => {
  const problems = error.issues.map((issue) => ({ at: `/${issue.path.join('/')}`, message: issue.message }))
  const said = problems.map((problem) => `${problem.at === '/' ? 'the arguments' : problem.at.slice(1)}: ${problem.message}`).join('; ')
  return new TaskFailure('INPUT_INVALID', `The arguments of ${task} do not fit. ${said}. Correct them in the node's "with".`, {
    details: { problems },
  })
}

interface Deadline {
  readonly signal: AbortSignal
  readonly stop: () => void
}

/** Longest wait `setTimeout` keeps; a longer one fires at once (2^31 ms). */
const MAX_TIMER_MS = 2 ** 31 - 1

const startDeadline = (attempt: TaskAttempt, cancellation: Cancellation, maxMs: number): Deadline => {
  const limitMs = Math.min(maxMs, attempt.timeoutMs ?? maxMs, MAX_TIMER_MS)
  const controller = new AbortController()
  const timer = setTimeout(() => {
    controller.abort(new TaskFailure('TIMED_OUT', `${attempt.task} took longer than ${limitMs} ms on try ${attempt.attempt}.`))
  }, limitMs)
  const cancel = () => controller.abort(new TaskFailure('CANCELLED', `${attempt.task} was told to stop.`))
  if (cancellation.aborted) cancel()
  else cancellation.addEventListener('abort', cancel)
  return { signal: controller.signal, stop: () => clearTimeout(timer) }
}

const race = async (settled: Promise<TaskOutcome>, deadline: Deadline): Promise<TaskOutcome> => {
  const { signal } = deadline
  const aborted = new Promise<TaskOutcome>((resolve) => {
    if (signal.aborted) resolve(failed(signal.reason))
    else signal.addEventListener('abort', () => resolve(failed(signal.reason)), { once: true })
  })
  try {
    const first = await Promise.race([settled, aborted])
    // The task usually rejects because of the abort and may be first to say so, in words of the library it uses: the reason is ours.
    return signal.aborted && !first.ok ? failed(signal.reason) : first
  } finally {
    deadline.stop()
  }
}
