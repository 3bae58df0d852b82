import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CliError } from './cli-error.ts'

/** What a project's folder is known by; kept equal to PROJECT_FILE of package millrace, whose loading every start would pay for. */
const PROJECT_FILE = 'millrace.yaml'

/**
 * The folder of the project a command is about: the one named, or the working directory if it is one. In a checkout of Millrace itself it is the
 * example project, as for `npm start`.
 *
 * @throws CliError NOT_FOUND
 */
export function projectFolder(cwd: string, given: string | undefined): string {
  if (given !== undefined) return resolve(cwd, given)
  if (existsSync(join(cwd, PROJECT_FILE))) return cwd
  const checkout = fileURLToPath(new URL('../../../', import.meta.url))
  const examples = join(checkout, 'examples')
  if (resolve(cwd) === resolve(checkout) && existsSync(join(examples, PROJECT_FILE))) return examples
  throw new CliError(
    'NOT_FOUND',
    `${cwd} is no project: it has no ${PROJECT_FILE}. Make one with "millrace init FOLDER", or name one with --project.`,
  )
}
