import type { JsonValue } from '@millrace/model'
import type { TaskOutcome, TaskRunner } from '@millrace/protocol'
import type { Task } from '@millrace/workflow'
import { executeTask } from './execute-task.ts'
import type { TaskLog } from './open-task-process.ts'
import { createRunningAttempt } from './running-attempt.ts'
import { offeredTask } from './task-info.ts'

export interface InlineTasksOptions {
  /** A line a task logged. */
  readonly onLog?: (line: TaskLog) => void
}

/**
 * Runs tasks made by `defineTask` in this process: for tests and for programs that embed Millrace. Input, output, deadline and heartbeat are kept to as in a
 * process of their own; a task that never yields holds up the program.
 *
 * @throws Error when a limit of a task is no duration
 * @example openMillrace({ tasks: [openInlineTasks([pay])] })
 */
export const openInlineTasks = (tasks: readonly Task[], options: InlineTasksOptions = {}): TaskRunner => {
  const byName = new Map(tasks.map((task) => [task.name, { task, ...offeredTask(task) }]))
  const heartbeats = new Map<string, JsonValue>()

  const run: TaskRunner['run'] = async (given, signal) => {
    const { task, timeoutMs, heartbeatMs } = byName.get(given.task) ?? {}
    const last = given.heartbeat ?? heartbeats.get(given.key)
    const attempt = { ...given, ...(last === undefined ? {} : { heartbeat: last }) }
    const limitMs = given.timeoutMs ?? timeoutMs
    const stop = new AbortController()
    const running = createRunningAttempt({
      attempt: { ...attempt, ...(limitMs === undefined ? {} : { timeoutMs: limitMs }) },
      ...(heartbeatMs === undefined ? {} : { heartbeatMs }),
      onAbort: (reason) => stop.abort(new Error(reason)),
      onUnanswered: () => undefined,
    })
    running.watch(signal())
    const onLog = (message: string, fields?: JsonValue): void =>
      options.onLog?.({
        instance: attempt.instance,
        task: attempt.task,
        step: attempt.step,
        attempt: attempt.attempt,
        message,
        ...(fields === undefined ? {} : { fields }),
      })
    const onHeartbeat = (details?: JsonValue): void => {
      running.beat()
      if (details !== undefined) heartbeats.set(attempt.key, details)
    }
    void executeTask(task, { attempt, signal: stop.signal, onLog, onHeartbeat }).then((outcome) =>
      running.answer(JSON.parse(outcome) as TaskOutcome),
    )
    const outcome = await running.outcome
    if (outcome.ok) heartbeats.delete(attempt.key)
    return outcome
  }

  return {
    run,
    has: (name) => byName.has(name),
    list: () => Array.from(byName.values(), ({ info }) => info),
    close: async () => undefined,
  }
}
