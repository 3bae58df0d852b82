import { relative } from 'node:path'
import { projectFolder } from './project-folder.ts'

export interface ProjectFiles {
  readonly models: readonly string[]
  readonly workflows: readonly string[]
}

/**
 * Models and code workflows of a project, relative to the working directory.
 *
 * @throws CliError NOT_FOUND when the folder is no project.
 */
export async function projectFiles(cwd: string, folder?: string): Promise<ProjectFiles> {
  const root = projectFolder(cwd, folder)
  const { readProject } = await import('millrace/project')
  const { models, workflows } = await readProject(root)
  const shown = (path: string): string => relative(cwd, path)
  return { models: models.map(shown), workflows: workflows.map(shown) }
}
