import { suggest } from '../nearest.ts'
import type { Finding } from '../problem.ts'
import { at, error, type ModelRule } from './rule.ts'

/** A node belongs to a stage that the model declares. */
export const stagesRule: ModelRule = ({ model }) =>
  model.nodes.flatMap((node): readonly Finding[] => {
    const { stage } = node
    const stages = model.stages ?? []
    if (stage === undefined || stages.includes(stage)) return []
    const hint = suggest(stage, stages) ?? `Declare it: stages: [${stage}].`
    return [
      error('STAGE_UNKNOWN', { ...at(node, 'stage'), message: `${node.id} belongs to the stage ${stage}, which is not declared.`, hint }),
    ]
  })
