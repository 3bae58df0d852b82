import type { TaskRunner } from '@millrace/protocol'

/** Several plugins as one, in order of precedence, with the project's bindings: names that models use → tasks that exist. */
export const composeTasks = (runners: readonly TaskRunner[], bindings: ReadonlyMap<string, string> = new Map()): TaskRunner => {
  const runnerOf = (task: string): TaskRunner | undefined => runners.find((runner) => runner.has(task))
  const resolve = (task: string): string => (runnerOf(task) === undefined ? (bindings.get(task) ?? task) : task)
  return {
    run: (attempt, signal) => {
      const task = resolve(attempt.task)
      const runner = runnerOf(task)
      if (runner !== undefined) return runner.run(task === attempt.task ? attempt : { ...attempt, task }, signal)
      return {
        ok: false,
        error: {
          code: 'TASK_UNKNOWN',
          message: `No plugin offers task ${attempt.task}. Bind it in millrace.yaml, then retry.`,
          retryable: false,
        },
      }
    },
    has: (task) => runnerOf(resolve(task)) !== undefined,
    list: () => runners.flatMap((runner) => runner.list()),
    close: async () => {
      await Promise.all(runners.map((runner) => runner.close()))
    },
  }
}
