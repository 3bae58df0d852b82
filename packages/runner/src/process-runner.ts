/**
 * The runner of production: workflow code in a process of its own, which may hang, eat memory or die without hurting anybody else.
 *
 * Owns: the requests that have no answer yet, and the process. Neighbours: workflow-process.ts is the other end, core/ does the work.
 *
 * Invariants:
 * P1. Every request gets exactly one answer: from a process, or `failed` when the process died or was ended while it ran that request.
 * P2. Whom to blame is read from the mark (process/mark.ts); nobody else is failed, the others go to the next process and are replayed.
 * P3. What the process holds can be lost at any time: it asks for the bundle and the journal it lacks.
 */
import type { AdvanceAnswer, AdvanceRequest, Runner } from '@millrace/protocol'
import { MillraceError } from '@millrace/protocol'
import { journalSlices } from './core/journal-slices.ts'
import type { LoadBundle } from './inline-runner.ts'
import { restartDelayMs } from './process/backoff.ts'
import { type Child, type ChildExit, startChild } from './process/child.ts'
import { workflowEnvironment } from './process/environment.ts'
import { createStuckWatch } from './process/stuck-watch.ts'

export interface ProcessRunnerOptions {
  readonly loadBundle: LoadBundle
  /** A function that runs longer without awaiting is ended. Default 1000. */
  readonly stuckAfterMs?: number
  /** Most megabytes of JavaScript heap; default 256. With everything else the process may have half as much again plus 128. */
  readonly memoryMb?: number
  /** What workflows did that their authors should know, and why a process was replaced. */
  readonly onWarning?: (message: string) => void
}

interface Pending {
  readonly request: AdvanceRequest
  readonly resolve: (answer: AdvanceAnswer) => void
  readonly reject: (error: unknown) => void
}

/** A process that ended so often in a row without one answer does not work on this machine. */
const MAX_FAILED_STARTS = 5

/** A number of the wire and the mark: 32 bits, never 0. */
const nextSeq = (seq: number): number => (seq >= 0xffff_fffe ? 1 : seq + 1)

/**
 * Opens the runner and starts its process. A request is answered `failed` with `stuck` (it never yielded), `memory`, `exited` or
 * `killed`; `close` ends the process, and if this program is killed, the process ends by itself.
 *
 * @example const runner = openProcessRunner({ loadBundle: (workspace, hash) => store.definitions.bundle(workspace, hash) })
 */
