import type { JsonValue } from '@millrace/model'
import type { TaskAttempt, TaskRunner } from '@millrace/protocol'
import { TaskFailure } from './task-failure.ts'

/** What a task is bound to: another task, by name, with arguments of its own beside or instead of those the node gives. */
export interface TaskBinding {
  readonly task: string
  /** Values here replace those of the same name; a node's other arguments stay. */
  readonly with?: { readonly [name: string]: JsonValue }
  /** Drops the node's arguments, which an imported step carries in the words of another system. Default false. */
  readonly replace?: boolean
}

/** Bindings by the name of the task that a model asks for: `aem:com.example.Notify`. */
export type TaskBindings = { readonly [task: string]: TaskBinding }

/**
 * Runs tasks under other names: what an imported model calls `aem:com.example.Notify` becomes `mail.send` of this project, without a change
 * to the model. A binding may name another binding; one that leads back to itself is refused here, before anything runs.
 *
 * @throws TaskFailure TASK_UNKNOWN when a binding goes in a circle.
 * @example bindTasks(tasks, { 'aem:com.example.Notify': { task: 'mail.send', with: { to: 'web@example.org' }, replace: true } })
 */
export function bindTasks(tasks: TaskRunner, bindings: TaskBindings): TaskRunner {
  const resolved = new Map(Object.keys(bindings).map((name) => [name, resolve(name, bindings)]))
  return {
    run: (attempt, signal) => {
      const binding = resolved.get(attempt.task)
      return tasks.run(binding === undefined ? attempt : bound(attempt, binding), signal)
    },
    has: (task) => tasks.has(resolved.get(task)?.task ?? task),
    list: () => tasks.list(),
    close: () => tasks.close(),
  }
}

const resolve = (name: string, bindings: TaskBindings): TaskBinding => {
  const seen = [name]
  let binding = bindings[name] as TaskBinding
  for (let next = bindings[binding.task]; next !== undefined; next = bindings[binding.task]) {
    seen.push(binding.task)
    if (seen.indexOf(binding.task) < seen.length - 1) {
      throw new TaskFailure('TASK_UNKNOWN', `The binding of ${name} leads back to itself: ${seen.join(' → ')}. Bind one of them to a task.`)
    }
    binding = { task: next.task, with: { ...next.with, ...binding.with }, replace: (binding.replace ?? false) || (next.replace ?? false) }
  }
  return binding
}

const bound = (attempt: TaskAttempt, binding: TaskBinding): TaskAttempt => {
  const given = binding.replace === true ? {} : attempt.input
  const input = binding.with === undefined ? given : { ...(isMap(given) ? given : {}), ...binding.with }
  return { ...attempt, task: binding.task, ...(input === undefined ? {} : { input }) }
}

const isMap = (value: JsonValue | undefined): value is { readonly [name: string]: JsonValue } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
