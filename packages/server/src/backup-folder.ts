/** Backups as files of one folder. The store writes a manifest beside each, so that the list needs no database and a copied file keeps what it says. */
import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Backup, MillraceError, type Store } from '@millrace/protocol'
import { z } from 'zod'

export interface BackupFolder {
  /** Newest first. */
  list(): Promise<readonly Backup[]>
  /** @throws MillraceError EXISTS while another one is being made, STORE_FULL. */
  create(): Promise<Backup>
}

const MANIFEST = '.manifest.json'

/** Of the manifest, what the list shows; the store writes it last, so a file with one is whole. */
const Manifest = z.object({ bytes: z.number(), createdAtMs: z.number(), instances: z.number(), sha256: z.string() })

export const openBackupFolder = (options: { readonly folder: string; readonly store: Store; readonly now: () => number }): BackupFolder => {
  const { folder, store, now } = options
  let isRunning = false

  const create = async (): Promise<Backup> => {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    // Sorts by time and stands in every file system: 2026-03-01T04-00-00.123.db
    const name = `${new Date(now()).toISOString().slice(0, 23).replaceAll(':', '-')}.db`
    return { name, ...(await store.maintenance.backup(join(folder, name))) }
  }

  return {
    list: async () => {
      const names = await readdir(folder).catch(() => [])
      const found = await Promise.all(
        names.filter((name) => name.endsWith(MANIFEST)).map((name) => readManifest(folder, name.slice(0, -MANIFEST.length))),
      )
      return found.flatMap((backup) => backup ?? []).toSorted((a, b) => b.createdAtMs - a.createdAtMs)
    },
    create: async () => {
      if (isRunning) throw new MillraceError('EXISTS', 'A backup is being made already. GET /api/v1/backups shows it when it is whole.')
      isRunning = true
      try {
        return await create()
      } finally {
        isRunning = false
      }
    },
  }
}

/** undefined for a file that is no manifest: somebody else's, or damaged. */
const readManifest = async (folder: string, name: string): Promise<Backup | undefined> => {
  try {
    const { sha256, ...rest } = Manifest.parse(JSON.parse(await readFile(join(folder, name + MANIFEST), 'utf8')))
    return { name, hash: sha256, ...rest }
  } catch {
    return undefined
  }
}
