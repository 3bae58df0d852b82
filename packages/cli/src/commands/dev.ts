import { localCommand } from '../define-command.ts'
import { textFlag } from '../input/flags.ts'
import { type ServeFlags, serveFlags, serveProject } from '../serve-project.ts'

export const command = localCommand<ServeFlags & { readonly data?: string }>({
  brief: 'Serve a project and sync its files as they are saved',
  about: 'As "millrace start", and every model or code workflow of the project becomes a new version when you save it.',
  flags: { ...serveFlags, data: textFlag('Folder of database and backups (default .millrace in the project)', 'FOLDER') },
  aliases: { p: 'port' },
  run: (cli, flags) => serveProject(cli, { ...flags, watch: true }),
})
