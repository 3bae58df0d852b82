import { createHash } from 'node:crypto'
import { existsSync, realpathSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { type CodeBundle, MillraceError } from '@millrace/protocol'
import { ABI, isUsableNodeModule, notAvailable } from '@millrace/workflow/abi'
import { type OutputChunk, type RolldownLog, rolldown } from 'rolldown'
import { FILE_NAME } from '../core/load-workflow.ts'
import { createStackReader } from '../core/stack.ts'
import { calledTasks } from './called-tasks.ts'
import { describe } from './describe.ts'
import { placeAt, workflowPlugin } from './plugin.ts'
import { type BundleProblem, bundleError, problemOf, relative } from './problem.ts'

/**
 * Makes a bundle of a code workflow: its module and everything it imports by relative path or from packages, as one text, with
 * `@millrace/workflow` and zod outside at a numbered ABI and references in the place of tasks. The same files give the same hash on every
 * machine. The module is loaded once, to read its id, title, locks and the JSON Schema of its input.
 *
 * @param file the workflow's module, such as `refund.workflow.ts`
 * @throws MillraceError NOT_FOUND when there is no such file; MODEL_INVALID with `details.problems` (file, line, column, message, hint).
 * @example await host.syncCode('default', await bundleWorkflow('workflows/refund.workflow.ts'), by)
 */
export const bundleWorkflow = async (file: string): Promise<CodeBundle> => (await bundleFile(file)).bundle

/** A bundle, and the files it was made of: while none of them changes it stays the same. */
export interface BundledFile {
  readonly bundle: CodeBundle
  readonly files: readonly string[]
}

/** As `bundleWorkflow`. */
export const bundleFile = async (file: string): Promise<BundledFile> => {
  const given = path.resolve(file)
  if (!existsSync(given))
    throw new MillraceError('NOT_FOUND', `There is no file ${file}: give the path of a workflow module, such as refund.workflow.ts.`)
  // Symbolic links would show in relative paths.
  const entry = realpathSync(given)
  const folder = path.dirname(entry)
  const { text, files } = await bundleText(entry, folder)
  const bytes = new TextEncoder().encode(text)
  const hash = createHash('sha256').update(bytes).digest('hex')
  const source = await readFile(entry, 'utf8')
  try {
    return { bundle: { ...describe(hash, text, entry), source, bundle: bytes, hash, abi: ABI, tasks: calledTasks(text) }, files }
  } catch (error) {
    throw bundleError([loadProblem(error, { text, entry, folder })], error)
  }
}

const bundleText = async (entry: string, folder: string): Promise<{ readonly text: string; readonly files: readonly string[] }> => {
  const problems: BundleProblem[] = []
  const builtins = new Map<string, string>()
  const { chunk, files } = await bundle(entry, { folder, problems, onBuiltin: (name, importer) => builtins.set(name, importer) })
  for (const name of chunk?.imports ?? []) {
    const importer = builtins.get(name)
    if (importer !== undefined && !isUsableNodeModule(name.slice('node:'.length)))
      problems.push(await builtinProblem(name, importer, folder))
  }
  if (problems.length > 0 || chunk === undefined) throw bundleError(problems)
  const code = chunk.code.replace(/\n*\/\/# sourceMappingURL=.*\n?$/, '\n')
  return { text: `// millrace bundle, ABI ${ABI}\n${code}${mapComment(chunk, folder)}`, files }
}

type Options = Omit<Parameters<typeof workflowPlugin>[0], 'entry'>

interface Bundled {
  /** Absent when it failed; then the problems say why. */
  readonly chunk?: OutputChunk
  readonly files: readonly string[]
}

const bundle = async (entry: string, options: Options): Promise<Bundled> => {
  const { folder, problems } = options
  try {
    await using build = await rolldown({
      input: entry,
      cwd: folder,
      platform: 'node',
      // A tsconfig of the machine or the folder above must not change the bundle.
      tsconfig: false,
      experimental: { attachDebugInfo: 'none' },
      transform: { define: { 'process.env.NODE_ENV': '"production"' } },
      plugins: [workflowPlugin({ ...options, entry })],
      onLog: (_, log) => {
        if (log.code === 'UNRESOLVED_IMPORT') problems.push(problemOf(log, folder))
      },
    })
    const { output } = await build.generate({
      format: 'cjs',
      exports: 'named',
      codeSplitting: false,
      comments: false,
      sourcemap: true,
      dir: folder,
    })
    return { chunk: output[0], files: (await build.watchFiles).filter((name) => path.isAbsolute(name)) }
  } catch (error) {
    const logs = (error as { errors?: readonly RolldownLog[] }).errors
    if (logs === undefined) throw error
    problems.push(...logs.map((log) => problemOf(log, folder)))
    return { files: [] }
  }
}

/** The source map without the sources, which the version has: enough to name file and line in an error. */
const mapComment = (chunk: OutputChunk, folder: string): string => {
  if (chunk.map === null) return ''
  const sources = chunk.map.sources.map((source) => relative(path.resolve(folder, source), folder))
  const map = { version: 3, sources, names: [], mappings: `;${chunk.map.mappings}` }
  return `//# sourceMappingURL=data:application/json;base64,${Buffer.from(JSON.stringify(map)).toString('base64')}\n`
}

const builtinProblem = async (name: string, importer: string, folder: string): Promise<BundleProblem> => {
  const text = await readFile(importer, 'utf8')
  const offset = Math.max(0, text.search(new RegExp(`['"](?:node:)?${name.slice('node:'.length).replaceAll('/', '\\/')}['"]`)))
  return {
    code: 'NODE_MODULE',
    severity: 'error',
    file: relative(importer, folder),
    ...placeAt(text, offset),
    message: notAvailable(name, 'it reaches outside of the workflow, which a replay would do again'),
    hint: 'Move what needs it into a task (a file called *.task.ts), and call that with run.task.',
  }
}

/** Where the module threw, if its stack says so. */
const loadProblem = (
  error: unknown,
  { text, entry, folder }: { readonly text: string; readonly entry: string; readonly folder: string },
): BundleProblem => {
  const frame = createStackReader(text, FILE_NAME)(error as Error)?.split('\n')[0]
  const [, file = relative(entry, folder), line = '1', column = '1'] = /\(([^()]+):(\d+):(\d+)\)$/.exec(frame ?? '') ?? []
  return { code: 'LOAD_FAILED', severity: 'error', file, line: Number(line), column: Number(column), message: (error as Error).message }
}
