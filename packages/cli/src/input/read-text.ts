import { readFile } from 'node:fs/promises'

/** The text of a file. A failure names the file, also where the system does not: reading a folder is found out after it was opened. */
export const readText = async (path: string): Promise<string> => {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    throw error instanceof Error ? Object.assign(error, { path }) : error
  }
}
