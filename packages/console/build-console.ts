/**
 * Builds the console where its sources changed since the last time, for `npm start`.
 *
 * The build runs in a process of its own: the bundler takes 200 MB that the server must not keep.
 */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

const ROOT = import.meta.dirname
const OUT = join(ROOT, 'build')
const STAMP = '.sources'
/** What the build is made of, beside the packages whose versions the lockfile says. */
const SOURCES = [
  'src',
  'public',
  'vite',
  'index.html',
  'vite.config.ts',
  'package.json',
  '../client/src',
  '../model/src',
  '../protocol/src',
  '../../package-lock.json',
]

/**
 * @returns the folder to be served.
 * @throws Error with what the bundler said when it fails.
 * @example const folder = await buildConsole({ onProgress: console.log })
 */
export const buildConsole = async ({ onProgress }: { readonly onProgress: (line: string) => void }): Promise<string> => {
  const hash = await hashOf(SOURCES.map((name) => join(ROOT, name)))
  const built = await readFile(join(OUT, STAMP), 'utf8').catch(() => '')
  if (built === hash) return OUT
  onProgress('Building the console (once, and when its sources change) …')
  const begin = performance.now()
  // Beside the folder in use, then renamed: a server that runs meanwhile never sees half a build.
  const fresh = join(ROOT, `.build-${process.pid}`)
  try {
    await bundle(fresh)
    await compressAll(fresh)
    await writeFile(join(fresh, STAMP), hash)
    await rm(OUT, { recursive: true, force: true })
    await rename(fresh, OUT)
  } finally {
    await rm(fresh, { recursive: true, force: true })
  }
  onProgress(`  done in ${Math.round((performance.now() - begin) / 1_000)} s`)
  return OUT
}

const bundle = async (outDir: string): Promise<void> => {
  const vite = join(dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin/vite.js')
  try {
    await promisify(execFile)(process.execPath, [vite, 'build', '--outDir', outDir, '--logLevel', 'error'], {
      cwd: ROOT,
      maxBuffer: 2 ** 24,
      // Whoever builds, a test runner too: what is served is the production build.
      env: { ...process.env, NODE_ENV: 'production' },
    })
  } catch (error) {
    const said = typeof error === 'object' && error !== null && 'stderr' in error ? String(error.stderr) : String(error)
    throw new Error(`The console could not be built:\n${said}`, { cause: error })
  }
}

const filesIn = async (path: string): Promise<string[]> => {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => undefined)
  if (entries === undefined) return [path]
  const found = await Promise.all(entries.map(async (entry) => (entry.name === 'node_modules' ? [] : filesIn(join(path, entry.name)))))
  return found.flat()
}

const hashOf = async (paths: readonly string[]): Promise<string> => {
  const hash = createHash('sha256')
  const files = (await Promise.all(paths.map(filesIn))).flat().filter((file) => !/\.(test|fixture)\.tsx?$/.test(file))
  for (const file of files.toSorted()) hash.update(file.slice(ROOT.length)).update(await readFile(file).catch(() => Buffer.alloc(0)))
  return hash.digest('hex')
}

/** Texts are compressed once here and not for every reader. */
const compressAll = async (folder: string): Promise<void> => {
  for (const file of await filesIn(folder)) {
    if (!/\.(js|css|svg|json)$/.test(file)) continue
    const content = await readFile(file)
    if (content.length < 1_024) continue
    await writeFile(`${file}.gz`, await promisify(gzip)(content, { level: 9 }))
    await writeFile(`${file}.br`, await promisify(brotliCompress)(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }))
  }
}
