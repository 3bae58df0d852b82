import { existsSync } from 'node:fs'
import { resolve } from 'node:path'

/** The console's sources, beside this package in a checkout; a published package brings its build along. */
const SOURCES = resolve(import.meta.dirname, '../../../console')

/** Folder with the console ready to be served, built first where its sources changed; undefined where there is none, and the API is served alone. */
export const consoleBuild = async (onProgress: (line: string) => void): Promise<string | undefined> => {
  const entry = resolve(SOURCES, 'build-console.ts')
  if (!existsSync(entry)) return undefined
  const { buildConsole } = (await import(entry)) as {
    readonly buildConsole: (options: { readonly onProgress: (line: string) => void }) => Promise<string>
  }
  try {
    return await buildConsole({ onProgress })
  } catch (error) {
    // The API serves its people all the same; what is wrong with the console is said.
    onProgress(error instanceof Error ? error.message : String(error))
    return undefined
  }
}
