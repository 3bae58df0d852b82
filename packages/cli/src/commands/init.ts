import { existsSync } from 'node:fs'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { CliError } from '../cli-error.ts'
import { localCommand } from '../define-command.ts'
import { switchFlag } from '../input/flags.ts'
import { newProject } from '../new-project.ts'
import { programName } from '../program-name.ts'

export const command = localCommand<{ readonly force?: boolean }, [string]>({
  brief: 'Make a new project folder',
  about: 'With a model and its scenario, a code workflow with a task, and a README that says what to do next. It runs as it is.',
  flags: { force: switchFlag('Also into a folder that is not empty; files that are there stay') },
  arguments: [{ brief: 'Folder to make', placeholder: 'FOLDER' }],
  run: async (cli, { force }, given) => {
    const { cwd } = cli.terminal
    const folder = resolve(cwd, given)
    const isEmpty = !existsSync(folder) || (await readdir(folder)).length === 0
    if (!isEmpty && force !== true)
      throw new CliError('EXISTS', `${given} is not empty. Choose another folder, or add what is missing with --force.`)
    const written: string[] = []
    for (const [path, text] of Object.entries(newProject(basename(folder)))) {
      const file = join(folder, path)
      await mkdir(dirname(file), { recursive: true })
      try {
        await writeFile(file, text, { flag: 'wx' })
        written.push(relative(cwd, file))
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      }
    }
    cli.show({ folder, written }, () =>
      [
        ...written.map((file) => cli.style.dim(file)),
        '',
        'Now:',
        `  cd ${given}`,
        `  ${programName()} check`,
        `  ${programName()} start`,
      ].join('\n'),
    )
  },
})
