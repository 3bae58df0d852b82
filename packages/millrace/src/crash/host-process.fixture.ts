/** A host in a process of its own, as the crash test holds it: asked over IPC, killed with SIGKILL, watched for processes it leaves behind. */
import { execFileSync, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Ask, AskBody, Told } from './messages.fixture.ts'

/** The process died before it answered: whether it did what was asked is not known. */
export class Unanswered extends Error {}

/** It said no. */
export class Refused extends Error {
  readonly code: string
  constructor(code: string, text: string) {
    super(text)
    this.code = code
  }
}

export interface HostProcess {
  readonly pid: number
  /** Resolves when it serves, rejects when it was killed before. */
  readonly ready: Promise<void>
  ask<T>(body: AskBody): Promise<T>
  /** Kills it. @returns processes it had started that are still there long afterwards. */
  kill(): Promise<readonly number[]>
  /** Lets it stop by itself. @returns its exit code and processes it left. */
  close(): Promise<{ readonly code: number | null; readonly left: readonly number[] }>
}

/** Starts a host on a file. `onTold` sees everything it says by itself. */
export const startHost = (file: string, onTold: (told: Told) => void = () => undefined): HostProcess => {
  const child = fork(join(import.meta.dirname, 'host.fixture.ts'), [file], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    serialization: 'json',
  })
  const waiting = new Map<number, { readonly resolve: (value: never) => void; readonly reject: (error: unknown) => void }>()
  const exited = once(child, 'exit') as Promise<[number | null]>
  let n = 0
  let isGone = false
  let isReady: () => void = () => undefined
  let isDead: (error: unknown) => void = () => undefined
  const ready = new Promise<void>((resolve, reject) => {
    isReady = resolve
    isDead = reject
  })
  // Nobody may wait for it.
  ready.catch(() => undefined)
  child.on('message', (told: Told) => {
    onTold(told)
    if (told.kind === 'ready') isReady()
    if (told.kind !== 'answer' && told.kind !== 'refusal') return
    const asked = waiting.get(told.n)
    waiting.delete(told.n)
    if (told.kind === 'answer') asked?.resolve(told.value as never)
    else asked?.reject(new Refused(told.code, told.text))
  })
  child.on('exit', () => {
    isGone = true
    const error = new Unanswered(`Process ${child.pid} is gone.`)
    isDead(error)
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  })
  const pid = child.pid ?? 0
  const ask = <T>(body: AskBody): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      if (isGone || !child.connected) return reject(new Unanswered(`Process ${pid} is gone.`))
      const question: Ask = { n: ++n, ...body }
      waiting.set(question.n, { resolve, reject })
      child.send(question, (error) => {
        if (error === null || !waiting.delete(question.n)) return
        reject(new Unanswered(error.message))
      })
    })
  return {
    pid,
    ready,
    ask,
    kill: async () => {
      const started = descendants(pid)
      child.kill('SIGKILL')
      await exited
      return stillThere(started)
    },
    close: async () => {
      const started = descendants(pid)
      await ask({ kind: 'close' })
      child.disconnect()
      const [code] = await exited
      return { code, left: await stillThere(started) }
    },
  }
}

/** How long a process that lost its parent may take to notice on a busy machine. */
const MOMENT_MS = 5_000

/** Looks until they are gone, at most for a moment. */
const stillThere = async (pids: readonly Process[]): Promise<readonly number[]> => {
  const untilMs = Date.now() + MOMENT_MS
  for (;;) {
    const now = new Map(processes().map((each) => [each.pid, each]))
    // A process number may have been given again to somebody else: the command tells them apart.
    const left = pids.filter((each) => now.get(each.pid)?.command === each.command)
    if (left.length === 0 || Date.now() > untilMs) return left.map((each) => each.pid)
    await new Promise((resolve) => setImmediate(resolve))
  }
}

interface Process {
  readonly pid: number
  readonly parent: number
  readonly command: string
}

const processes = (): readonly Process[] =>
  execFileSync('ps', ['-A', '-o', 'pid=,ppid=,stat=,args='], { encoding: 'utf8' })
    .split('\n')
    .flatMap((line) => {
      const [, pid, parent, stat, command] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? []
      // A zombie is dead, and waits for whoever is its parent now.
      return command === undefined || stat?.startsWith('Z') === true ? [] : [{ pid: Number(pid), parent: Number(parent), command }]
    })

const descendants = (pid: number): readonly Process[] => {
  const all = processes()
  const found: Process[] = []
  let parents = [pid]
  while (parents.length > 0) {
    const children = all.filter((each) => parents.includes(each.parent) && !each.command.startsWith('ps '))
    found.push(...children)
    parents = children.map((each) => each.pid)
  }
  return found
}
