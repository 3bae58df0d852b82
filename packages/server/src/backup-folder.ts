/** Backups as files of one folder, each with its manifest beside it, so that the list needs no database and a copied file keeps what it says. */
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Backup, MillraceError, type Store } from '@millrace/protocol'

export interface BackupFolder {
  /** Newest first. */
  list(): Promise<readonly Backup[]>
  /** @throws MillraceError EXISTS while another one is being made, STORE_FULL. */
  create(): Promise<Backup>
}

const SUFFIX = '.manifest.json'

export const openBackupFolder = (options: { readonly folder: string; readonly store: Store; readonly now: () => number }): BackupFolder => {
  const { folder, store, now } = options
  let isRunning = false

  const create = async (): Promise<Backup> => {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const name = `millrace-${new Date(now()).toISOString().replace(/[:.]/g, '-')}`
    const file = join(folder, `${name}.db`)
    const backup: Backup = { name: `${name}.db`, ...(await store.maintenance.backup(file)) }
    // Written last and renamed: a manifest stands only beside a backup that is whole.
    await writeFile(`${file}${SUFFIX}.part`, `${JSON.stringify(backup, null, 2)}\n`, { mode: 0o600 })
    await rename(`${file}${SUFFIX}.part`, `${file}${SUFFIX}`)
    return backup
  }

  return {
    list: async () => {
      const names = await readdir(folder).catch(() => [])
      const found = await Promise.all(names.filter((name) => name.endsWith(SUFFIX)).map((name) => readManifest(join(folder, name))))
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
const readManifest = async (file: string): Promise<Backup | undefined> => {
  try {
    return Backup.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch {
    return undefined
  }
}
