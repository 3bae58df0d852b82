import type { Route } from '@millrace/model'
import type { WorkItemInput } from '../input.ts'
import { type GraphProgram, nodeById, transitionAt } from '../program.ts'
import { Refusal } from '../refusal.ts'
import { closeStep } from '../step/close.ts'
import { assertFits } from '../step/misfit.ts'
import { nodeOf } from '../step/start-attempt.ts'
import { by, type Turn } from '../turn.ts'
import { type Data, type JsonSchema, personOf } from '../values.ts'
import { assertMayDecide, type ItemStep, openItem } from './access.ts'

/** A person decides. Everything is checked before anything moves: who, which route, the comment, the form. */
export const complete = (turn: Turn, input: Extract<WorkItemInput, { kind: 'complete' }>): void => {
  const step = openItem(turn, input)
  assertMayDecide(turn, input.by, step)
  const route = chosenRoute(turn, step, input.route)
  const node = nodeOf(turn, step)
  if (route?.commentRequired === true && (input.comment ?? '').trim() === '') {
    throw new Refusal('COMMENT_REQUIRED', `"${route.label ?? route.name}" needs a comment that says why.`, { route: route.name })
  }
  const form = route?.form ?? (node?.type === 'participant' ? node.form : step.wait.form)
  const answer = input.answer ?? {}
  if (form !== undefined) checkForm(turn, form, answer)
  const said = {
    ...(route === undefined ? {} : { route: route.name }),
    ...(input.comment === undefined || input.comment === '' ? {} : { comment: input.comment }),
    by: by(input.by),
  }
  if (step.call !== undefined) {
    const { route: name, comment } = said
    return closeStep(turn, step, {
      ...said,
      output: {
        ...(name === undefined ? {} : { route: name }),
        answer,
        by: personOf(input.by),
        ...(comment === undefined ? {} : { comment }),
      },
    })
  }
  const given = answerData(turn, step, answer)
  assertFits(turn, step, given.data)
  closeStep(turn, step, { ...said, ...given })
}

/** Routes a person may choose, in the model's order; one plain transition is no choice. */
export const routesOf = (program: GraphProgram, node: string): readonly (Route & { readonly to: string })[] => {
  const index = program.net.indexOf.get(nodeById(program, node).id) ?? -1
  return (program.net.outgoing[index] ?? []).flatMap((edge) => {
    const { route, to } = transitionAt(program, edge)
    return route === undefined ? [] : [{ ...route, to }]
  })
}

const chosenRoute = (turn: Turn, step: ItemStep, name: string | undefined): Route | undefined => {
  const routes: readonly Route[] = turn.env.program.kind === 'graph' ? routesOf(turn.env.program, step.node) : (step.wait.routes ?? [])
  const names = routes.map((route) => route.name)
  if (name !== undefined) {
    const route = routes.find((each) => each.name === name)
    if (route === undefined) {
      const known = names.length === 0 ? 'it has none: leave the route out' : `it has ${names.join(', ')}`
      throw new Refusal('ROUTE_UNKNOWN', `"${step.wait.title}" has no route ${name}; ${known}.`, { routes: names })
    }
    return route
  }
  if (routes.length > 1)
    throw new Refusal('ROUTE_REQUIRED', `"${step.wait.title}" needs a decision: ${names.join(', ')}.`, { routes: names })
  return routes[0]
}

const checkForm = (turn: Turn, form: JsonSchema, answer: Data): void => {
  const problems = turn.env.validate(form, answer)
  const [first] = problems
  if (first === undefined) return
  throw new Refusal(
    'ANSWER_INVALID',
    `The answer does not fit the form: ${first.pointer === '' ? 'it' : first.pointer} ${first.message}.`,
    {
      problems: problems.map((problem) => ({ pointer: `/answer${problem.pointer}`, message: problem.message })),
    },
  )
}

/** Where the answer goes: under the node's `result`, else each declared name into data; the rest is kept in the history. */
const answerData = (turn: Turn, step: ItemStep, answer: Data): { readonly data?: Data; readonly output?: Data } => {
  if (turn.env.program.kind !== 'graph' || Object.keys(answer).length === 0) return {}
  const node = nodeById(turn.env.program, step.node)
  if (node.type === 'participant' && node.result !== undefined) return { data: { [node.result]: answer } }
  const declared = turn.env.program.model.data
  const isOpen = turn.env.program.model.imported !== undefined
  const data = Object.fromEntries(Object.entries(answer).filter(([name]) => isOpen || declared[name] !== undefined))
  const rest = Object.keys(data).length === Object.keys(answer).length ? {} : { output: answer }
  return { ...(Object.keys(data).length === 0 ? {} : { data }), ...rest }
}
