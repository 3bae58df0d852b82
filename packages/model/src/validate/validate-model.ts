import { declarationsOf } from '../expression/context.ts'
import type { Model, Transition } from '../model.ts'
import { compileNet } from '../net/net.ts'
import { type Finding, hasErrors } from '../problem.ts'
import { branchesRule } from './branches.ts'
import { containersRule } from './containers.ts'
import { durationsRule } from './durations.ts'
import { expressionsRule } from './expressions.ts'
import { checkGraph } from './graph.ts'
import { joinsRule } from './joins.ts'
import { outgoingRule } from './outgoing.ts'
import { pathsRule } from './paths.ts'
import { peopleRule } from './people.ts'
import { resultsRule } from './results.ts'
import { routesRule } from './routes.ts'
import type { Checked, ModelRule } from './rule.ts'
import { schemasRule } from './schemas.ts'
import { stagesRule } from './stages.ts'
import { timeoutsRule } from './timeouts.ts'
import { titlesRule } from './titles.ts'
import { transientRule } from './transient.ts'

/** Rules that judge the shape of the graph: pointless while parts of it are missing. */
const GRAPH_RULES: readonly ModelRule[] = [outgoingRule, pathsRule, routesRule, branchesRule, joinsRule]

/** Rules that judge each part by itself. */
const PART_RULES: readonly ModelRule[] = [
  transientRule,
  containersRule,
  timeoutsRule,
  expressionsRule,
  resultsRule,
  schemasRule,
  stagesRule,
  peopleRule,
  durationsRule,
  titlesRule,
]

export interface ValidateOptions {
  /**
   * Other workflows by id, so that containers can be followed; undefined for one that is code. Absent: containers are only checked
   * against the model itself.
   */
  readonly others?: ReadonlyMap<string, Pick<Model, 'nodes'> | undefined>
  /** Transitions are missing, as in the draft of a text with errors: only parts are judged. */
  readonly isPartial?: boolean
}

/**
 * Every rule a model must keep beyond its form; soundness is `checkSoundness`. Errors stop Sync, warnings do not.
 * Places are by the model's own words; `positionAt` turns them into lines.
 */
export function validateModel(model: Model, options: ValidateOptions = {}): readonly Finding[] {
  const broken = checkGraph(model)
  if (hasErrors(broken)) return broken
  const checked: Checked = {
    model,
    net: compileNet(model),
    declarations: declarationsOf(model),
    nodes: new Map(model.nodes.map((node) => [node.id, node])),
    outgoing: groupBy(model.transitions, (transition) => transition.from),
    incoming: groupBy(model.transitions, (transition) => transition.to),
    ...(options.others === undefined ? {} : { others: options.others }),
  }
  const rules = options.isPartial === true ? PART_RULES : [...GRAPH_RULES, ...PART_RULES]
  return rules.flatMap((rule) => rule(checked))
}

function groupBy(transitions: readonly Transition[], key: (transition: Transition) => string): ReadonlyMap<string, readonly Transition[]> {
  const groups = new Map<string, Transition[]>()
  for (const transition of transitions) {
    const group = groups.get(key(transition))
    if (group === undefined) groups.set(key(transition), [transition])
    else group.push(transition)
  }
  return groups
}
