/**
 * Runs authors' `*.task.ts` in a supervised process: what crashes there fails the attempts that ran (they are tried again), never the
 * host; what blocks there is ended.
 */
import path from 'node:path'
import type { JsonValue } from '@millrace/model'
import { MillraceError, type TaskAttempt, type TaskOutcome, type TaskRunner } from '@millrace/protocol'
import { restartDelayMs } from '../process/backoff.ts'
import { findTaskFiles } from './task-files.ts'
import { startTaskGeneration, type TaskFileProblem, type TaskGeneration } from './task-generation.ts'
import type { OfferedTask } from './task-info.ts'

export interface TaskProcessOptions {
  /** Files of tasks; or `folder`. */
  readonly files?: readonly string[]
  /** Every `*.task.ts` below it. */
  readonly folder?: string
  /** Most megabytes of JavaScript heap; default 512. */
  readonly memoryMb?: number
  /** A line a task logged. */
  readonly onLog?: (line: TaskLog) => void
  /** Told of each file that could not be loaded, and of the end of the process. */
  readonly onWarning?: (message: string) => void
  /** What tasks printed. Default: the host's standard error. */
  readonly onOutput?: (text: string) => void
}

export interface TaskLog {
  readonly instance: string
  readonly task: string
  readonly step: number
  readonly attempt: number
  readonly message: string
  readonly fields?: JsonValue
}

export interface TaskProcess extends TaskRunner {
  /** Files that could not be loaded; their tasks are not offered, the others are. */
  problems(): readonly TaskFileProblem[]
  /** Loads the files as they are now. Attempts that run finish with the code they started with. */
  reload(): Promise<void>
}

/** Details of last heartbeats kept for the next attempts. */
const MAX_HEARTBEATS = 10_000

/** A project whose files end the process this often is not started again until the next reload. */
const MAX_CULPRITS = 20

/**
 * Starts the process and loads the files. A file that cannot be loaded is a problem, not an error.
 *
 * @throws MillraceError INTERNAL when the process cannot be started at all.
 * @example
 * const own = await openTaskProcess({ folder: 'tasks' })
 * const tasks = joinTasks([own, openBuiltinTasks()])
 */
export const openTaskProcess = async (options: TaskProcessOptions): Promise<TaskProcess> => {
  const cwd = path.resolve(options.folder ?? '.')
  const heartbeats = new Map<string, JsonValue>()
  let generation: TaskGeneration | undefined
  let offered = new Map<string, OfferedTask>()
  let problems: readonly TaskFileProblem[] = []
  let coming: Promise<TaskGeneration> | undefined
  let crashes = 0
  let isClosed = false

  const load = async (): Promise<TaskGeneration> => {
    const files = options.files?.map((file) => path.resolve(file)) ?? (await findTaskFiles(cwd))
    const culprits: TaskFileProblem[] = []
    for (;;) {
      const next = start(files.filter((file) => !culprits.some((culprit) => culprit.file === file)))
      const loaded = await next.loaded
      if ('tasks' in loaded) {
        offered = new Map(loaded.tasks.map((task) => [task.info.name, task]))
        problems = [...culprits, ...loaded.problems]
        for (const { file, message } of problems) options.onWarning?.(`${path.relative(cwd, file)} offers no tasks: ${message}`)
        return next
      }
      if (loaded.culprit === undefined || culprits.length === MAX_CULPRITS) {
        throw new MillraceError('INTERNAL', `The process for tasks does not start (${loaded.exit.how}). It printed: ${loaded.exit.said}`)
      }
      culprits.push(loaded.culprit)
    }
  }

  const start = (files: readonly string[]): TaskGeneration => {
    const started: TaskGeneration = startTaskGeneration({
      files,
      cwd,
      memoryMb: options.memoryMb ?? 512,
      onHeartbeat: ({ key }, details) => {
        heartbeats.delete(key)
        heartbeats.set(key, details)
        const [oldest] = heartbeats.keys()
        if (heartbeats.size > MAX_HEARTBEATS && oldest !== undefined) heartbeats.delete(oldest)
      },
      onLog: ({ instance, task, step, attempt }, message, fields) =>
        options.onLog?.({ instance, task, step, attempt, message, ...(fields === null ? {} : { fields }) }),
      onOutput: options.onOutput ?? ((text) => process.stderr.write(text)),
      onEnd: () => {
        // The one in use: its attempts have failed and will come again.
        if (started !== generation) return
        generation = undefined
        if (!isClosed) options.onWarning?.('The process of the tasks ended; the attempts that ran are tried again in the next one.')
      },
    })
    return started
  }

  /** The process to use; after a crash the next one, and not at once when it crashes again and again. */
  const ready = (): Promise<TaskGeneration> => {
    coming ??= new Promise<void>((resolve) => setTimeout(resolve, restartDelayMs(crashes++)))
      .then(load)
      .then((next) => {
        if (isClosed) void next.stop()
        generation = next
        return next
      })
      .finally(() => {
        coming = undefined
      })
    return coming
  }

  const run: TaskRunner['run'] = async (attempt, signal) => {
    if (isClosed) return { ok: false, error: { code: 'CANCELLED', message: 'The host is shutting down.', retryable: true } }
    try {
      const cancellation = signal()
      const used = generation ?? (await ready())
      const limits = offered.get(attempt.task)
      const outcome = await used.run(completed(attempt, limits, heartbeats), cancellation, limits?.heartbeatMs)
      if (outcome.ok) {
        crashes = 0
        heartbeats.delete(attempt.key)
      }
      return outcome
    } catch (error) {
      return { ok: false, error: { code: 'TASK_FAILED', message: (error as Error).message, retryable: true } } satisfies TaskOutcome
    }
  }

  generation = await load()
  return {
    run,
    has: (task) => offered.has(task),
    list: () => Array.from(offered.values(), (task) => task.info),
    problems: () => problems,
    async reload() {
      const old = generation
      generation = await load()
      old?.retire()
    },
    async close() {
      isClosed = true
      await generation?.stop()
    },
  }
}

/** The attempt with what its task's author and its last try add to it. */
const completed = (attempt: TaskAttempt, limits: OfferedTask | undefined, heartbeats: ReadonlyMap<string, JsonValue>): TaskAttempt => {
  const heartbeat = attempt.heartbeat ?? heartbeats.get(attempt.key)
  const timeoutMs = attempt.timeoutMs ?? limits?.timeoutMs
  return { ...attempt, ...(heartbeat === undefined ? {} : { heartbeat }), ...(timeoutMs === undefined ? {} : { timeoutMs }) }
}
