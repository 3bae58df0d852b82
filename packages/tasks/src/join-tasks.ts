import type { TaskRunner } from '@millrace/protocol'

/**
 * One task runner out of several: built-in tasks beside an author's own. Where two offer the same name, the earlier one runs it.
 *
 * @example joinTasks([ownTasks, openBuiltinTasks()])
 */
export function joinTasks(runners: readonly TaskRunner[]): TaskRunner {
  return {
    run: (attempt, signal) => {
      const runner = runners.find((one) => one.has(attempt.task))
      if (runner !== undefined) return runner.run(attempt, signal)
      const message = `No plugin offers the task ${attempt.task}. Bind it in millrace.yaml, or write it as a .task.ts, start the server again, then retry.`
      return { ok: false, error: { code: 'TASK_UNKNOWN', message, retryable: false } }
    },
    has: (task) => runners.some((one) => one.has(task)),
    list: () => {
      const seen = new Set<string>()
      return runners.flatMap((one) => one.list()).filter(({ name }) => !seen.has(name) && seen.add(name) !== undefined)
    },
    close: async () => {
      await Promise.all(runners.map((one) => one.close()))
    },
  }
}
