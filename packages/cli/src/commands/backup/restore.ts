import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { CliError } from '../../cli-error.ts'
import { localCommand } from '../../define-command.ts'
import { switchFlag, textFlag } from '../../input/flags.ts'
import { projectFolder } from '../../project-folder.ts'

interface Flags {
  readonly data?: string
  readonly project?: string
  readonly yes?: boolean
}

export const command = localCommand<Flags, [string]>({
  brief: 'Put a backup in the place of the data',
  about: `The server must not run. What is there now is kept beside it under another name. Work that ran when the backup was made goes on when the server
starts; what happened since is not in it.

  millrace backup restore 2026-03-01T04-00-00.db --data /srv/millrace`,
  flags: {
    data: textFlag('Data folder (default: .millrace in the project)', 'FOLDER'),
    project: textFlag('Folder of the project (default: this one)', 'FOLDER'),
    yes: switchFlag('Do not ask'),
  },
  aliases: { y: 'yes' },
  arguments: [{ brief: 'Name of the backup, or its file', placeholder: 'BACKUP' }],
  run: async (cli, flags, given) => {
    const { cwd, isInteractive } = cli.terminal
    const folder = flags.data === undefined ? join(projectFolder(cwd, flags.project), '.millrace') : resolve(cwd, flags.data)
    const from = [resolve(cwd, given), join(folder, 'backups', given), join(folder, 'backups', `${given}.db`)].find((file) =>
      existsSync(file),
    )
    if (from === undefined)
      throw new CliError('NOT_FOUND', `There is no backup ${given} in ${join(folder, 'backups')}, nor a file of that name.`)
    const path = join(folder, 'millrace.db')
    // Where there is nothing, nothing is replaced.
    if (flags.yes !== true && existsSync(path)) {
      if (!isInteractive) throw new CliError('USAGE', 'This replaces the data. Say --yes where nobody can be asked.')
      const { confirm, isCancel } = await import('@clack/prompts')
      const answer = await confirm({ message: `Replace the data in ${folder} by ${given}?`, initialValue: false })
      if (isCancel(answer) || !answer) throw new CliError('CANCELLED', 'Nothing was changed.')
    }
    const { restoreSqliteBackup } = await import('millrace/serve')
    const manifest = await restoreSqliteBackup({ from, path })
    cli.show(
      { restored: from, to: folder, manifest },
      () => `Restored ${given} to ${folder}. Start the server: millrace start${flags.data === undefined ? '' : ` --data ${flags.data}`}`,
    )
  },
})
