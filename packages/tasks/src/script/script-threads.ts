/**
 * Worker threads that run scripts, so that a rule which never ends holds up nobody. Owns the threads, the line before them and the last limit:
 * a thread that does not answer in time is ended and replaced. Does not own what a script may do (`run-in-quickjs.ts`).
 *
 * Invariants:
 * T1. A thread runs one script at a time; the others wait in the order they came.
 * T2. Every request is answered once: by its thread, by the deadline, by its signal, or by `close`.
 * T3. Idle threads do not keep the process alive.
 */
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { ScriptRequest, ScriptResult } from './script-request.ts'

/** The engine ends a script by itself at its deadline; a thread that is silent so long after it is stuck. */
const GRACE_MS = 1000
/** The first script of a thread also waits for the engine to load (some 100 ms, more on a busy machine). */
const START_GRACE_MS = 10_000
/** Scripts are short; more threads than two would only take time from the engine. */
const MAX_THREADS = 2

interface Job {
  readonly request: ScriptRequest
  readonly resolve: (result: ScriptResult) => void
}

interface Thread {
  readonly worker: Worker
  /** Has answered before: its engine is loaded. */
  isWarm: boolean
  job: Job | undefined
  deadline: NodeJS.Timeout | undefined
}

/** Runs scripts off the main thread. One serves a whole host. */
export class ScriptThreads {
  readonly #threads = new Set<Thread>()
  readonly #idle: Thread[] = []
  readonly #line: Job[] = []
  readonly #most: number
  #isClosed = false

  constructor(options: { readonly threads?: number } = {}) {
    this.#most = options.threads ?? Math.min(MAX_THREADS, availableParallelism())
  }

  /** Never rejects. An aborted signal takes the script from the line, or ends its thread. */
  run(request: ScriptRequest, signal?: AbortSignal): Promise<ScriptResult> {
    return new Promise((resolve) => {
      if (this.#isClosed || signal?.aborted === true) return resolve(ended('The script was told to stop.'))
      const job: Job = { request, resolve }
      signal?.addEventListener('abort', () => this.#abort(job), { once: true })
      this.#line.push(job)
      this.#next()
    })
  }

  async close(): Promise<void> {
    this.#isClosed = true
    for (const job of this.#line.splice(0)) job.resolve(ended('The host is closing.'))
    await Promise.all([...this.#threads].map((thread) => this.#end(thread, ended('The host is closing.'))))
  }

  #next(): void {
    while (this.#line.length > 0) {
      const thread = this.#idle.pop() ?? (this.#threads.size < this.#most ? this.#open() : undefined)
      if (thread === undefined) return
      const job = this.#line.shift()
      if (job !== undefined) this.#give(thread, job)
    }
  }

  #give(thread: Thread, job: Job): void {
    const graceMs = thread.isWarm ? GRACE_MS : START_GRACE_MS
    thread.job = job
    thread.worker.ref()
    thread.deadline = setTimeout(() => {
      const message = `The script was ended after ${job.request.timeoutMs} ms.`
      void this.#end(thread, { ok: false, reason: 'timed-out', message, console: [] })
    }, job.request.timeoutMs + graceMs)
    thread.worker.postMessage(job.request)
  }

  #open(): Thread {
    // Published packages hold JavaScript, a checkout runs its TypeScript. Whole names: tools that look for unused files read them.
    const isSource = import.meta.url.endsWith('.ts')
    const entry = isSource ? new URL('./script-thread.ts', import.meta.url) : new URL('./script-thread.js', import.meta.url)
    // No environment, and no flags of ours that a thread refuses: a script that finds a way out of its engine finds little.
    const worker = new Worker(entry, { env: {}, execArgv: ['--disable-warning=ExperimentalWarning'], resourceLimits: { stackSizeMb: 16 } })
    const thread: Thread = { worker, isWarm: false, job: undefined, deadline: undefined }
    worker.on('message', (result: ScriptResult) => this.#answered(thread, result))
    worker.on('error', (error) => void this.#end(thread, broken(error)))
    worker.on('exit', (code) => void this.#end(thread, broken(new Error(`its thread exited with ${code}`))))
    this.#threads.add(thread)
    return thread
  }

  #answered(thread: Thread, result: ScriptResult): void {
    if (!this.#threads.has(thread)) return
    thread.isWarm = true
    this.#release(thread, result)
    thread.worker.unref()
    this.#idle.push(thread)
    this.#next()
  }

  #abort(job: Job): void {
    const at = this.#line.indexOf(job)
    if (at >= 0) {
      this.#line.splice(at, 1)
      return job.resolve(ended('The script was told to stop.'))
    }
    const thread = [...this.#threads].find((one) => one.job === job)
    if (thread !== undefined) void this.#end(thread, ended('The script was told to stop.'))
  }

  async #end(thread: Thread, result: ScriptResult): Promise<void> {
    if (!this.#threads.delete(thread)) return
    const at = this.#idle.indexOf(thread)
    if (at >= 0) this.#idle.splice(at, 1)
    this.#release(thread, result)
    const ending = thread.worker.terminate()
    if (!this.#isClosed) this.#next()
    await ending
  }

  #release(thread: Thread, result: ScriptResult): void {
    clearTimeout(thread.deadline)
    const job = thread.job
    thread.job = undefined
    job?.resolve(result)
  }
}

const ended = (message: string): ScriptResult => ({ ok: false, reason: 'timed-out', message, console: [] })

const broken = (error: unknown): ScriptResult => ({
  ok: false,
  reason: 'limit',
  message: `The script went beyond a limit of the engine: ${error instanceof Error ? error.message : String(error)}.`,
  console: [],
})
