import { basename, resolve } from 'node:path'
import { checkModel } from '@millrace/model'
import type { ScenarioResult } from '@millrace/testing/simulate'
import type { Cli } from '../cli.ts'
import { CliError, usageError } from '../cli-error.ts'
import { localCommand } from '../define-command.ts'
import { EXIT } from '../exit-code.ts'
import { historyLine } from '../history-line.ts'
import { textFlag } from '../input/flags.ts'
import { readText } from '../input/read-text.ts'
import { plain } from '../output/plain.ts'
import { statusPaint } from '../output/status.ts'
import { runScenarios, scenarioFileOf } from '../run-scenarios.ts'
import { whySentence } from '../why-sentence.ts'

export const command = localCommand<{ readonly scenario?: string }, [string]>({
  brief: 'Run a draft with a virtual clock and given decisions',
  about: `Plays a scenario on a model and prints its history. Decisions are made by the same code as on a server; tasks give what the scenario says,
time passes when it says so, and nothing outside is called. Exit code 1 when something did not come as the scenario expects.
With --json one object per scenario and line: { file, scenario, ok, status, data, open, history, problems }.

  millrace simulate publish-page.yaml --scenario publish-page.test.yaml`,
  flags: { scenario: textFlag('File with the scenario (default: MODEL.test.yaml beside the model)', 'FILE') },
  aliases: { s: 'scenario' },
  arguments: [{ brief: 'Model', placeholder: 'FILE' }],
  run: async (cli, flags, file) => {
    const { cwd } = cli.terminal
    const path = resolve(cwd, file)
    const scenarioFile = flags.scenario === undefined ? scenarioFileOf(path) : resolve(cwd, flags.scenario)
    if (scenarioFile === undefined) throw usageError(`There is no scenario beside ${file}. Name one with --scenario.`)
    const { model, problems } = checkModel(await readText(path), { file: basename(file) })
    if (model === undefined) {
      throw new CliError('MODEL_INVALID', `${file} cannot be run: it has errors.`, {
        problems: problems.filter(({ severity }) => severity === 'error'),
      })
    }
    const run = await runScenarios(model, scenarioFile)
    if (run.results.length === 0)
      throw new CliError('SCENARIO_INVALID', `${flags.scenario ?? scenarioFile} holds no scenario that can be played.`, {
        problems: run.problems,
      })
    for (const { name, ...result } of run.results) cli.show({ file, scenario: name, ...result }, () => text(cli, { name, ...result }))
    if (run.problems.length > 0) cli.setExitCode(EXIT.failed)
  },
})

const text = (cli: Cli, result: ScenarioResult): string => {
  const { style } = cli
  const history = result.history.map((entry) => historyLine(entry, style))
  const why = result.why === undefined ? '' : `: ${whySentence(result.why, result.atMs)}`
  const problems = result.problems.map(({ line, code, message, hint }) => {
    const place = line === undefined ? '' : `line ${line} `
    return `${place}${style.red(code)} ${plain(message)}${hint === undefined ? '' : ` ${style.dim(plain(hint))}`}`
  })
  return [style.bold(plain(result.name)), ...history, `${statusPaint(style, result.status)(result.status)}${plain(why)}`, ...problems].join(
    '\n',
  )
}
