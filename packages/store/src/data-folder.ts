import { mkdirSync } from 'node:fs'
import { MillraceError } from '@millrace/protocol'
import { type FolderLock, lockFolder } from './lock-file.ts'

/** Names of people, hashes of their passwords and the key of callback addresses: nothing for other users of the machine. */
const OWNER_ONLY = 0o700

/**
 * Makes the data folder where there is none, for its owner only, and takes it.
 *
 * @throws MillraceError DATA_FOLDER_IN_USE, DATA_FOLDER_UNUSABLE, STORE_FULL
 */
export const takeDataFolder = (folder: string, nowMs: number): FolderLock => {
  try {
    mkdirSync(folder, { recursive: true, mode: OWNER_ONLY })
    return lockFolder(folder, nowMs)
  } catch (error) {
    throw folderError(error, folder)
  }
}

const folderError = (error: unknown, folder: string): unknown => {
  if (error instanceof MillraceError || !(error instanceof Error) || !('syscall' in error) || !('code' in error)) return error
  if (error.code === 'ENOSPC' || error.code === 'EDQUOT') {
    const sentence = `The disk of ${folder} is full: nothing can be served from there. Make room, then start again.`
    return new MillraceError('STORE_FULL', sentence, { cause: error })
  }
  const sentence = `The data folder ${folder} cannot be used: ${error.message}. Make it writable for this user, or choose another folder.`
  return new MillraceError('DATA_FOLDER_UNUSABLE', sentence, { cause: error })
}
