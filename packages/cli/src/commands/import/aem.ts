import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { type AemImport, importAem, printAemReport, printModel } from '@millrace/model'
import type { Cli } from '../../cli.ts'
import { localCommand } from '../../define-command.ts'
import { EXIT } from '../../exit-code.ts'
import { switchFlag, textFlag } from '../../input/flags.ts'
import { plain } from '../../output/plain.ts'

interface Flags {
  readonly out?: string
  readonly force?: boolean
}

interface Imported extends AemImport {
  readonly file: string
  readonly ok: boolean
  readonly id?: string
  /** Where the model was written. */
  readonly written?: string
  readonly error?: string
}

export const command = localCommand<Flags, string[]>({
  brief: 'Import models of Adobe Experience Manager',
  about: `Reads design pages (.content.xml), runtime models and the JSON of AEM's API, and writes each as ID.yaml. What has no equivalent, a Java class
or a script, becomes a named task that is listed by file, line and node: bind it in millrace.yaml, or start with --simulate.

  millrace import aem model.xml --out models
  millrace sync models/*.yaml`,
  flags: {
    out: textFlag('Folder to write to (default: this one)', 'FOLDER'),
    force: switchFlag('Overwrite a model that is there already'),
  },
  aliases: { o: 'out' },
  arguments: { many: { brief: 'Model of AEM', placeholder: 'FILE' }, minimum: 1 },
  run: async (cli, flags, ...files) => {
    const unbound = new Set<string>()
    for (const file of files.map(String)) {
      const imported = await importFile(file, cli.terminal.cwd, flags)
      for (const { task } of imported.unbound) if (task !== undefined) unbound.add(task)
      if (!imported.ok) cli.setExitCode(EXIT.failed)
      const { model: _, ...shown } = imported
      cli.show(shown, () => text(cli, imported))
    }
    if (unbound.size > 0 && !cli.isJson) cli.say(howToBind(cli, [...unbound]))
  },
})

const importFile = async (file: string, cwd: string, { out = '.', force = false }: Flags): Promise<Imported> => {
  const imported = importAem(await readFile(resolve(cwd, file), 'utf8'), { file })
  const { model } = imported
  if (model === undefined) return { ...imported, file, ok: false }
  const folder = resolve(cwd, out)
  const path = join(folder, `${model.id}.yaml`)
  const written = relative(cwd, path)
  await mkdir(folder, { recursive: true })
  try {
    await writeFile(path, printModel(model), { flag: force ? 'w' : 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return {
      ...imported,
      file,
      ok: false,
      id: model.id,
      error: `${written} exists already. Choose another folder with --out, or overwrite it with --force.`,
    }
  }
  return { ...imported, file, ok: true, id: model.id, written }
}

const text = (cli: Cli, imported: Imported): string => {
  const { style } = cli
  const problems = imported.problems.map(({ line, column, severity, message, hint }) => {
    const paint = severity === 'error' ? style.red : style.yellow
    return `${plain(`${imported.file}:${line}:${column}`)} ${paint(severity)} ${plain(message)}${hint === undefined ? '' : ` ${style.dim(plain(hint))}`}`
  })
  const report = imported.report === undefined ? [] : printAemReport(imported.report).trimEnd().split('\n').map(plain)
  const { report: about } = imported
  const size =
    about === undefined ? '' : `, ${about.nodes} nodes, ${about.transitions} transitions, ${imported.unbound.length} to bind or check`
  const verdict = imported.ok
    ? `${style.green('imported')} ${plain(imported.written ?? '')}${size}`
    : `${style.red('not imported')} ${plain(imported.error ?? imported.file)}`
  return [...problems, ...report, verdict].filter((line) => line !== '').join('\n')
}

const howToBind = ({ style }: Cli, tasks: readonly string[]): string => {
  const lines = tasks.toSorted((a, b) => (a < b ? -1 : 1)).map((task) => `  ${JSON.stringify(task)}: noop`)
  return [
    style.dim('Bind each to a task of yours in millrace.yaml ("millrace task list" shows them), for example:'),
    'bind:',
    ...lines,
  ].join('\n')
}
