import { chmodSync, closeSync, mkdirSync, openSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { MillraceError } from '@millrace/protocol'
import { type FolderLock, lockFolder } from './lock-file.ts'

/** Names of people, hashes of their passwords and the key of callback addresses: nothing for other users of the machine. */
const OWNER_ONLY = 0o700
const OWNER_ONLY_FILE = 0o600
const OTHERS = 0o077

/**
 * Makes the folder of a database where there is none, for its owner only, and takes it.
 *
 * @param path of the database file
 * @throws MillraceError DATA_FOLDER_IN_USE, DATA_FOLDER_UNUSABLE, STORE_FULL
 */
export const takeDataFolder = (path: string, nowMs: number): FolderLock => {
  const folder = dirname(path)
  try {
    makeFolder(folder)
    return lockFolder(path, nowMs)
  } catch (error) {
    throw folderError(error, folder)
  }
}

/** As `takeDataFolder`, and the database file is for its owner only from its first moment. */
export const takeDatabase = (path: string, nowMs: number): FolderLock => {
  const lock = takeDataFolder(path, nowMs)
  try {
    keepPrivate(path)
    return lock
  } catch (error) {
    lock.release()
    throw folderError(error, dirname(path))
  }
}

/** One folder after the other: Node's own `recursive` never ends where the system answers ENOENT for ever, as /proc does. */
const makeFolder = (folder: string): void => {
  const missing: string[] = []
  for (let at = folder; !isThere(at); at = dirname(at)) missing.unshift(at)
  for (const one of missing) {
    try {
      mkdirSync(one, { mode: OWNER_ONLY })
    } catch (error) {
      // Another process that starts at the same moment.
      if (!isCode(error, 'EEXIST')) throw error
    }
  }
}

const isThere = (path: string): boolean => statSync(path, { throwIfNoEntry: false }) !== undefined

/**
 * Makes a database file for its owner only, or takes away what others may do with the one that is there.
 *
 * SQLite gives the log and the shared memory the mode of the file, so the file is made before SQLite would make it with the mode of the shell. A file that is
 * there is never opened here: closing it would drop the locks that SQLite holds on it in this process.
 */
export const keepPrivate = (path: string): void => {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (stats === undefined) closeSync(openSync(path, 'ax', OWNER_ONLY_FILE))
  else if ((stats.mode & OTHERS) !== 0 && process.platform !== 'win32') tighten(path)
}

const tighten = (path: string): void => {
  for (const file of [path, `${path}-wal`, `${path}-shm`]) {
    try {
      if (isThere(file)) chmodSync(file, OWNER_ONLY_FILE)
    } catch (error) {
      // Served by another user than its owner: then it is that owner's to say.
      if (!isCode(error, 'EPERM')) throw error
    }
  }
}

const isCode = (error: unknown, code: string): boolean => error instanceof Error && 'code' in error && error.code === code

const folderError = (error: unknown, folder: string): unknown => {
  if (error instanceof MillraceError || !(error instanceof Error) || !('syscall' in error) || !('code' in error)) return error
  if (error.code === 'ENOSPC' || error.code === 'EDQUOT') {
    const sentence = `The disk of ${folder} is full: nothing can be served from there. Make room, then start again.`
    return new MillraceError('STORE_FULL', sentence, { cause: error })
  }
  const sentence = `The data folder ${folder} cannot be used: ${error.message}. Make it writable for this user, or choose another folder.`
  return new MillraceError('DATA_FOLDER_UNUSABLE', sentence, { cause: error })
}