export const openProcessRunner = (options: ProcessRunnerOptions): Runner & { readonly pid: () => number | undefined } => {
  const { loadBundle, stuckAfterMs = 1_000, memoryMb = 256 } = options
  const warn = options.onWarning ?? ((message: string) => process.emitWarning(message, 'MillraceWarning'))
  const pending = new Map<number, Pending>()
  const bundlesOnTheWay = new Map<string, Promise<void>>()
  let seq = 0
  let child: Child | undefined
  let failures = 0
  let isClosed = false
  let restart: NodeJS.Timeout | undefined
  let closed: (() => void) | undefined

  const start = () => {
    restart = undefined
    child = startChild({
      // .ts in the checkout, .js in what is published
      entry: new URL(`./workflow-process${import.meta.url.slice(-3)}`, import.meta.url),
      args: [String(memoryMb)],
      nodeFlags: [`--max-old-space-size=${memoryMb}`, '--disable-warning=ExperimentalWarning'],
      env: workflowEnvironment(),
      onLine,
      onExit,
    })
    child.hold(pending.size > 0)
    for (const [number, { request }] of pending) child.send(requestLine(number, request))
  }

  const watch = createStuckWatch({
    stuckAfterMs,
    isBusy: () => pending.size > 0,
    mark: () => child?.mark(),
    onStuck: () => child?.kill(),
  })

  const settle = (number: number): Pending | undefined => {
    const one = pending.get(number)
    if (one === undefined) return undefined
    pending.delete(number)
    if (pending.size === 0) child?.hold(false)
    return one
  }

  const onLine = (fields: readonly string[]) => {
    const [kind, number, answer = ''] = fields
    watch.alive()
    switch (kind) {
      case 'm':
        failures = 0
        settle(Number(number))?.resolve(JSON.parse(answer) as AdvanceAnswer)
        return
      case 'n':
        void supply(Number(number), { bundle: answer === '1', journal: fields[3] === '1' })
        return
      case 'w':
        warn(JSON.parse(number ?? '""') as string)
        return
      default:
        throw new Error(`The runner's process sent a line of kind ${kind}.`)
    }
  }

  /** Gives the process what it lacks (P3). */
  const supply = async (number: number, needs: { readonly bundle: boolean; readonly journal: boolean }) => {
    const request = pending.get(number)?.request
    if (request === undefined) return
    try {
      const [journal] = await Promise.all([needs.journal ? request.loadJournal() : [], needs.bundle ? sendBundle(request) : undefined])
      if (pending.has(number)) child?.send(requestLine(number, request, needs.journal ? journalSlices(journal) : undefined))
    } catch (error) {
      settle(number)?.reject(error)
    }
  }

  /** Sends a bundle once, however many requests wait for it. */
  const sendBundle = ({ workspace, bundle }: AdvanceRequest): Promise<void> => {
    const known = bundlesOnTheWay.get(bundle)
    if (known !== undefined) return known
    const sending = loadBundle(workspace, bundle)
      .then((bytes) => {
        if (bytes === undefined)
          throw new MillraceError('NOT_FOUND', `The store has no bundle ${bundle} in workspace ${workspace}: sync the workflow again.`)
        child?.send(`b\t${bundle}\t${JSON.stringify(new TextDecoder().decode(bytes))}`)
      })
      .finally(() => bundlesOnTheWay.delete(bundle))
    bundlesOnTheWay.set(bundle, sending)
    return sending
  }

  const onExit = (exit: ChildExit) => {
    child = undefined
    if (isClosed) return closed?.()
    const stuck = watch.takeStuck()
    // Ended for one request, found running another: it had gone on after all, and nobody is to blame.
    const blamed = stuck === undefined || stuck === exit.mark.request ? settle(exit.mark.request) : undefined
    const reason = stuck === undefined ? exit.reason : 'stuck'
    blamed?.resolve({ kind: 'failed', reason })
    warn(
      `The runner's process ended (${reason}, ${exit.how})${blamed === undefined ? '' : ` while it ran instance ${blamed.request.instance}`}; the next one takes over.`,
    )
    failures = blamed === undefined ? failures + 1 : 0
    if (failures >= MAX_FAILED_STARTS) refuseAll(exit)
    restart = setTimeout(start, restartDelayMs(Math.max(0, failures - 1)))
    if (pending.size === 0) restart.unref()
  }

  const refuseAll = (exit: ChildExit) => {
    const error = new MillraceError(
      'INTERNAL',
      `The runner's process does not work here: it ended ${failures} times in a row (${exit.how}). ${exit.said === '' ? 'It printed nothing.' : `It printed: ${exit.said}`}`,
    )
    for (const number of pending.keys()) settle(number)?.reject(error)
  }

  start()
  return {
    advance: (request) =>
      new Promise((resolve, reject) => {
        if (isClosed) return reject(new MillraceError('HOST_STOPPING', 'The runner is closed.'))
        seq = nextSeq(seq)
        if (pending.size === 0) child?.hold(true)
        pending.set(seq, { request, resolve, reject })
        child?.send(requestLine(seq, request))
        restart?.ref()
        watch.start()
      }),
    forget: (instance) => child?.send(`f\t${instance}`),
    close: () => {
      if (isClosed) return Promise.resolve()
      isClosed = true
      clearTimeout(restart)
      watch.stop()
      for (const number of pending.keys()) settle(number)?.reject(new MillraceError('HOST_STOPPING', 'The runner was closed.'))
      if (child === undefined) return Promise.resolve()
      const gone = new Promise<void>((resolve) => {
        closed = resolve
      })
      child.hold(true)
      child.stop()
      return gone
    },
    pid: () => child?.pid,
  }
}

/** A start brings all it needs; a result only itself, since the process most likely holds the instance. */
const requestLine = (seq: number, request: AdvanceRequest, journal?: readonly string[]): string => {
  const { instance, run, bundle, calls, atMs, delivery, workspace, initiator, asRun = run, input } = request
  const line = `a\t${seq}\t${instance}\t${run}\t${bundle}\t${calls}\t${atMs}\t${JSON.stringify(delivery)}`
  if (delivery.kind !== 'start' && journal === undefined) return line
  return [line, JSON.stringify(workspace), JSON.stringify(initiator), asRun, JSON.stringify(input), ...(journal ?? [])].join('\t')
}
