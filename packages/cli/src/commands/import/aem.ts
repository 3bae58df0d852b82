import { mkdir, writeFile } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { type AemImport, diffModels, hashModel, importAem, type Model, parseModel, printAemReport, printModel } from '@millrace/model'
import type { Cli } from '../../cli.ts'
import { localCommand } from '../../define-command.ts'
import { EXIT } from '../../exit-code.ts'
import { switchFlag, textFlag } from '../../input/flags.ts'
import { readText } from '../../input/read-text.ts'
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
  /** It was there already: the other form of the same model (design and runtime), or an import made before. */
  readonly same?: true
  readonly error?: string
}

/** Differences to a model that is there already, as many as one line of an error may tell. */
const SHOWN_CHANGES = 3

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
  const imported = importAem(await readText(resolve(cwd, file)), { file })
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
    const there = await readText(path)
    const changes = changesFrom(there, written, model)
    if (changes.length === 0) return { ...imported, file, ok: true, id: model.id, written, same: true }
    return { ...imported, file, ok: false, id: model.id, error: differs(written, changes) }
  }
  return { ...imported, file, ok: true, id: model.id, written }
}

/** Empty: what is there is the same model, whatever its text looks like. */
const changesFrom = (there: string, file: string, model: Model): readonly string[] => {
  const { model: before } = parseModel(there, { file })
  if (before === undefined) return ['What is there is no valid model.']
  if (hashModel(before) === hashModel(model)) return []
  return diffModels(before, model).map(({ sentence }) => sentence)
}

const differs = (written: string, changes: readonly string[]): string => {
  const more = changes.length > SHOWN_CHANGES ? ` And ${changes.length - SHOWN_CHANGES} more.` : ''
  return `${written} is another model of this name. ${changes.slice(0, SHOWN_CHANGES).join(' ')}${more} Choose another folder with --out, or overwrite it with --force.`
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
    ? `${style.green(imported.same === true ? 'the same as' : 'imported')} ${plain(imported.written ?? '')}${size}`
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
