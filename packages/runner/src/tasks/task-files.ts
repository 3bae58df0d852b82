import { readdir } from 'node:fs/promises'
import path from 'node:path'

const TASK_FILE = /\.task\.[cm]?[jt]s$/

/** All `*.task.ts` (and .js) below a folder, in order of their paths; `node_modules` and folders that begin with a dot are left out. */
export const findTaskFiles = async (folder: string): Promise<readonly string[]> => {
  const found: string[] = []
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const full = path.join(folder, entry.name)
    if (entry.isDirectory() && entry.name !== 'node_modules' && !entry.name.startsWith('.')) found.push(...(await findTaskFiles(full)))
    if (entry.isFile() && TASK_FILE.test(entry.name)) found.push(full)
  }
  return found.sort()
}
