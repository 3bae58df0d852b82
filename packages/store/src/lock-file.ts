/**
 * One process per data folder. The lock file names who serves it; a lock is taken over when what it names is proved to be gone.
 *
 * A process id alone does not tell: ids are given again. The start time of the process does, so both are kept, as the system itself reports them. Containers
 * make it harder: each has its own numbers of processes, and a name of the machine that is new with every container. What they cannot hide is that somebody has
 * the database open, because the kernel keeps those locks for all of them. So:
 * 1. a lock of this machine's name counts while its process lives or the database is open;
 * 2. a lock of another name counts, unless the disk can be mounted by this kernel only and nobody has the database open.
 */
import { execFileSync } from 'node:child_process'
import { linkSync, readFileSync, renameSync, rmSync, statSync, unlinkSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { dirname, join } from 'node:path'
import { MillraceError } from '@millrace/protocol'
import { isLocalDisk } from './local-disk.ts'
import { isOpenAnywhere } from './sqlite/open-anywhere.ts'

export interface FolderLock {
  release(): void
}

interface Holder {
  readonly pid: number
  /** When the process began, in the system's own words; empty where it cannot be told. */
  readonly started: string
  readonly host: string
  readonly sinceMs: number
}

export const LOCK_FILE = 'millrace.lock'

/** A process that has just taken the lock has not opened the database yet; by far longer than that takes. */
const OPENING_MS = 10_000

/**
 * @param database file whose folder is locked
 * @throws MillraceError DATA_FOLDER_IN_USE that says who serves it
 */
export const lockFolder = (database: string, nowMs: number): FolderLock => {
  const path = join(dirname(database), LOCK_FILE)
  const own: Holder = { pid: process.pid, started: startOf(process.pid), host: hostname(), sinceMs: nowMs }
  // Written whole under a name of its own, then linked: a lock is never seen half written, and the second of two who link fails.
  const draft = `${path}.${process.pid}.${nowMs}`
  try {
    writeFileSync(draft, JSON.stringify(own))
    for (let tries = 0; ; tries++) {
      if (link(draft, path)) return { release: () => release(path, own) }
      const holder = read(path)
      if (holder === undefined) continue
      const state = stateOf(holder, path, database)
      if (state !== 'gone' || tries > 5) throw inUse(path, holder, state)
      takeAway(path, holder)
    }
  } finally {
    rmSync(draft, { force: true })
  }
}

/** @returns false when there is a lock already */
const link = (draft: string, path: string): boolean => {
  try {
    linkSync(draft, path)
    return true
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false
    // A file system without links (exFAT, some network shares): made in place, where another process might see it empty for a moment.
    return create(path, readFileSync(draft, 'utf8'))
  }
}

const create = (path: string, text: string): boolean => {
  try {
    writeFileSync(path, text, { flag: 'wx' })
    return true
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false
    throw error
  }
}

/** undefined: it was released in this moment. */
const read = (path: string): Holder | undefined => {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Holder
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined
    // No lock of ours is half written; one that cannot be read was damaged with the disk, and its process is gone.
    if (error instanceof SyntaxError) return { pid: 0, started: '', host: hostname(), sinceMs: 0 }
    throw error
  }
}

/** `open`: the process named is gone, and yet somebody has the database open. `unknown`: it ran where nothing can be told from here. */
type HolderState = 'gone' | 'alive' | 'open' | 'unknown'

const stateOf = (holder: Holder, path: string, database: string): HolderState => {
  if (holder.host === hostname()) {
    if (isAlive(holder)) return 'alive'
  } else if (!isLocalDisk(dirname(database)) || ageMs(path) < OPENING_MS) return 'unknown'
  return isOpenAnywhere(database) ? 'open' : 'gone'
}

/** By the disk's own clock and ours: the lock says when it was made in the words of its maker, whose clock may be another. */
const ageMs = (path: string): number => Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0)

const isAlive = (holder: Holder): boolean => {
  if (holder.pid === process.pid && holder.started === startOf(process.pid)) return true
  // Signals to 0 and below go to groups of processes.
  if (holder.pid <= 0) return false
  try {
    process.kill(holder.pid, 0)
  } catch (error) {
    if (!isCode(error, 'EPERM')) return false
  }
  const started = startOf(holder.pid)
  return started === '' || holder.started === '' || started === holder.started
}

/** Two may find the same lock stale: what one moves away is checked again, and a lock that came meanwhile is put back. */
const takeAway = (path: string, stale: Holder): void => {
  const away = `${path}.stale.${process.pid}`
  try {
    renameSync(path, away)
  } catch (error) {
    if (isCode(error, 'ENOENT')) return
    throw error
  }
  const moved = read(away)
  if (moved !== undefined && (moved.pid !== stale.pid || moved.started !== stale.started)) link(away, path)
  unlinkSync(away)
}

const release = (path: string, own: Holder): void => {
  const holder = read(path)
  if (holder?.pid === own.pid && holder.sinceMs === own.sinceMs) unlinkSync(path)
}

/** Start time of a process as the system tells it: with the boot it belongs to on Linux, by `ps` elsewhere. Empty where there is neither. */
const startOf = (pid: number): string => {
  try {
    if (process.platform === 'linux') {
      const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
      // Field 22, counted after the command, which may hold blanks and brackets itself.
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      return `${boot} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''}`
    }
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim()
  } catch {
    return ''
  }
}

const inUse = (path: string, holder: Holder, state: HolderState): MillraceError => {
  const since = new Date(holder.sinceMs).toISOString()
  const where = holder.host === hostname() ? '' : ` on ${holder.host}`
  const by = `is served by process ${holder.pid}${where} since ${since}`
  return new MillraceError('DATA_FOLDER_IN_USE', `The data folder ${dirname(path)} ${by}. ${adviceFor(state, path, holder)}`, {
    details: { pid: holder.pid, host: holder.host, sinceMs: holder.sinceMs },
  })
}

const adviceFor = (state: HolderState, path: string, { host }: Holder): string => {
  if (state === 'unknown')
    return `Stop it there first, or choose another folder. If ${host} serves it no longer, delete ${path} and start again.`
  if (state === 'open')
    return 'That process cannot be seen from here, but the database is open: stop the container that serves it, or close the shell on the file.'
  return 'Stop that one first, or choose another folder.'
}

const isCode = (error: unknown, code: string): boolean => error instanceof Error && 'code' in error && error.code === code
