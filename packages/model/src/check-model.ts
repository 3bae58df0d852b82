import { type Finding, hasErrors, type Problem, sortProblems } from './problem.ts'
import { checkSoundness, type Soundness } from './soundness/check-soundness.ts'
import { type ParsedModel, parseModel } from './text/parse-model.ts'
import { type Positions, positionAt } from './text/positions.ts'
import { type ValidateOptions, validateModel } from './validate/validate-model.ts'

export interface CheckedModel extends ParsedModel {
  /** Problems of form, of rules and of soundness together, in the order of the text. */
  readonly problems: readonly Problem[]
  /** Absent while the graph has errors that come before it. */
  readonly soundness?: Soundness
}

/**
 * Everything Sync asks of a text, at once: its form (`parseModel`), the rules (`validateModel`) and soundness (`checkSoundness`).
 * A text may be synced when none of the problems is an error.
 *
 * @param options.budget states of the soundness search
 * @param options.others other workflows, to follow containers
 */
export function checkModel(
  text: string,
  options: { readonly file?: string; readonly budget?: number; readonly others?: NonNullable<ValidateOptions['others']> } = {},
): CheckedModel {
  const parsed = parseModel(text, options)
  const { draft, isGraphWhole, positions } = parsed
  if (draft === undefined) return parsed
  const others = options.others === undefined ? {} : { others: options.others }
  const findings = validateModel(draft, { isPartial: !isGraphWhole, ...others })
  const hasGraph = isGraphWhole && !findings.some((finding) => BEFORE_SOUNDNESS.has(finding.code))
  const soundness = hasGraph ? checkSoundness(draft, options.budget === undefined ? {} : { budget: options.budget }) : undefined
  const problems = sortProblems([
    ...parsed.problems,
    ...locate(findings, positions),
    ...(soundness === undefined ? [] : locate(soundnessFindings(soundness, findings), positions)),
  ])
  const { model, ...rest } = parsed
  return {
    ...rest,
    ...(model === undefined || hasErrors(problems) ? {} : { model }),
    problems,
    ...(soundness === undefined ? {} : { soundness }),
  }
}

/** Findings of a model that has no text of its own, an imported one for example, with places in the text `positions` is of. */
export function locate(findings: readonly Finding[], positions: Positions): readonly Problem[] {
  return findings.map(({ path, offset, ...finding }) => ({ ...finding, ...positionAt(positions, path, offset) }))
}

/** Errors that leave no game to play. */
const BEFORE_SOUNDNESS: ReadonlySet<string> = new Set([
  'ID_INVALID',
  'NODE_ID_DUPLICATE',
  'START_MISPLACED',
  'TARGET_UNKNOWN',
  'TARGET_START',
  'NEXT_MISSING',
])

/** What soundness says, as findings; what a simpler finding already said is not said twice. */
export function soundnessFindings({ verdict, states, counterexample }: Soundness, findings: readonly Finding[] = []): readonly Finding[] {
  if (verdict === 'unknown') {
    const message = `The model was checked to ${states} states without a defect, but not to the end.`
    return [
      {
        code: 'SOUNDNESS_UNKNOWN',
        severity: 'warning',
        message,
        path: 'nodes',
        hint: 'Join what was split, block by block, or split the model with containers.',
      },
    ]
  }
  if (counterexample === undefined) return []
  const { kind, node, sentence, steps } = counterexample
  const isSaid = (code: string): boolean => findings.some((finding) => finding.code === code)
  if (kind === 'dead-node' && isSaid('NODE_UNREACHABLE')) return []
  if (kind === 'cannot-end' && isSaid('NODE_NO_WAY_OUT')) return []
  const way = steps.map((step) => step.node).join(' → ')
  const hint = way === '' ? undefined : `It happens on the way ${way}.`
  return [{ code: 'UNSOUND', severity: 'error', message: sentence, path: `nodes/${node}`, node, ...(hint === undefined ? {} : { hint }) }]
}
