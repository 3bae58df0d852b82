import type { Route } from '../../model.ts'
import { Fields } from '../fields.ts'
import type { Located } from '../located.ts'
import type { OutgoingDraft } from '../outgoing.ts'

/** The outcomes of a participant: `{ approve: activate }` or `{ approve: { to, label, style, form, commentRequired, default } }`. */
export function readRoutes(fields: Fields): readonly OutgoingDraft[] {
  const value = fields.take('routes', '')
  if (value === undefined) return []
  if (value.kind !== 'map' || value.entries.length === 0) {
    const hint = 'Write routes: { approve: next-step, reject: other-step }.'
    fields.reading.report('VALUE_TYPE', value.offset, 'routes must be a map from names to steps.', { hint })
    return []
  }
  return value.entries.map((entry) => readRoute(fields, entry.key, entry.value, entry.keyOffset))
}

function readRoute(fields: Fields, name: string, value: Located, offset: number): OutgoingDraft {
  if (value.kind === 'scalar') return { to: value.value === null ? undefined : value, offset, route: { name } }
  const inner = new Fields(fields.reading, value, { path: `${fields.path}/routes/${name}`, what: `route ${name}` })
  const to = inner.take('to', '')
  const isDefault = inner.boolean('default')
  const route: Route = routeOf(inner, name)
  inner.missing('to', 'Name the node this route leads to.')
  inner.finish()
  return { to, offset, route, isDefault: isDefault === true, hasMissingTarget: !inner.has('to') }
}

function routeOf(inner: Fields, name: string): Route {
  const label = inner.text('label')
  const style = inner.word('style', ['primary', 'danger'])
  const form = inner.schema('form')
  const commentRequired = inner.boolean('commentRequired')
  return {
    name,
    ...(label === undefined ? {} : { label }),
    ...(style === undefined ? {} : { style }),
    ...(form === undefined ? {} : { form }),
    ...(commentRequired === undefined ? {} : { commentRequired }),
  }
}
