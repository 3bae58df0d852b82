import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import type { Model } from '@millrace/model'
import type { ScenarioResult } from '@millrace/testing/simulate'
import type { FileProblem } from './check-file.ts'
import { readText } from './input/read-text.ts'

export interface ScenarioRun {
  readonly results: readonly ScenarioResult[]
  /** Problems of the file and of its scenarios, with their places in it. */
  readonly problems: readonly FileProblem[]
}

/** The scenarios that belong to a model by their name, if there are any. */
export const scenarioFileOf = (model: string): string | undefined => {
  const base = model.replace(/\.(ya?ml|json)$/, '')
  return [`${base}.test.yaml`, `${base}.test.yml`].find((file) => file !== model && existsSync(file))
}

/** Plays every scenario of a file on a draft. The simulator is loaded here: most commands never need it. */
export async function runScenarios(model: Model, file: string): Promise<ScenarioRun> {
  const { readScenarios, runScenario } = await import('@millrace/testing/simulate')
  const { scenarios, problems } = readScenarios(await readText(file), { file: basename(file) })
  const results: ScenarioResult[] = []
  for (const scenario of scenarios) results.push(await runScenario(model, scenario))
  const failed = results.flatMap((result) =>
    result.problems.map((problem) => ({ ...problem, message: `${result.name}: ${problem.message}` })),
  )
  return { results, problems: [...problems, ...failed].map(({ line = 1, column = 1, ...problem }) => ({ ...problem, line, column })) }
}
