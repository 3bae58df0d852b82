import { isTemplate } from '../expression/template.ts'
import type { Finding } from '../problem.ts'
import { at, type ModelRule, warning } from './rule.ts'

/** Titles of nodes are shown as they are, on the canvas for example, where no instance is; only work items have templates. */
export const titlesRule: ModelRule = ({ model }) => [
  ...model.nodes.flatMap((node): readonly Finding[] => {
    if (!isTemplate(node.title)) return []
    return [
      warning('TITLE_IS_TEMPLATE', {
        ...at(node, 'title'),
        message: `The title of ${node.id} is shown with its braces.`,
        hint: 'Only titles of participants may be templates.',
      }),
    ]
  }),
  ...(isTemplate(model.title)
    ? [
        warning('TITLE_IS_TEMPLATE', {
          path: 'title',
          message: 'The title of the model is shown with its braces.',
          hint: 'Give each instance its title at the start.',
        }),
      ]
    : []),
]
