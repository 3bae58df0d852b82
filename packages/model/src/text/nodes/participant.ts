import { normalizeDuration } from '../../duration.ts'
import type { Assign, NodeBase, ParticipantNode } from '../../model.ts'
import type { Fields } from '../fields.ts'
import { readNext } from '../outgoing.ts'
import { titleFromId } from '../title.ts'
import { readAssign } from '../values/assign.ts'
import { readRoutes } from '../values/route.ts'
import type { NodeReader } from './reader.ts'

/** `{ id, type: participant, assign, title, form, due, priority, exclude, result, routes | next }` */
export const readParticipant: NodeReader = (fields, base) => {
  const assign = fields.take('assign')
  fields.missing('assign', 'Say who decides: user:name, group:name or initiator.')
  const node: ParticipantNode = {
    ...base,
    ...readTitles(fields, base),
    type: 'participant',
    assign:
      (assign === undefined ? undefined : readAssign(fields.reading, assign, { path: `${fields.path}/assign`, what: 'assign' })) ?? NOBODY,
    ...readItem(fields),
  }
  if (fields.has('routes') && fields.has('next')) {
    const hint = 'Keep routes, each with its own target, or next alone.'
    fields.reading.report(
      'KEY_CONFLICT',
      fields.entry('next')?.keyOffset ?? fields.offset,
      'A participant has either routes or next, not both.',
      { hint },
    )
  }
  fields.knows(['routes', 'next'])
  return { node, outgoing: fields.has('routes') ? readRoutes(fields) : readNext(fields) }
}

/** Stands in where the text names nobody, which is reported. */
const NOBODY: Assign = { kind: 'initiator' }

/** A title with an expression is the work item's; the node itself is then named after its id. */
function readTitles(fields: Fields, base: NodeBase): { readonly title?: string; readonly itemTitle?: string } {
  const itemTitle = fields.text('itemTitle')
  if (itemTitle !== undefined) return { itemTitle }
  if (!base.title.includes('{{')) return {}
  const place = fields.reading.paths[`${fields.path}/title`]
  if (place !== undefined) fields.reading.paths[`${fields.path}/itemTitle`] = place
  return { title: titleFromId(base.id), itemTitle: base.title }
}

function readItem(fields: Fields): Partial<ParticipantNode> {
  const itemDescription = fields.text('itemDescription')
  const form = fields.schema('form')
  const result = fields.text('result')
  const due = fields.text('due')
  const priority = fields.number('priority', { min: 0, max: 100, isInteger: true })
  const exclude = fields.texts('exclude')
  return {
    ...(itemDescription === undefined ? {} : { itemDescription }),
    ...(form === undefined ? {} : { form }),
    ...(result === undefined ? {} : { result }),
    ...(due === undefined ? {} : { due: normalizeDuration(due) ?? due }),
    ...(priority === undefined ? {} : { priority }),
    ...(exclude === undefined ? {} : { exclude }),
  }
}
