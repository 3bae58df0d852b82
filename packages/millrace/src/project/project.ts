import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { Json, MillraceError, Role, UserName } from '@millrace/protocol'
import { parseDocument } from 'yaml'
import { z } from 'zod'

/** File in a project's folder that says what is the project's own. */
export const PROJECT_FILE = 'millrace.yaml'

/** A task's name, or with arguments beside (`with`) or in place of (`replace`) those the model gives. */
const Binding = z.union([
  z.string().transform((task) => ({ task })),
  z
    .strictObject({ task: z.string(), with: z.record(z.string(), Json).optional(), replace: z.boolean().optional() })
    .transform(({ task, with: given, replace }) => ({
      task,
      ...(given === undefined ? {} : { with: given }),
      ...(replace === undefined ? {} : { replace }),
    })),
])

/** Content of `millrace.yaml`. Everything may be left out. */
const ProjectConfig = z.strictObject({
  name: z.string().optional(),
  /** Names that models use → tasks that exist. */
  bind: z.record(z.string(), Binding).default({}),
  /** Made at start where they do not exist yet; never changed afterwards, because people change them elsewhere. */
  people: z
    .strictObject({
      groups: z.record(z.string(), z.strictObject({ title: z.string().optional(), members: z.array(UserName).default([]) })).default({}),
      users: z
        .record(
          UserName,
          z.strictObject({ displayName: z.string().optional(), email: z.email().optional(), roles: z.array(Role).default(['member']) }),
        )
        .default({}),
    })
    .prefault({}),
  /** Attempts at once of single tasks. */
  limits: z.record(z.string(), z.number().int().min(1)).default({}),
  mail: z
    .strictObject({
      host: z.string(),
      port: z.number().int().min(1).max(65_535),
      from: z.string(),
      user: z.string().optional(),
      password: z.string().optional(),
      secure: z.boolean().optional(),
    })
    .optional(),
})
export type ProjectConfig = z.infer<typeof ProjectConfig>

/** A folder with models, code workflows and tasks. */
export interface Project {
  readonly folder: string
  readonly config: ProjectConfig
  /** Model texts, `*.yaml` or `*.json` with an `id` and `nodes`. */
  readonly models: readonly string[]
  /** `*.workflow.ts` */
  readonly workflows: readonly string[]
  /** `*.task.ts` */
  readonly tasks: readonly string[]
}

/** Deepest folder looked into; more is not a project but a disk. */
const MAX_DEPTH = 6

/** Reads what a project's folder holds. @throws MillraceError BAD_REQUEST when `millrace.yaml` is wrong, with the place in it. */
export const readProject = async (folder: string): Promise<Project> => {
  const files = await filesIn(folder, 0)
  const config = await readConfig(join(folder, PROJECT_FILE))
  return {
    folder,
    config,
    models: files.filter(
      (file) =>
        /\.(ya?ml|json)$/.test(file) &&
        !/\.test\.ya?ml$/.test(file) &&
        relative(folder, file) !== PROJECT_FILE &&
        !/(package|tsconfig)[^/]*\.json$/.test(file),
    ),
    workflows: files.filter((file) => file.endsWith('.workflow.ts')),
    tasks: files.filter((file) => file.endsWith('.task.ts')),
  }
}

const readConfig = async (file: string): Promise<ProjectConfig> => {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ProjectConfig.parse({})
    throw new MillraceError('BAD_REQUEST', `${file} cannot be read: ${(error as Error).message}.`)
  }
  const document = parseDocument(text)
  const [broken] = document.errors
  // The first line names the problem and the place; a picture of it follows.
  if (broken !== undefined) throw new MillraceError('BAD_REQUEST', `${file}: ${broken.message.split('\n', 1)[0]?.replace(/:$/, '') ?? ''}.`)
  const result = ProjectConfig.safeParse(contentOf(document, file) ?? {})
  if (result.success) return result.data
  const [first] = result.error.issues
  throw new MillraceError('BAD_REQUEST', `${file}: ${first?.path.join('.') ?? ''}: ${first?.message ?? 'is wrong'}`)
}

/** @throws MillraceError for aliases that multiply: the parser stops at 100 of them. */
const contentOf = (document: ReturnType<typeof parseDocument>, file: string): unknown => {
  try {
    return document.toJS()
  } catch (error) {
    throw new MillraceError('BAD_REQUEST', `${file}: ${(error as Error).message}.`)
  }
}

const filesIn = async (folder: string, depth: number): Promise<string[]> => {
  if (depth > MAX_DEPTH) return []
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  const found = await Promise.all(
    entries.map(async (entry) => {
      if (entry.name === 'node_modules' || entry.name.startsWith('.')) return []
      const path = join(folder, entry.name)
      return entry.isDirectory() ? filesIn(path, depth + 1) : [path]
    }),
  )
  return found.flat().sort()
}
