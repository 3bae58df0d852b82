import type { Timeout, TimeoutHandler } from '../../model.ts'
import { nearest } from '../../nearest.ts'
import { Fields } from '../fields.ts'
import { kindOf, type Located } from '../located.ts'
import type { Reading } from '../reading.ts'
import { readAssign } from './assign.ts'

const HANDLERS = ['remind', 'reassign', 'escalate', 'route', 'run', 'fail'] as const

/** `timeout:` of a node: one deadline or a list of them. */
export function readTimeouts(fields: Fields): readonly Timeout[] | undefined {
  const value = fields.take('timeout', 'timeouts')
  if (value === undefined) return undefined
  const items = value.kind === 'list' ? value.items : [value]
  const timeouts = items.flatMap((item, i) => readTimeout(fields.reading, item, `${fields.path}/timeouts/${i}`) ?? [])
  return timeouts.length === 0 ? undefined : timeouts
}

function readTimeout(reading: Reading, value: Located, path: string): Timeout | undefined {
  if (value.kind !== 'map') {
    const hint = 'Write timeout: { after: P2D, then: remind }.'
    reading.report('VALUE_TYPE', value.offset, `A timeout must be a map, not ${kindOf(value)}.`, { hint })
    return undefined
  }
  reading.mark(path, value)
  const fields = new Fields(reading, value, { path, what: 'a timeout' })
  const after = fields.duration('after')
  const at = fields.text('at')
  const every = fields.duration('every')
  const then = fields.take('then')
  if (fields.has('after') === fields.has('at')) {
    const [code, message] = fields.has('at')
      ? (['KEY_CONFLICT', 'A timeout has either after or at, not both.'] as const)
      : (['KEY_MISSING', 'A timeout needs after or at.'] as const)
    reading.report(code, value.offset, message, { hint: 'after is a duration (P2D), at a CEL date (timestamp(data.deadline)).' })
  }
  fields.missing('then', `Say what happens: ${HANDLERS.join(', ')}.`)
  fields.finish()
  const handler = then === undefined ? undefined : readHandler(reading, then, `${path}/then`)
  if (handler === undefined || (after === undefined && at === undefined)) return undefined
  return {
    ...(after === undefined ? {} : { after }),
    ...(at === undefined ? {} : { at }),
    then: handler,
    ...(every === undefined ? {} : { every }),
  }
}

/** `remind`, `fail`, `route`, or a map with one handler: `{ reassign: "group:x" }`, `{ route: approve }`, `{ run: task, with: {} }`. */
function readHandler(reading: Reading, value: Located, path: string): TimeoutHandler | undefined {
  if (value.kind === 'scalar') return readHandlerWord(reading, value)
  const fields = new Fields(reading, value, { path, what: 'then' })
  const [kind, ...others] = HANDLERS.filter((handler) => fields.has(handler))
  if (kind === undefined || others.length > 0) {
    const message = kind === undefined ? 'then names no handler.' : `then has ${[kind, ...others].join(' and ')}; one is allowed.`
    const written = fields.entries()[0]?.key
    const near = written === undefined ? undefined : nearest(written, HANDLERS)
    const hint = near === undefined || kind !== undefined ? `Use one of: ${HANDLERS.join(', ')}.` : `Did you mean ${near}?`
    reading.report('TIMEOUT_HANDLER', value.offset, message, { hint })
    return undefined
  }
  const handler = readHandlerMap(reading, fields, kind)
  fields.finish(kind === 'run' ? [] : ['with'])
  return handler
}

function readHandlerWord(reading: Reading, value: Located & { readonly kind: 'scalar' }): TimeoutHandler | undefined {
  switch (value.source) {
    case 'remind':
    case 'fail':
    case 'route':
      return { kind: value.source }
    default: {
      const near = nearest(value.source, HANDLERS)
      const needsMore = near === value.source ? `Write { ${near}: … }.` : near === undefined ? undefined : `Did you mean ${near}?`
      const hint = needsMore ?? `Use one of: ${HANDLERS.join(', ')}.`
      reading.report('TIMEOUT_HANDLER', value.offset, `then cannot be ${value.source} alone.`, { hint })
      return undefined
    }
  }
}

function readHandlerMap(reading: Reading, fields: Fields, kind: (typeof HANDLERS)[number]): TimeoutHandler | undefined {
  switch (kind) {
    case 'remind':
    case 'fail':
      return fields.boolean(kind) === undefined ? undefined : { kind }
    case 'route': {
      const route = fields.text('route')
      return route === undefined ? undefined : { kind, route }
    }
    case 'run': {
      const task = fields.text('run', 'task')
      const args = fields.json('with')
      return task === undefined ? undefined : { kind, task, ...(args === undefined ? {} : { with: args }) }
    }
    default: {
      const to = fields.take(kind, 'to')
      const assign = to === undefined ? undefined : readAssign(reading, to, { path: `${fields.path}/to`, what: kind })
      return assign === undefined ? undefined : { kind, to: assign }
    }
  }
}
