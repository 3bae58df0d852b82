/** Says what is wrong with one file, without a server. What it gives is printed as it is by `millrace check --json`. */

import { readFile } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { checkModel, type Model, type Problem, type Soundness } from '@millrace/model'
import { MillraceError } from '@millrace/protocol/error'
import { runScenarios, type ScenarioRun, scenarioFileOf } from './run-scenarios.ts'

export interface FileProblem extends Pick<Problem, 'code' | 'severity' | 'message' | 'line' | 'column'> {
  readonly hint?: string
  readonly node?: string
  /** Where it stands, when that is another file: a scenario of the model, a module of the workflow. */
  readonly file?: string
}

export interface FileCheck {
  /** As it was given. */
  readonly file: string
  readonly ok: boolean
  readonly problems: readonly FileProblem[]
  /** `unknown` with no states where there is no graph to judge. */
  readonly soundness: Pick<Soundness, 'verdict' | 'states'> & { readonly counterexample?: NonNullable<Soundness['counterexample']> }
  /** Scenarios that were played, where there are any. */
  readonly scenarios?: readonly { readonly name: string; readonly ok: boolean }[]
}

const NO_GRAPH = { verdict: 'unknown', states: 0 } as const

/**
 * @param file as it was given
 * @param options.others models that stand beside it, to follow containers
 */
export async function checkFile(
  file: string,
  options: { readonly cwd: string; readonly others?: ReadonlyMap<string, Model> },
): Promise<FileCheck> {
  const path = resolve(options.cwd, file)
  if (/\.workflow\.[cm]?[jt]s$/.test(path)) return checkWorkflow(file, path)
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const said = code === 'ENOENT' ? 'There is no such file.' : code === 'EISDIR' ? 'It is a folder.' : message
    return {
      file,
      ok: false,
      problems: [{ code: 'FILE_UNREADABLE', severity: 'error', message: said, line: 1, column: 1 }],
      soundness: NO_GRAPH,
    }
  }
  if (/\.test\.ya?ml$/.test(path)) return checkScenarios(file, path, options.cwd)
  return checkModelText(file, { path, text, cwd: options.cwd, ...(options.others === undefined ? {} : { others: options.others }) })
}

const checkModelText = async (
  file: string,
  {
    path,
    text,
    cwd,
    others,
  }: { readonly path: string; readonly text: string; readonly cwd: string; readonly others?: ReadonlyMap<string, Model> },
): Promise<FileCheck> => {
  const { model, problems, soundness } = checkModel(text, {
    file: basename(file),
    ...(others === undefined ? {} : { others }),
  })
  const run = model === undefined ? undefined : await runOwnScenarios(model, path, cwd)
  const found = [...problems, ...(run?.problems ?? [])]
  return {
    file,
    ok: !found.some(({ severity }) => severity === 'error'),
    problems: found,
    soundness: soundness ?? NO_GRAPH,
    ...(run === undefined ? {} : { scenarios: run.results.map(({ name, ok }) => ({ name, ok })) }),
  }
}

/** A scenario beside a model is its test: `publish-page.test.yaml` beside `publish-page.yaml`. */
const runOwnScenarios = async (
  model: Model,
  path: string,
  cwd: string,
): Promise<(ScenarioRun & { readonly problems: readonly FileProblem[] }) | undefined> => {
  const beside = scenarioFileOf(path)
  const run = beside === undefined ? undefined : await runScenarios(model, beside)
  if (beside === undefined || run === undefined) return undefined
  const shown = relative(cwd, beside)
  return { ...run, problems: run.problems.map((problem) => ({ ...problem, file: shown })) }
}

const checkScenarios = async (file: string, path: string, cwd: string): Promise<FileCheck> => {
  const modelPath = path.replace(/\.test(\.ya?ml)$/, '$1')
  let text: string
  try {
    text = await readFile(modelPath, 'utf8')
  } catch {
    const message = `There is no model ${relative(cwd, modelPath)} beside it.`
    return {
      file,
      ok: false,
      problems: [{ code: 'SCENARIO_INVALID', severity: 'error', message, line: 1, column: 1 }],
      soundness: NO_GRAPH,
    }
  }
  const { model, soundness } = checkModel(text, { file: basename(modelPath) })
  if (model === undefined) {
    const message = `${relative(cwd, modelPath)} has errors: check it first.`
    return {
      file,
      ok: false,
      problems: [{ code: 'SCENARIO_INVALID', severity: 'error', message, line: 1, column: 1 }],
      soundness: soundness ?? NO_GRAPH,
    }
  }
  const run = await runScenarios(model, path)
  const problems = run?.problems ?? []
  return {
    file,
    ok: problems.length === 0,
    problems,
    soundness: soundness ?? NO_GRAPH,
    scenarios: (run?.results ?? []).map(({ name, ok }) => ({ name, ok })),
  }
}

const checkWorkflow = async (file: string, path: string): Promise<FileCheck> => {
  const { bundleWorkflow } = await import('@millrace/runner/bundle')
  try {
    await bundleWorkflow(path)
    return { file, ok: true, problems: [], soundness: NO_GRAPH }
  } catch (error) {
    if (!(error instanceof MillraceError)) throw error
    const found = error.details['problems']
    const problems = Array.isArray(found) ? (found as readonly FileProblem[]).map((problem) => inFile(problem, file)) : []
    const whole: FileProblem = { code: error.code, severity: 'error', message: error.message, line: 1, column: 1 }
    return { file, ok: false, problems: problems.length === 0 ? [whole] : problems, soundness: NO_GRAPH }
  }
}

const inFile = (problem: FileProblem, file: string): FileProblem => {
  const { file: module, ...rest } = problem
  return module === undefined || module === basename(file) ? rest : { ...rest, file: join(dirname(file), module) }
}
