/** Serving a project, the same by `millrace start` and `millrace dev`. */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Cli } from './cli.ts'
import type { FlagDefinition } from './define-command.ts'
import type { ExitCode } from './exit-code.ts'
import { numberFlag, switchFlag, textFlag } from './input/flags.ts'
import { programName } from './program-name.ts'
import { projectFolder } from './project-folder.ts'

export interface ServeFlags {
  readonly port?: number
  readonly host?: string
  readonly project?: string
  readonly open?: boolean
}

export const serveFlags: { readonly [Name in keyof ServeFlags]-?: FlagDefinition } = {
  port: numberFlag('Server: port (default 7400; 0 = any free one)', { least: 0, most: 65_535 }),
  host: textFlag('Server: address to listen on (default 127.0.0.1)', 'HOST'),
  project: textFlag('Server: folder of the project (default: this one)', 'FOLDER'),
  open: switchFlag('Server: open the console in a browser'),
}

/** Serves until Ctrl-C. `data` is the folder of database and backups. */
export async function serveProject(cli: Cli, flags: ServeFlags & { readonly data?: string; readonly watch?: boolean }): Promise<void> {
  const { cwd } = cli.terminal
  const { runServer } = await import('millrace/serve')
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { readonly version: string }
  const code = await runServer({
    project: projectFolder(cwd, flags.project),
    version,
    command: programName(cwd),
    ...(flags.data === undefined ? {} : { data: resolve(cwd, flags.data) }),
    ...(flags.host === undefined ? {} : { host: flags.host }),
    ...(flags.port === undefined ? {} : { port: flags.port }),
    ...(flags.watch === true ? { watch: true } : {}),
    ...(flags.open === true ? { onReady: openInBrowser } : {}),
  })
  cli.setExitCode(code as ExitCode)
}

/** Asks the desktop to open the console. Without a desktop nothing happens: the address stands in the output. */
const openInBrowser = (url: string): void => {
  const [command, ...args] =
    process.platform === 'darwin' ? ['open', url] : process.platform === 'win32' ? ['cmd', '/c', 'start', '""', url] : ['xdg-open', url]
  spawn(command ?? '', args, { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref()
}
