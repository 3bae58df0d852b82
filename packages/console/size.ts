/**
 * `npm run size`: what a reader loads for each page, gzip, and the limits of it. Fails above one.
 *
 *     node packages/console/size.ts
 */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { buildConsole } from './build-console.ts'

interface Chunk {
  readonly file: string
  readonly imports?: readonly string[]
  readonly css?: readonly string[]
}
type Manifest = { readonly [source: string]: Chunk }

const folder = await buildConsole({ onProgress: console.log })
const manifest = JSON.parse(await readFile(join(folder, '.vite/manifest.json'), 'utf8')) as Manifest

/** Files a chunk needs before it runs, its own included. */
const filesOf = (source: string, seen: Set<string> = new Set()): Set<string> => {
  const chunk = manifest[source]
  if (chunk === undefined) throw new Error(`The build has no chunk for ${source}: rename it in size.ts too.`)
  if (seen.has(chunk.file)) return seen
  seen.add(chunk.file)
  for (const style of chunk.css ?? []) seen.add(style)
  for (const needed of chunk.imports ?? []) filesOf(needed, seen)
  return seen
}

const kilobytes = async (files: Iterable<string>): Promise<number> => {
  let bytes = 0
  for (const file of files) bytes += gzipSync(await readFile(join(folder, file)), { level: 9 }).length
  return bytes / 1_000
}

/** What index.html itself loads: the entry's files, which the bundler may have named or merged as it likes. */
const firstFiles = async (): Promise<Set<string>> => {
  const html = await readFile(join(folder, 'index.html'), 'utf8')
  const named = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.(?:js|css))"/g)].map((match) => match[1] ?? '')
  const files = new Set<string>()
  for (const [source, chunk] of Object.entries(manifest)) if (named.includes(chunk.file)) filesOf(source, files)
  return new Set([...files, ...named])
}

const inbox = await firstFiles()
const language = Object.keys(manifest).find((source) => source.endsWith('i18n/en/index.ts'))
if (language !== undefined) filesOf(language, inbox)

const beyond = (source: string, before: ReadonlySet<string>): ReadonlySet<string> =>
  new Set([...filesOf(source)].filter((file) => !before.has(file)))

const fonts = (await readdir(join(folder, 'assets'))).filter((name) => name.endsWith('.woff2'))
const latin = fonts.filter((name) => !/(cyrillic|greek|vietnamese|ext)/.test(name))
const rows: readonly (readonly [string, number, number])[] = [
  ['inbox after sign-in, one language', await kilobytes(inbox), 250],
  ['fonts a Latin text loads', await kilobytes(latin.map((name) => `assets/${name}`)), 80],
  ['work item', await kilobytes(beyond('src/screens/work-item/ItemPane.tsx', inbox)), 60],
  ['graph', await kilobytes(beyond('src/parts/graph/GraphView.tsx', inbox)), 80],
  ['charts', await kilobytes(beyond('src/parts/chart/BarChart.tsx', inbox)), 30],
  ['editor', await kilobytes(beyond('src/parts/editor/YamlEditor.tsx', inbox)), 180],
]

let isOver = false
for (const [name, size, limit] of rows) {
  isOver ||= size > limit
  console.log(`${name.padEnd(36)} ${size.toFixed(1).padStart(7)} KB of ${limit}${size > limit ? '  TOO LARGE' : ''}`)
}
if (isOver) process.exitCode = 1
