/**
 * Random models made so that two interpreters can play them side by side: rules become questions that the test answers, and every loop holds a step, so
 * that one decision never goes round.
 */
import { checkSoundness, type Model, type Node, type Transition, validateModel } from '@millrace/model'
import fc from 'fast-check'
import { mutatedModel, soundModel } from '../arbitrary-model.ts'

/** Sound models of every shape: in block structure, and others that the soundness search finds sound. Without containers. */
export const playableModel = (): fc.Arbitrary<Model> => {
  const changed = mutatedModel({ maxDepth: 2 }).filter(
    (model) =>
      !validateModel(model).some((finding) => BREAKS_THE_GAME.has(finding.code)) &&
      checkSoundness(model, { budget: 5_000 }).verdict === 'sound',
  )
  return fc
    .tuple(fc.oneof({ weight: 3, arbitrary: soundModel({ maxDepth: 3 }) }, { weight: 1, arbitrary: changed }), fc.nat())
    .map(([model, salt]) => playable(model, salt))
}

/** Problems after which rules, routes or blocks of a model mean nothing definite. */
const BREAKS_THE_GAME: ReadonlySet<string> = new Set([
  'JOIN_NEEDS_BLOCK',
  'NEXT_MANY',
  'NEXT_MISSING',
  'ROUTE_DUPLICATE',
  'DEFAULT_MANY',
  'JOIN_NEED',
])

/** What the evaluator of the test is asked for a transition's rule. */
export const ruleOf = (transition: number): string => `holds(${transition})`

/** The transition a rule of `ruleOf` belongs to. */
export const transitionOfRule = (rule: string): number => Number(/^holds\((\d+)\)$/.exec(rule)?.[1] ?? Number.NaN)

const playable = (model: Model, salt: number): Model => {
  const { id, title, language } = model
  const { nodes, transitions } = withStepsInLoops(model)
  return {
    id,
    title,
    language,
    payload: 'none',
    data: {},
    nodes: nodes.map(plainNode),
    transitions: transitions.map((each, at) => asked(each, at, salt)),
  }
}

const plainNode = (node: Node): Node => {
  const { metadata: _, ...rest } = node
  if (rest.type === 'container') return { id: rest.id, title: rest.title, type: 'process', task: 'log', autoAdvance: true }
  if (rest.type !== 'participant' || rest.assign.kind === 'group' || rest.assign.kind === 'candidates') return rest
  // The only one who is asked must not be excluded.
  const { exclude: __, ...open } = rest
  return open
}

/** Rules become questions; those in JavaScript stay so in half of the models, where the question is asked of a task. */
const asked = (transition: Transition, at: number, salt: number): Transition => {
  if (transition.rule === undefined) return transition
  const isScript = typeof transition.rule === 'object' && salt % 2 === 0
  return { ...transition, rule: isScript ? { js: ruleOf(at) } : ruleOf(at) }
}

/** A step on every transition that leads back, as a depth-first walk from the start finds them: there is one on every loop. */
const withStepsInLoops = (model: Model): Pick<Model, 'nodes' | 'transitions'> => {
  const back = backTransitions(model)
  const nodes: Node[] = [...model.nodes]
  const transitions: Transition[] = []
  const after: Transition[] = []
  for (const [at, transition] of model.transitions.entries()) {
    if (!back.has(at)) transitions.push(transition)
    else {
      const id = `round-${at}`
      nodes.push({ id, title: `Round ${at}`, type: 'process', task: 'log', autoAdvance: true })
      transitions.push({ ...transition, to: id })
      after.push({ from: id, to: transition.to })
    }
  }
  return { nodes, transitions: [...transitions, ...after] }
}

const backTransitions = (model: Model): ReadonlySet<number> => {
  const back = new Set<number>()
  const done = new Set<string>()
  const path = new Set<string>()
  const visit = (node: string): void => {
    path.add(node)
    for (const [at, transition] of model.transitions.entries()) {
      if (transition.from !== node) continue
      if (path.has(transition.to)) back.add(at)
      else if (!done.has(transition.to)) visit(transition.to)
    }
    path.delete(node)
    done.add(node)
  }
  visit(model.nodes[0]?.id ?? 'start')
  return back
}
