/**
 * Online copy of the file: one read transaction on a connection of its own, on a thread of its own. Commits go on meanwhile and do not disturb it, since a reader
 * sees the moment it began; the event loop is not held at all.
 *
 * Rejected: stepping on the writing connection. The steps run on a thread too, so one that meets a transaction is refused, and as the first or the last it ends
 * the backup with "not an error" (seen under load). Stepping on another connection begins anew with every commit.
 */
import { createHash } from 'node:crypto'
import { createReadStream, statSync } from 'node:fs'
import { open, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { backup as copy, DatabaseSync } from 'node:sqlite'
import { type Backup, MillraceError } from '@millrace/protocol'
import { keepPrivate } from '../../data-folder.ts'
import { TALLY_COLUMNS } from '../codes.ts'
import { connectReader } from '../connection.ts'
import { SCHEMA } from '../migrate.ts'
import type { Writer } from '../writer.ts'

/** What a copy says of itself, beside it as JSON. */
export interface Manifest {
  readonly product: 'millrace'
  /** Number of the schema. */
  readonly schema: number
  readonly createdAtMs: number
  readonly bytes: number
  readonly sha256: string
  readonly instances: number
  /** Feed position the copy stands at. */
  readonly position: number
}

export const manifestOf = (file: string): string => `${file}.manifest.json`

/** All pages in one step: between two steps the read transaction would end. */
const ALL_PAGES = 2 ** 31 - 1
/** Between two looks at how far the copy is. */
const PROGRESS_MS = 200

/**
 * Writes `file` and its manifest. Both appear whole or not at all.
 *
 * @throws MillraceError BAD_REQUEST when the file is there already, STORE_FULL when it does not fit
 */
export const backup = async (writer: Writer, file: string, onProgress?: (share: number) => void): Promise<Omit<Backup, 'name'>> => {
  const createdAtMs = writer.now()
  if (await exists(file))
    throw new MillraceError('BAD_REQUEST', `${file} exists already. Choose another name: a backup never overwrites one.`)
  const partial = `${file}.partial`
  await rm(partial, { force: true })
  try {
    keepPrivate(partial)
    await copyTo(writer.path, partial, onProgress)
    const { instances, position } = inspect(partial)
    const { size: bytes } = await stat(partial)
    const hash = await sha256(partial)
    const manifest: Manifest = { product: 'millrace', schema: SCHEMA, createdAtMs, bytes, sha256: hash, instances, position }
    await writeDurably(`${partial}.manifest`, `${JSON.stringify(manifest, null, 2)}\n`)
    await sync(partial)
    // The manifest goes last: a file with one is complete.
    await rename(partial, file)
    await rename(`${partial}.manifest`, manifestOf(file))
    await sync(dirname(file))
    onProgress?.(1)
    return { bytes, createdAtMs, instances, hash }
  } catch (error) {
    await rm(partial, { force: true })
    await rm(`${partial}.manifest`, { force: true })
    throw isNoSpace(error)
      ? new MillraceError('STORE_FULL', `The backup ${file} does not fit on its disk. Make room, or choose another disk.`, { cause: error })
      : error
  }
}

const copyTo = async (path: string, partial: string, onProgress?: (share: number) => void): Promise<void> => {
  const { db, close } = connectReader(path)
  const pages = Number(db.prepare('pragma page_count').get()?.['page_count'])
  const bytes = pages * Number(db.prepare('pragma page_size').get()?.['page_size'])
  const timer = setInterval(() => {
    const size = statSync(partial, { throwIfNoEntry: false })?.size ?? 0
    onProgress?.(Math.min(1, size / bytes))
  }, PROGRESS_MS)
  try {
    await copy(db, partial, { rate: ALL_PAGES })
  } finally {
    clearInterval(timer)
    close()
  }
}

/** What the copy itself holds: it stands at the moment the copying began. The copy is turned to a single file, without a log beside it. */
const inspect = (file: string): { readonly instances: number; readonly position: number } => {
  const db = new DatabaseSync(file)
  try {
    db.exec('pragma journal_mode = delete')
    const instances = db.prepare(`select coalesce(sum(${TALLY_COLUMNS.join(' + ')}), 0) as n from tally`).get()?.['n']
    const position = db
      .prepare('select max(coalesce((select max(position) from fact), 0), coalesce((select max(position) from change), 0)) as n')
      .get()?.['n']
    return { instances: Number(instances), position: Number(position) }
  } finally {
    db.close()
  }
}

export const sha256 = async (file: string): Promise<string> => {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file, { highWaterMark: 1_048_576 })) hash.update(chunk as Buffer)
  return hash.digest('hex')
}

const exists = async (file: string): Promise<boolean> =>
  await stat(file).then(
    () => true,
    () => false,
  )

const writeDurably = async (file: string, text: string): Promise<void> => {
  const handle = await open(file, 'w')
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const sync = async (path: string): Promise<void> => {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const isNoSpace = (error: unknown): boolean =>
  error instanceof Error && (('code' in error && error.code === 'ENOSPC') || ('errcode' in error && error.errcode === 13))
