/**
 * The process authors' tasks run in: loads their files, runs attempts side by side, passes on aborts. Started by open-task-process.ts.
 *
 * Lines in:  r id attempt · x id reason · p
 * Lines out: f file (about to load it) · e file message · t tasks (ready) · o id outcome · h id details · g id message fields · p
 */
import { Socket } from 'node:net'
import { pathToFileURL } from 'node:url'
import type { TaskAttempt } from '@millrace/protocol'
import type { Task } from '@millrace/workflow'
import { resolveOurPackages } from '../authors/resolve-our-packages.ts'
import { failureOf } from '../core/failure.ts'
import { WIRE_FD } from '../process/child.ts'
import { startLifeline } from '../process/lifeline.ts'
import { createLineReader, createLineWriter } from '../process/lines.ts'
import { executeTask } from './execute-task.ts'
import { isTask, type OfferedTask, offeredTask } from './task-info.ts'

startLifeline({ maxBytes: 0 })
resolveOurPackages()

const wire = new Socket({ fd: WIRE_FD })
const writer = createLineWriter(wire)
const tasks = new Map<string, Task>()
const running = new Map<string, AbortController>()

const load = async (file: string): Promise<readonly OfferedTask[]> => {
  writer.write(`f\t${JSON.stringify(file)}`)
  writer.flush()
  const module = (await import(pathToFileURL(file).href)) as Record<string, unknown>
  const offered: OfferedTask[] = []
  for (const value of Object.values(module)) {
    if (!isTask(value) || tasks.get(value.name) === value) continue
    if (tasks.has(value.name)) throw new Error(`There are two tasks named ${value.name}: a name belongs to one task.`)
    tasks.set(value.name, value)
    offered.push(offeredTask(value))
  }
  return offered
}

const run = async (id: string, attempt: TaskAttempt): Promise<void> => {
  const controller = new AbortController()
  running.set(id, controller)
  const task = tasks.get(attempt.task)
  const outcome = await executeTask(task, {
    attempt,
    signal: controller.signal,
    onLog: (message, fields) => writer.write(`g\t${id}\t${JSON.stringify(message)}\t${JSON.stringify(fields ?? null)}`),
    onHeartbeat: (details) => writer.write(`h\t${id}\t${JSON.stringify(details ?? null)}`),
  })
  running.delete(id)
  writer.write(`o\t${id}\t${outcome}`)
}

const offered: OfferedTask[] = []
for (const file of JSON.parse(process.argv[2] ?? '[]') as readonly string[]) {
  try {
    offered.push(...(await load(file)))
  } catch (error) {
    writer.write(`e\t${JSON.stringify(file)}\t${JSON.stringify(failureOf(error, { code: 'TASK_FAILED' }))}`)
  }
}
writer.write(`t\t${JSON.stringify(offered)}`)

wire.on(
  'data',
  createLineReader(([kind, id = '', body = '']) => {
    if (kind === 'r') void run(id, JSON.parse(body) as TaskAttempt)
    else if (kind === 'x') running.get(id)?.abort(new DOMException(JSON.parse(body) as string, 'AbortError'))
    else writer.write('p')
  }),
)
wire.on('end', () => process.exit(0))
wire.on('error', () => process.exit(0))
// One attempt's forgotten promise must not end the others.
process.on('unhandledRejection', (reason) => {
  process.stderr.write(
    `A task left a promise that was rejected and that nobody awaits: ${reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)}\n`,
  )
})
