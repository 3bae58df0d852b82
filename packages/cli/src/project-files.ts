import { existsSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { CliError } from './cli-error.ts'

export interface ProjectFiles {
  readonly models: readonly string[]
  readonly workflows: readonly string[]
}

/**
 * Models and code workflows of the project in a folder, relative to the working directory.
 *
 * @throws CliError NOT_FOUND when the folder is no project.
 */
export async function projectFiles(cwd: string, folder = '.'): Promise<ProjectFiles> {
  const { PROJECT_FILE, readProject } = await import('millrace/project')
  const root = resolve(cwd, folder)
  if (!existsSync(resolve(root, PROJECT_FILE))) {
    throw new CliError(
      'NOT_FOUND',
      `${root} is no project: it has no ${PROJECT_FILE}. Name the FILEs, or make a project with "millrace init".`,
    )
  }
  const { models, workflows } = await readProject(root)
  const shown = (path: string): string => relative(cwd, path)
  return { models: models.map(shown), workflows: workflows.map(shown) }
}
