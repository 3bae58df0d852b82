import { isTemplate } from '../../expression/template.ts'
import type { WaitNode, WaitUntil } from '../../model.ts'
import type { Fields } from '../fields.ts'
import { readNext } from '../outgoing.ts'
import type { NodeReader } from './reader.ts'

const KINDS = ['for', 'until', 'message', 'callback'] as const

/** `{ id, type: wait, for: P1D | until: CEL | message: name (key) | callback: true, result, next }` */
export const readWait: NodeReader = (fields, base) => {
  const given = KINDS.filter((kind) => fields.has(kind))
  const [kind] = given
  if (kind === undefined) {
    const hint = 'for: a duration, until: a CEL date, message: a name, or callback: true.'
    fields.reading.report('KEY_MISSING', fields.offset, 'A wait does not say what it waits for.', { hint })
  } else if (given.length > 1) {
    fields.reading.report('KEY_CONFLICT', fields.offset, `A wait has ${given.join(' and ')}; it waits for one thing.`)
  }
  const until = (kind === undefined ? undefined : readUntil(fields, kind)) ?? { kind: 'callback' }
  for (const other of given) fields.entry(other)
  const result = fields.text('result')
  const node: WaitNode = { ...base, type: 'wait', until, ...(result === undefined ? {} : { result }) }
  const outgoing = readNext(fields)
  fields.knows([...KINDS, 'key'])
  return { node, outgoing }
}

function readUntil(fields: Fields, kind: (typeof KINDS)[number]): WaitUntil | undefined {
  switch (kind) {
    case 'for':
      return readFor(fields)
    case 'until': {
      const date = fields.text('until', 'until/date')
      return date === undefined ? undefined : { kind: 'date', date }
    }
    case 'message': {
      const name = fields.text('message', 'until/name')
      const key = fields.text('key', 'until/key')
      return name === undefined ? undefined : { kind: 'message', name, ...(key === undefined ? {} : { key }) }
    }
    case 'callback': {
      if (fields.boolean('callback') === false) {
        fields.reading.report('VALUE_INVALID', fields.entry('callback')?.value.offset ?? fields.offset, 'callback can only be true.')
      }
      return { kind: 'callback' }
    }
  }
}

/** A duration, or a template that gives one when the step opens. */
function readFor(fields: Fields): WaitUntil | undefined {
  const written = fields.entry('for')?.value
  const isDynamic = written?.kind === 'scalar' && isTemplate(written.source)
  const duration = isDynamic ? fields.text('for', 'until/duration') : fields.duration('for', 'until/duration')
  return duration === undefined ? undefined : { kind: 'duration', duration }
}
