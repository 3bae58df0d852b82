/**
 * One process with authors' tasks, from its start to its end. A reload starts the next one beside it; this one finishes what it runs.
 */

import type { Failure } from '@millrace/kernel'
import type { JsonValue } from '@millrace/model'
import type { Cancellation, TaskAttempt, TaskOutcome } from '@millrace/protocol'
import { type ChildExit, startChild } from '../process/child.ts'
import { taskEnvironment } from '../process/environment.ts'
import { createRunningAttempt, type RunningAttempt } from './running-attempt.ts'
import type { OfferedTask } from './task-info.ts'

/** A file that offers no tasks, and why. */
export interface TaskFileProblem {
  readonly file: string
  readonly message: string
}

export interface Loaded {
  readonly tasks: readonly OfferedTask[]
  readonly problems: readonly TaskFileProblem[]
}

export interface TaskGenerationOptions {
  readonly files: readonly string[]
  readonly cwd: string
  readonly memoryMb: number
  readonly onHeartbeat: (attempt: TaskAttempt, details: JsonValue) => void
  readonly onLog: (attempt: TaskAttempt, message: string, fields: JsonValue) => void
  readonly onOutput: (text: string) => void
  readonly onEnd: () => void
}

export interface TaskGeneration {
  /** Resolves when the files are loaded; `culprit` when the process ended, or did not go on, while it loaded that file. */
  readonly loaded: Promise<Loaded | { readonly culprit: TaskFileProblem | undefined; readonly exit: ChildExit }>
  /** @param heartbeatMs longest time between two heartbeats; absent = none are expected */
  run(attempt: TaskAttempt, cancellation: Cancellation, heartbeatMs?: number): Promise<TaskOutcome>
  /** Ends when nothing runs any more. */
  retire(): void
  /** Ends now. */
  stop(): Promise<void>
}

/** Longest time a file may take to load. */
const LOAD_MS = 20_000

/** A process that has not answered for so long has a task that never yields: it is replaced. */
const SILENT_MS = 5_000

export const startTaskGeneration = (options: TaskGenerationOptions): TaskGeneration => {
  const running = new Map<number, RunningAttempt>()
  const problems: TaskFileProblem[] = []
  const loaded = Promise.withResolvers<Loaded | { readonly culprit: TaskFileProblem | undefined; readonly exit: ChildExit }>()
  const ended = Promise.withResolvers<void>()
  let loading: string | undefined
  let isRetired = false
  let lastId = 0
  let silence: NodeJS.Timeout | undefined

  const loadTimer = setTimeout(() => child.kill(), LOAD_MS)

  const onLine = ([kind, id = '', body = 'null', more = 'null']: readonly string[]) => {
    clearTimeout(silence)
    silence = undefined
    switch (kind) {
      case 'f':
        loading = JSON.parse(id) as string
        loadTimer.refresh()
        return
      case 'e':
        problems.push({ file: JSON.parse(id) as string, message: (JSON.parse(body) as Failure).message })
        return
      case 't':
        clearTimeout(loadTimer)
        loading = undefined
        loaded.resolve({ tasks: JSON.parse(id) as readonly OfferedTask[], problems })
        child.hold(running.size > 0)
        return
      case 'o':
        return running.get(Number(id))?.answer(JSON.parse(body) as TaskOutcome)
      case 'h':
        return beat(Number(id), JSON.parse(body) as JsonValue)
      case 'g': {
        const one = running.get(Number(id))
        if (one !== undefined) options.onLog(one.attempt, JSON.parse(body) as string, JSON.parse(more) as JsonValue)
        break
      }
      case 'p':
        break
      default:
        throw new Error(`The process of the tasks sent a line of kind ${kind}.`)
    }
  }

  const beat = (id: number, details: JsonValue) => {
    const one = running.get(id)
    one?.beat()
    if (one !== undefined) options.onHeartbeat(one.attempt, details)
  }

  const onExit = (exit: ChildExit) => {
    clearTimeout(loadTimer)
    clearTimeout(silence)
    const culprit =
      loading === undefined
        ? undefined
        : { file: loading, message: `It ended the process while it was loaded (${exit.how}). ${exit.said}`.trim() }
    loaded.resolve({ culprit, exit })
    const message = `The process of the tasks ended (${exit.reason === 'memory' ? 'out of memory' : exit.how}) while the attempt ran.`
    for (const one of running.values()) one.answer({ ok: false, error: { code: 'TASK_FAILED', message, retryable: true } })
    ended.resolve()
    options.onEnd()
  }

  const child = startChild({
    entry: new URL(`./task-process${import.meta.url.slice(-3)}`, import.meta.url),
    args: [JSON.stringify(options.files)],
    nodeFlags: [`--max-old-space-size=${options.memoryMb}`, '--disable-warning=ExperimentalWarning', '--enable-source-maps'],
    env: taskEnvironment(),
    cwd: options.cwd,
    onLine,
    onExit,
    onOutput: options.onOutput,
  })
  child.hold(true)

  /** An attempt was answered in the process's stead: does the process still answer at all? */
  const probe = () => {
    if (silence !== undefined) return
    child.send('p')
    silence = setTimeout(() => child.kill(), SILENT_MS)
  }

  const finish = (id: number) => {
    running.delete(id)
    if (running.size > 0) return
    child.hold(false)
    if (isRetired) child.stop()
  }

  return {
    loaded: loaded.promise,
    run(attempt, cancellation, heartbeatMs) {
      const id = ++lastId
      const one = createRunningAttempt({
        attempt,
        ...(heartbeatMs === undefined ? {} : { heartbeatMs }),
        onAbort: (reason) => child.send(`x\t${id}\t${JSON.stringify(reason)}`),
        onUnanswered: probe,
      })
      running.set(id, one)
      child.hold(true)
      child.send(`r\t${id}\t${JSON.stringify(attempt)}`)
      one.watch(cancellation)
      return one.outcome.finally(() => finish(id))
    },
    retire() {
      isRetired = true
      if (running.size === 0) child.stop()
    },
    stop() {
      isRetired = true
      child.hold(true)
      child.stop()
      return ended.promise
    },
  }
}
