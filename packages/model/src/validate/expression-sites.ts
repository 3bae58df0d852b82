import { normalizeDuration } from '../duration.ts'
import { isTemplate } from '../expression/template.ts'
import type { Expects } from '../expression/type-problem.ts'
import type { Assign, JsonValue, Model, Node, Rule, Timeout } from '../model.ts'

/** A place of a model where CEL stands. */
export interface ExpressionSite {
  readonly path: string
  readonly node?: string
  readonly source: string
  readonly kind: 'cel' | 'template'
  readonly expects: Expects
}

/** Every expression and template of a model, in its order. */
export function expressionSites(model: Model): readonly ExpressionSite[] {
  const sites: ExpressionSite[] = []
  ;(model.locks ?? []).forEach((lock, i) => templates(sites, lock, { path: `locks/${i}`, expects: 'string' }))
  for (const node of model.nodes) nodeSites(sites, node)
  model.transitions.forEach((transition, i) =>
    rule(sites, transition.rule, { path: `transitions/${i}/rule`, node: transition.from, expects: 'boolean' }),
  )
  return sites
}

type Place = Omit<ExpressionSite, 'source' | 'kind' | 'expects'> & { readonly expects?: Expects }

function nodeSites(sites: ExpressionSite[], node: Node): void {
  const place = (part: string, expects?: Expects): Place => ({
    path: `nodes/${node.id}/${part}`,
    node: node.id,
    ...(expects === undefined ? {} : { expects }),
  })
  node.timeouts?.forEach((timeout, i) => timeoutSites(sites, timeout, (part, expects) => place(`timeouts/${i}/${part}`, expects)))
  switch (node.type) {
    case 'participant':
      assignSites(sites, node.assign, (part, expects) => place(`assign/${part}`, expects))
      templates(sites, node.itemTitle, place('itemTitle', 'value'))
      templates(sites, node.itemDescription, place('itemDescription', 'value'))
      if (node.due !== undefined && normalizeDuration(node.due) === undefined) cel(sites, node.due, place('due', 'date'))
      return
    case 'process':
      templates(sites, node.with, place('with'))
      return
    case 'container':
      templates(sites, node.payload, place('payload'))
      templates(sites, node.with, place('with'))
      return
    case 'wait':
      if (node.until.kind === 'duration') templates(sites, node.until.duration, place('until/duration', 'string'))
      if (node.until.kind === 'date') cel(sites, node.until.date, place('until/date', 'date'))
      if (node.until.kind === 'message') templates(sites, node.until.key, place('until/key', 'value'))
      break
    default:
  }
}

function timeoutSites(sites: ExpressionSite[], timeout: Timeout, place: (part: string, expects?: Expects) => Place): void {
  if (timeout.at !== undefined) cel(sites, timeout.at, place('at', 'date'))
  const { then } = timeout
  if (then.kind === 'reassign' || then.kind === 'escalate')
    assignSites(sites, then.to, (part, expects) => place(`then/to/${part}`, expects))
  if (then.kind === 'run') templates(sites, then.with, place('then/with'))
}

function assignSites(sites: ExpressionSite[], assign: Assign, place: (part: string, expects?: Expects) => Place): void {
  if (assign.kind === 'rule') rule(sites, assign.rule, place('rule', 'principals'))
  if (assign.kind === 'task') templates(sites, assign.with, place('with'))
}

function rule(sites: ExpressionSite[], source: Rule | undefined, place: Place): void {
  if (typeof source === 'string') cel(sites, source, place)
}

function cel(sites: ExpressionSite[], source: string, place: Place): void {
  sites.push({ expects: 'value', ...place, source, kind: 'cel' })
}

/** Templates in every text of a value. */
function templates(sites: ExpressionSite[], value: JsonValue | undefined, place: Place): void {
  if (typeof value === 'string') {
    if (isTemplate(value)) sites.push({ expects: 'value', ...place, source: value, kind: 'template' })
  } else if (Array.isArray(value)) value.forEach((entry: JsonValue, i) => templates(sites, entry, { ...place, path: `${place.path}/${i}` }))
  else if (typeof value === 'object' && value !== null) {
    for (const [key, entry] of Object.entries(value)) templates(sites, entry, { ...place, path: `${place.path}/${key}` })
  }
}
