import { serverCommand } from '../define-command.ts'
import { EXIT } from '../exit-code.ts'
import { switchFlag, textFlag } from '../input/flags.ts'
import { plain } from '../output/plain.ts'
import { projectFiles } from '../project-files.ts'
import { syncFile } from '../sync-file.ts'

interface Flags {
  readonly note?: string
  readonly force?: boolean
  readonly project?: string
}

export const command = serverCommand<Flags, string[]>({
  brief: 'Publish models and code workflows as versions',
  about: `Models are saved as drafts and synced; code workflows (*.workflow.ts) are bundled and uploaded. What did not change makes no new version.
Without FILE: the whole project in this folder. A model with errors is not touched on the server.`,
  flags: {
    note: textFlag('What changed; it stands beside the version'),
    force: switchFlag('Overwrite a draft that somebody changed on the server'),
    project: textFlag('Folder of the project (default: this one)', 'FOLDER'),
  },
  aliases: { m: 'note' },
  arguments: { many: { brief: 'Model or code workflow', placeholder: 'FILE' } },
  run: async (cli, { note, force, project }, ...given) => {
    const { cwd } = cli.terminal
    const client = await cli.client()
    const found = given.length > 0 ? undefined : await projectFiles(cwd, project)
    const files = found === undefined ? given.map(String) : [...found.models, ...found.workflows]
    let failed = 0
    for (const file of files) {
      const synced = await syncFile(client, file, { cwd, note, force: force === true })
      if (synced.error !== undefined) failed += 1
      cli.show(synced, () => {
        const problems = synced.problems.map(
          ({ line = 1, column = 1, severity, message, hint }) =>
            `  ${plain(`${file}:${line}:${column} ${severity} ${message}${hint === undefined ? '' : ` ${hint}`}`)}`,
        )
        const head =
          synced.error === undefined
            ? `${cli.style.green(synced.workflow ?? '')} version ${synced.version}${synced.isNew === true ? '' : ' (unchanged)'}`
            : `${cli.style.red(plain(`${file}: ${synced.error.code}: ${synced.error.message}`))}`
        return [head, ...problems].join('\n')
      })
    }
    if (failed > 0) cli.setExitCode(EXIT.failed)
  },
})
