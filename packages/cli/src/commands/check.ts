import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { checkModel, type Model } from '@millrace/model'
import { checkFile, type FileCheck, type FileProblem } from '../check-file.ts'
import type { Cli } from '../cli.ts'
import { localCommand } from '../define-command.ts'
import { EXIT } from '../exit-code.ts'
import { plain } from '../output/plain.ts'
import { projectFiles } from '../project-files.ts'

export const command = localCommand<object, string[]>({
  brief: 'Say what is wrong with models, and run their scenarios',
  about: `Checks form, rules and soundness of models, plays the scenarios beside them (publish-page.test.yaml), and bundles code workflows.
No server is needed. Without FILE: the whole project in this folder. Exit code 1 when something is wrong.
With --json one object per file and line: { file, ok, problems, soundness }.`,
  arguments: { many: { brief: 'Model, scenario or code workflow', placeholder: 'FILE' } },
  run: async (cli, _flags, ...given) => {
    const { cwd } = cli.terminal
    const files = given.length > 0 ? given.map(String) : await filesOfProject(cwd)
    const others = await modelsOf(files, cwd)
    let failed = 0
    for (const file of files) {
      const check = await checkFile(file, { cwd, others })
      if (!check.ok) failed += 1
      cli.show(check, () => text(cli, check))
    }
    if (failed > 0) cli.setExitCode(EXIT.failed)
  },
})

const filesOfProject = async (cwd: string): Promise<readonly string[]> => {
  const { models, workflows } = await projectFiles(cwd)
  return [...models, ...workflows]
}

/** Models by their id, so that containers are followed from one file into another. */
const modelsOf = async (files: readonly string[], cwd: string): Promise<ReadonlyMap<string, Model>> => {
  const models = new Map<string, Model>()
  if (files.length < 2) return models
  for (const file of files) {
    if (!/\.(ya?ml|json)$/.test(file) || /\.test\.ya?ml$/.test(file)) continue
    const content = await readFile(resolve(cwd, file), 'utf8').catch(() => undefined)
    const model = content === undefined ? undefined : checkModel(content, { file }).model
    if (model !== undefined) models.set(model.id, model)
  }
  return models
}

const text = (cli: Cli, check: FileCheck): string => {
  const { style } = cli
  const lines = check.problems.map((problem) => problemLine(cli, problem, check.file))
  const { verdict, states, counterexample } = check.soundness
  const played =
    check.scenarios === undefined ? '' : `, ${check.scenarios.filter(({ ok }) => ok).length} of ${check.scenarios.length} scenarios pass`
  const sound = verdict === 'unknown' && states === 0 ? '' : `, ${verdict}${verdict === 'unknown' ? ` within ${states} states` : ''}`
  const summary = `${check.ok ? style.green('ok') : style.red('not ok')} ${plain(check.file)}${sound}${played}`
  const steps =
    counterexample === undefined ? [] : counterexample.steps.map((step, index) => style.dim(`  ${index + 1}. ${plain(step.sentence)}`))
  return [...lines, ...steps, summary].join('\n')
}

const problemLine = ({ style }: Cli, problem: FileProblem, file: string): string => {
  const { severity, code, message, hint, line, column } = problem
  const paint = severity === 'error' ? style.red : style.yellow
  const place = plain(`${problem.file ?? file}:${line}:${column}`)
  return `${place} ${paint(`${severity} ${code}`)} ${plain(message)}${hint === undefined ? '' : ` ${style.dim(plain(hint))}`}`
}
