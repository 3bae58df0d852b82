/**
 * One process per data folder. The lock file names who serves it; a lock whose process is gone is taken over.
 *
 * A process id alone does not tell: ids are given again. The start time of the process does, so both are kept, as the system itself reports them.
 */
import { execFileSync } from 'node:child_process'
import { linkSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { MillraceError } from '@millrace/protocol'

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

/** @throws MillraceError DATA_FOLDER_IN_USE that says who serves it */
export const lockFolder = (folder: string, nowMs: number): FolderLock => {
  const path = join(folder, LOCK_FILE)
  const own: Holder = { pid: process.pid, started: startOf(process.pid), host: hostname(), sinceMs: nowMs }
  // Written whole under a name of its own, then linked: a lock is never seen half written, and the second of two who link fails.
  const draft = `${path}.${process.pid}.${nowMs}`
  try {
    writeFileSync(draft, JSON.stringify(own))
    for (let tries = 0; ; tries++) {
      if (link(draft, path)) return { release: () => release(path, own) }
      const holder = read(path)
      if (holder === undefined) continue
      if (isAlive(holder) || tries > 5) throw inUse(folder, holder)
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

const isAlive = (holder: Holder): boolean => {
  // On another machine (a shared disk) nothing can be told, so the lock counts.
  if (holder.host !== hostname()) return true
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

const inUse = (folder: string, holder: Holder): MillraceError => {
  const since = new Date(holder.sinceMs).toISOString()
  const where = holder.host === hostname() ? '' : ` on ${holder.host}`
  const message = `The data folder ${folder} is served by process ${holder.pid}${where} since ${since}. Stop that one first, or choose another folder.`
  return new MillraceError('DATA_FOLDER_IN_USE', message, { details: { pid: holder.pid, host: holder.host, sinceMs: holder.sinceMs } })
}

const isCode = (error: unknown, code: string): boolean => error instanceof Error && 'code' in error && error.code === code
