import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

/** A JSON file that only its owner may read, or undefined when there is none or it holds something else. */
export const readPrivateJson = async (path: string): Promise<unknown> => {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as unknown
  } catch {
    return undefined
  }
}

/**
 * Writes a file that holds secrets: mode 600 in a folder of mode 700, and whole or not at all, so that a reader never sees half a token. The mode is
 * given when the file is made; one set afterwards would leave a moment in which others could open it.
 */
export const writePrivateJson = async (path: string, value: unknown): Promise<void> => {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const next = `${path}.${process.pid}.${Date.now().toString(36)}.tmp`
  try {
    await writeFile(next, `${JSON.stringify(value, undefined, 2)}\n`, { mode: 0o600, flag: 'wx' })
    await chmod(next, 0o600)
    await rename(next, path)
  } catch (error) {
    await rm(next, { force: true })
    throw error
  }
}
