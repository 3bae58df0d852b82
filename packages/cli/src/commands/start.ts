import { usageError } from '../cli-error.ts'
import { serverCommand } from '../define-command.ts'
import { textsFlag } from '../input/flags.ts'
import { type ServeFlags, serveFlags, serveProject } from '../serve-project.ts'
import { type StartFlags, startFlags, startInstance } from '../start-instance.ts'

export const command = serverCommand<ServeFlags & StartFlags, [string?]>({
  brief: 'Serve a project; with WORKFLOW, start an instance',
  about: `Without WORKFLOW: serves the project in this folder (or --project) until Ctrl-C.
With WORKFLOW: starts an instance of it, as "millrace instance start" does.

  millrace start --port 7401 --data /srv/millrace
  millrace start publish-page --payload /content/home --follow`,
  flags: {
    ...startFlags,
    ...serveFlags,
    data: textsFlag('Server: folder of database and backups (default .millrace in the project). Instance: name=value', 'FOLDER|NAME=VALUE'),
  },
  aliases: { p: 'port' },
  arguments: [{ brief: 'Id of the workflow to start an instance of', placeholder: 'WORKFLOW', optional: true }],
  run: (cli, flags, workflow) => {
    if (workflow !== undefined) {
      refuse(serveFlags, flags, 'you start an instance: leave WORKFLOW out to start a server')
      return startInstance(cli, workflow, flags)
    }
    const { data, ...others } = flags
    refuse({ ...startFlags, data: undefined }, others, 'you start a server: name the WORKFLOW to start an instance of')
    if (data !== undefined && data.length > 1) throw usageError('A server has one --data folder.')
    const [folder] = data ?? []
    return serveProject(cli, { ...others, ...(folder === undefined ? {} : { data: folder }) })
  },
})

/** Flags of the other meaning of `start` are a mistake, not to be passed over. */
const refuse = (others: object, flags: object, when: string): void => {
  const wrong = Object.keys(others).find(
    (name) => Object.hasOwn(flags, name) && (flags as { readonly [name: string]: unknown })[name] !== undefined,
  )
  if (wrong !== undefined) throw usageError(`--${wrong} means nothing when ${when}.`)
}
