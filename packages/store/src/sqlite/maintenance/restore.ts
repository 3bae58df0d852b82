import { copyFile, readFile, rename, rm, stat } from 'node:fs/promises'
import { MillraceError } from '@millrace/protocol'
import { newerFormat } from '../../codec/upcast.ts'
import { keepPrivate, takeDataFolder } from '../../data-folder.ts'
import { SCHEMA } from '../migrate.ts'
import { type Manifest, manifestOf, sha256 } from './backup.ts'

/**
 * Puts a backup where a store will be opened. Running work is as it was at the moment of the copy and goes on when the host starts.
 *
 * @param from file written by `maintenance.backup`, with its manifest beside it
 * @param path of the store; what is there is moved aside to `<path>.before-restore-<time>`
 * @throws MillraceError DATA_FOLDER_IN_USE, NEWER_FORMAT, BAD_REQUEST when the copy is damaged
 *
 * @example await restoreSqliteBackup({ from: 'backups/monday.db', path: 'data/millrace.db' })
 */
export const restoreSqliteBackup = async (options: {
  readonly from: string
  readonly path: string
  readonly now?: () => number
}): Promise<Manifest> => {
  const { from, path, now = Date.now } = options
  const manifest = await readManifest(from)
  if (manifest.schema > SCHEMA) throw newerFormat(`schema ${manifest.schema} in ${from}; this release knows up to ${SCHEMA}`)
  if ((await sha256(from)) !== manifest.sha256) throw damaged(from, 'its content differs from what its manifest says')
  const lock = takeDataFolder(path, now())
  try {
    const fresh = `${path}.restoring`
    keepPrivate(fresh)
    await copyFile(from, fresh)
    // A copy takes over the mode of what it copies, and a backup may have come by a way that loses it.
    keepPrivate(fresh)
    if ((await sha256(fresh)) !== manifest.sha256) throw damaged(fresh, 'the copy could not be read back as it was written')
    // The log belongs to the old file; with the new one it would be read as its own.
    for (const suffix of ['-wal', '-shm', '']) {
      if (await isThere(path + suffix)) await rename(path + suffix, `${path}.before-restore-${now()}${suffix}`)
    }
    await rename(fresh, path)
  } finally {
    await rm(`${path}.restoring`, { force: true })
    lock.release()
  }
  return manifest
}

const readManifest = async (from: string): Promise<Manifest> => {
  const file = manifestOf(from)
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Manifest
  } catch (error) {
    throw new MillraceError('BAD_REQUEST', `Cannot read ${file}: a backup has a manifest beside it. Copy both files.`, { cause: error })
  }
}

const damaged = (file: string, why: string): MillraceError =>
  new MillraceError('BAD_REQUEST', `The backup ${file} is damaged: ${why}. Use another one.`)

const isThere = async (path: string): Promise<boolean> =>
  await stat(path).then(
    () => true,
    () => false,
  )
