import type { ContainerNode } from '../../model.ts'
import type { Fields } from '../fields.ts'
import { jsonOf } from '../located.ts'
import { readNext } from '../outgoing.ts'
import type { NodeReader } from './reader.ts'

/** `{ id, type: container, workflow, version: latest | 3, payload, with, result, next }` */
export const readContainer: NodeReader = (fields, base) => {
  const workflow = fields.text('workflow')
  fields.missing('workflow', 'Name the workflow it starts.')
  const payload = fields.json('payload')
  const args = fields.json('with')
  if (args !== undefined && (typeof args !== 'object' || args === null || Array.isArray(args))) {
    fields.reading.report(
      'VALUE_TYPE',
      fields.entry('with')?.value.offset ?? fields.offset,
      'with of a container must be a map from data names to values.',
    )
  }
  const result = fields.text('result')
  const node: ContainerNode = {
    ...base,
    type: 'container',
    workflow: workflow ?? '',
    version: readVersion(fields),
    ...(payload === undefined ? {} : { payload }),
    ...(args === undefined ? {} : { with: args as NonNullable<ContainerNode['with']> }),
    ...(result === undefined ? {} : { result }),
  }
  return { node, outgoing: readNext(fields) }
}

function readVersion(fields: Fields): 'latest' | number {
  const value = fields.take('version')
  if (value === undefined) return 'latest'
  const version = jsonOf(value)
  if (version === 'latest' || (typeof version === 'number' && Number.isInteger(version) && version > 0)) return version
  fields.reading.report('VALUE_INVALID', value.offset, 'version must be latest or the number of a version.', {
    hint: 'Numbers begin at 1.',
  })
  return 'latest'
}
