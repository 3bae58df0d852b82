import type { TaskInfo } from '@millrace/protocol'
import type { Task } from '@millrace/workflow'
import { z } from 'zod'
import { durationMs } from '../core/calls/duration.ts'

/** A task as its process offers it: what people see, and the limits its author gave it. */
export interface OfferedTask {
  readonly info: TaskInfo
  readonly timeoutMs?: number
  readonly heartbeatMs?: number
}

export const isTask = (value: unknown): value is Task =>
  typeof value === 'object' &&
  value !== null &&
  (value as { kind?: unknown }).kind === 'task' &&
  typeof (value as { execute?: unknown }).execute === 'function'

/** @throws Error when a limit is no duration. */
export const offeredTask = (task: Task): OfferedTask => ({
  info: taskInfo(task),
  ...(task.timeout === undefined ? {} : { timeoutMs: durationMs(task.timeout, 0) }),
  ...(task.heartbeat === undefined ? {} : { heartbeatMs: durationMs(task.heartbeat, 0) }),
})

const taskInfo = (task: Task): TaskInfo => {
  const input = schemaOf(task.input)
  const output = task.output === undefined ? undefined : schemaOf(task.output)
  return {
    name: task.name,
    title: task.title ?? task.name,
    plugin: 'project',
    ...(task.description === undefined ? {} : { description: task.description }),
    ...(input === undefined ? {} : { input }),
    ...(output === undefined ? {} : { output }),
  }
}

/** As callers write it; none for a schema JSON has no words for, which still checks. */
const schemaOf = (schema: z.ZodType): TaskInfo['input'] => {
  try {
    const { $schema: _, ...made } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
    return made as TaskInfo['input']
  } catch {
    return undefined
  }
}
