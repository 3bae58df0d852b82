import { RULE_TASK } from '@millrace/kernel'
import type { TaskOutcome, TaskRunner } from '@millrace/protocol'
import type { Attempt } from './simulation.ts'

/** Tasks that only compute: a simulation runs them as they are, since a scenario could only repeat what they do. */
const PURE: ReadonlySet<string> = new Set([RULE_TASK, 'data.set', 'log', 'noop', 'script.javascript', 'test.fail'])

export const isPure = (task: string): boolean => PURE.has(task)

// One for all simulations of a process: its threads are idle between them and do not keep the process alive.
let tasks: TaskRunner | undefined

export async function runPure(
  attempt: Attempt,
  about: { readonly instance: string; readonly workflow: string; readonly node: string },
): Promise<TaskOutcome> {
  if (tasks === undefined) {
    const { openBuiltinTasks } = await import('@millrace/tasks')
    tasks = openBuiltinTasks()
  }
  return tasks.run({ workspace: 'default', ...about, ...attempt }, () => new AbortController().signal)
}
