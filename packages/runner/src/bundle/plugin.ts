import { readFile } from 'node:fs/promises'
import { isBuiltin } from 'node:module'
import { ABI } from '@millrace/workflow/abi'
import type { Plugin } from 'rolldown'
import { parseSync, Visitor } from 'rolldown/utils'
import { type BundleProblem, isTaskFile, isWorkflowFile, relative } from './problem.ts'
import { referenceModule, referencesOf } from './reference.ts'

/** What stays outside of a bundle, and its name at our ABI. */
const OUTSIDE: { readonly [specifier: string]: string } = {
  '@millrace/workflow': `millrace:${ABI}/workflow`,
  zod: `millrace:${ABI}/zod`,
  'zod/v4': `millrace:${ABI}/zod`,
  'zod/mini': `millrace:${ABI}/zod/mini`,
  'zod/v4/mini': `millrace:${ABI}/zod/mini`,
  'zod/locales': `millrace:${ABI}/zod/locales`,
}

export interface PluginOptions {
  readonly entry: string
  readonly folder: string
  /** Problems the bundler does not know of. */
  readonly problems: BundleProblem[]
  /** Told of Node's modules that authors' own files import. */
  readonly onBuiltin: (name: string, importer: string) => void
}

/** Puts references in the place of tasks and other workflows, and names what stays outside. */
export const workflowPlugin = ({ entry, folder, problems, onBuiltin }: PluginOptions): Plugin => ({
  name: 'millrace-workflow',
  resolveId(specifier, importer) {
    const outside = OUTSIDE[specifier]
    if (outside !== undefined) return { id: outside, external: true, moduleSideEffects: false }
    if (specifier.startsWith('millrace:')) return { id: specifier, external: true, moduleSideEffects: false }
    if (!isBuiltin(specifier)) return undefined
    const id = specifier.startsWith('node:') ? specifier : `node:${specifier}`
    if (importer !== undefined && !importer.includes('node_modules')) onBuiltin(id, importer)
    return { id, external: true, moduleSideEffects: false }
  },
  async load(id) {
    if (id === entry || !(isTaskFile(id) || isWorkflowFile(id))) return undefined
    try {
      return { code: referenceModule(await referencesOf(id, await readFile(id, 'utf8'))), moduleType: 'js', moduleSideEffects: false }
    } catch (error) {
      problems.push({
        code: 'REFERENCE_FAILED',
        severity: 'error',
        file: relative(id, folder),
        line: 1,
        column: 1,
        message: (error as Error).message,
      })
      return { code: 'export {}', moduleType: 'js' }
    }
  },
  transform(code, id) {
    if (code.includes('import.meta') && !id.includes('node_modules')) problems.push(...importMetas(code, id, folder))
    return undefined
  },
})

/** `import.meta.url` would be another one in every place the bundle runs. */
const importMetas = (code: string, file: string, folder: string): readonly BundleProblem[] => {
  const found: BundleProblem[] = []
  const { program } = parseSync(file, code)
  new Visitor({
    MetaProperty: (node) => {
      if (node.meta.name !== 'import') return
      found.push({
        code: 'IMPORT_META',
        severity: 'error',
        file: relative(file, folder),
        ...placeAt(code, node.start),
        message: 'import.meta is not available in a workflow: a bundle has no place of its own.',
        hint: 'Import data as JSON, or read files in a task.',
      })
    },
  }).visit(program)
  return found
}

export const placeAt = (text: string, offset: number): { readonly line: number; readonly column: number } => {
  const before = text.slice(0, offset)
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') }
}
