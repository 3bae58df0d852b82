/** Tasks of a test host: those a test gives, those that only compute, and `wait` on the virtual clock. Nothing outside is called. */
import { addDuration, type JsonValue, normalizeDuration } from '@millrace/model'
import type { TaskAttempt, TaskOutcome, TaskRunner } from '@millrace/protocol'
import { openInlineTasks } from '@millrace/runner'
import { openBuiltinTasks } from '@millrace/tasks'
import { type Task, WorkflowError } from '@millrace/workflow'
import { isPure } from '../simulate/pure-tasks.ts'
import type { VirtualClock } from '../virtual-clock.ts'

/** What stands in for a task: the output, or what makes it of the input. A thrown `WorkflowError` is the attempt's failure, with its code. */
export type TaskDouble = JsonValue | ((input: never, attempt: TaskAttempt) => unknown)

/** Stand-ins by name, or tasks made by `defineTask`, which run as they are. */
export type TestTasks = { readonly [task: string]: TaskDouble } | readonly Task[]

/** One try of a task, as a test asks for it. */
export interface RanTask {
  readonly task: string
  readonly input: JsonValue | undefined
  readonly node: string
  readonly attempt: number
  readonly key: string
}

export interface TaskBench {
  readonly tasks: TaskRunner
  /** Every try so far, in order. */
  readonly ran: readonly RanTask[]
  /** Tries at work that no clock of ours ends. */
  readonly busy: number
}

export const openTaskBench = (given: TestTasks, clock: VirtualClock): TaskBench => {
  const builtin = openBuiltinTasks()
  const own = isList(given) ? openInlineTasks(given) : doubles(given)
  const ran: RanTask[] = []
  let busy = 0

  const waitFor = ({ input }: TaskAttempt): Promise<TaskOutcome> =>
    new Promise((resolve) => {
      const { for: span } = (input ?? {}) as { readonly for?: JsonValue }
      const iso = typeof span === 'string' ? normalizeDuration(span) : undefined
      if (typeof span !== 'number' && iso === undefined) return resolve(notADuration(span))
      clock.after(iso === undefined ? Number(span) : addDuration(0, iso), () => resolve({ ok: true }))
    })

  const run: TaskRunner['run'] = (attempt, signal) => {
    const { task, input, node, key } = attempt
    ran.push({ task, input, node, attempt: attempt.attempt, key })
    if (task === 'wait' && !own.has(task)) return waitFor(attempt)
    const outcome = own.has(task) ? own.run(attempt, signal) : isPure(task) ? builtin.run(attempt, signal) : notHere(task)
    if (!(outcome instanceof Promise)) return outcome
    busy++
    return outcome.finally(() => busy--)
  }
  return {
    tasks: {
      run,
      // What is not given fails when it runs, and says so: a model that is tested should not have to be changed for it.
      has: () => true,
      list: () => [...own.list(), ...builtin.list()],
      close: async () => {
        await own.close()
        await builtin.close()
      },
    },
    ran,
    get busy() {
      return busy
    },
  }
}

const isList = (given: TestTasks): given is readonly Task[] => Array.isArray(given)

const notADuration = (span: JsonValue | undefined): TaskOutcome => ({
  ok: false,
  error: { code: 'INPUT_INVALID', message: `${JSON.stringify(span)} is no duration to wait for.`, retryable: false },
})

const notHere = (task: string): TaskOutcome => ({
  ok: false,
  error: {
    code: 'TASK_UNKNOWN',
    message: `A test host calls nothing outside. Say what ${task} gives: tasks: { '${task}': … }.`,
    retryable: false,
  },
})

const doubles = (given: { readonly [task: string]: TaskDouble }): TaskRunner => ({
  run: async (attempt) => {
    const double = given[attempt.task]
    try {
      const output =
        typeof double === 'function' ? await (double as (input: unknown, attempt: TaskAttempt) => unknown)(attempt.input, attempt) : double
      return output === undefined ? { ok: true } : { ok: true, output: JSON.parse(JSON.stringify(output)) as JsonValue }
    } catch (error) {
      return { ok: false, error: failureOf(error) }
    }
  },
  has: (task) => Object.hasOwn(given, task),
  list: () => Object.keys(given).map((name) => ({ name, title: name, plugin: 'test' })),
  close: async () => undefined,
})

const failureOf = (error: unknown): Extract<TaskOutcome, { readonly ok: false }>['error'] => {
  if (!(error instanceof WorkflowError)) return { code: 'TASK_FAILED', message: error instanceof Error ? error.message : String(error) }
  const { code, message, retryable, details } = error
  return { code, message, ...(retryable === undefined ? {} : { retryable }), ...(details === undefined ? {} : { details }) }
}
