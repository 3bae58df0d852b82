/**
 * A supervised process: started from one of our entry files, spoken to in lines over a socket of its own, and gone with everything it
 * started when it ends, when it is ended, or when this process dies.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import type { Socket } from 'node:net'
import { fileURLToPath } from 'node:url'
import { createLineReader, createLineWriter } from './lines.ts'
import { type MarkState, openMark } from './mark.ts'

/** Where the process finds its socket. */
export const WIRE_FD = 3

export interface ChildOptions {
  /** URL of the module it runs. */
  readonly entry: URL
  readonly args?: readonly string[]
  readonly nodeFlags?: readonly string[]
  readonly env: { readonly [name: string]: string | undefined }
  readonly cwd?: string
  readonly onLine: (fields: readonly string[]) => void
  readonly onExit: (exit: ChildExit) => void
  /** What the process printed. */
  readonly onOutput?: ((text: string) => void) | undefined
}

export interface ChildExit {
  readonly reason: 'exited' | 'killed' | 'memory'
  /** Code or signal, for people. */
  readonly how: string
  readonly mark: MarkState
  /** The first line about an error that it printed; empty when there was none. */
  readonly said: string
}

export interface Child {
  readonly pid: number | undefined
  send(line: string): void
  mark(): MarkState
  /** Ends it now, with what it started. */
  kill(): void
  /** Asks it to end, and ends it after a second. */
  stop(): void
  /** While held, it keeps this process alive. */
  hold(isHeld: boolean): void
}

/** How long a process may take to end by itself. */
const GRACE_MS = 1_000

const MAX_STDERR = 8_192

export const startChild = (options: ChildOptions): Child => {
  const mark = openMark()
  const child = spawn(process.execPath, [...(options.nodeFlags ?? []), fileURLToPath(options.entry), ...(options.args ?? [])], {
    // 0 lifeline, 1 and 2 what authors print, 3 the wire, 4 the mark
    stdio: ['pipe', 'pipe', 'pipe', 'pipe', mark.fd],
    // A group of its own: Ctrl-C on the terminal is for the parent, and ending the group ends what it started.
    detached: process.platform !== 'win32',
    env: { ...options.env },
    windowsHide: true,
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  })
  const wire = child.stdio[WIRE_FD] as Socket
  const writer = createLineWriter(wire)
  wire.on('data', createLineReader(options.onLine))
  for (const stream of [child.stdin, wire]) stream?.on('error', () => undefined)
  const stderr = watchOutput(child, options.onOutput)
  watchEnd(child, (code, signal) => {
    const state = mark.read()
    mark.close()
    options.onExit({
      reason: reasonOf({ code, signal, mark: state, stderr: stderr() }),
      how: signal ?? `code ${code}`,
      mark: state,
      said: firstError(stderr()),
    })
  })
  const hold = (isHeld: boolean) => {
    for (const each of [child, wire, child.stdin, child.stdout, child.stderr] as readonly Partial<Pick<Socket, 'ref' | 'unref'>>[]) {
      if (isHeld) each.ref?.()
      else each.unref?.()
    }
  }
  hold(false)
  return {
    pid: child.pid,
    send: (line) => writer.write(line),
    mark: () => mark.read(),
    kill: () => killGroup(child),
    stop: () => {
      writer.flush()
      wire.end()
      setTimeout(() => killGroup(child), GRACE_MS).unref()
    },
    hold,
  }
}

const watchOutput = (child: ChildProcess, onOutput: ((text: string) => void) | undefined): (() => string) => {
  let tail = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => onOutput?.(text))
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    tail = (tail + text).slice(-MAX_STDERR)
    onOutput?.(text)
  })
  return () => tail
}

/** Once, when the process is gone and all it sent has been read. */
const watchEnd = (child: ChildProcess, onEnd: (code: number | null, signal: NodeJS.Signals | null) => void): void => {
  let isOver = false
  const end = (code: number | null, signal: NodeJS.Signals | null) => {
    if (isOver) return
    isOver = true
    onEnd(code, signal)
  }
  child.on('close', end)
  child.on('error', () => end(null, null))
  child.on('exit', (code, signal) => {
    // What it started may hold its pipes open.
    killGroup(child)
    setTimeout(() => end(code, signal), GRACE_MS).unref()
  })
}

const killGroup = (child: ChildProcess): void => {
  if (child.pid === undefined) return
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGKILL')
  } catch {
    // Gone already.
  }
}

const reasonOf = ({
  code,
  signal,
  mark,
  stderr,
}: {
  code: number | null
  signal: string | null
  mark: MarkState
  stderr: string
}): ChildExit['reason'] => {
  // V8 says so before it aborts; other aborts are the code's own.
  if (mark.isOverMemory || /heap out of memory|Allocation failed/.test(stderr)) return 'memory'
  return signal !== null || code === null || code === 134 ? 'killed' : 'exited'
}

const firstError = (text: string): string =>
  text
    .split('\n')
    .find((line) => /error/i.test(line))
    ?.trim() ?? ''
