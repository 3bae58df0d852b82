import {
  type CommandInput,
  type CommandOptions,
  type Host,
  type InstanceFilter,
  MillraceError,
  type Reader,
  type Routes,
} from '@millrace/protocol'
import { noSuchInstance, requireInitiator, requireReadableInstance } from '../access/visibility.ts'
import type { ServerContext } from '../context.ts'
import type { Call, HandlersOf } from '../http/handler.ts'
import { withoutUndefined } from '../without-undefined.ts'
import { previewInput } from './preview-input.ts'

export const instanceHandlers = ({ host, now, store, workspace }: ServerContext): HandlersOf<'instances'> => ({
  start: async ({ body, caller, options, reply }) => {
    const answer = await host.start({ ...body, workspace }, caller.actor, options)
    reply.header('location', `/api/v1/instances/${answer.id}`)
    return answer
  },
  list: async ({ caller, query }) => {
    const page = await store.queries.instances(filterOf(query, { workspace, reader: caller.reader, nowMs: now() }), {
      cursor: query.cursor,
      limit: query.limit,
    })
    return { ...page, items: await host.explain(page.items) }
  },
  counts: async ({ caller }) => {
    const asOf = await store.queries.position()
    return { ...(await store.queries.instanceCounts(workspace, caller.reader)), asOf }
  },
  get: async ({ caller, params }) => {
    await requireReadableInstance(store, caller.reader, params.id)
    const instance = await host.instance(params.id)
    if (instance === undefined) throw noSuchInstance(params.id)
    if (caller.reader.seesAll) return instance
    // Whoever has a callback's address may answer it: not for everybody who may look.
    return { ...instance, steps: instance.steps.map(({ callback: _callback, ...step }) => step) }
  },
  history: async ({ caller, params, query }) => {
    await requireReadableInstance(store, caller.reader, params.id)
    const asOf = await store.queries.position()
    const after = query.cursor === undefined ? query.after : afterOf(query.cursor)
    const range = { ...(after === undefined ? {} : { after }), ...(query.before === undefined ? {} : { before: query.before }) }
    const entries = await store.queries.history(params.id, { ...range, limit: query.limit + 1 })
    if (entries.length <= query.limit) return { items: entries, asOf }
    // With `before` alone the last ones are wanted, and there is nothing after them to page to.
    if (after === undefined && query.before !== undefined) return { items: entries.slice(-query.limit), asOf }
    const items = entries.slice(0, query.limit)
    return { items, next: String(items.at(-1)?.seq ?? 0), asOf }
  },
  timeline: async ({ caller, params, query }) => {
    await requireReadableInstance(store, caller.reader, params.id)
    return host.timeline(params.id, withoutUndefined(query))
  },
  preview: async ({ body, caller, params }) => {
    await requireReadableInstance(store, caller.reader, params.id)
    const { input, options } = await previewInput(store, caller, params.id, body)
    return host.preview(params.id, input, options)
  },
  suspend: (call) => {
    const { ifFacts, ...body } = call.body
    return command(host, call, { kind: 'suspend', by: call.caller.actor, ...body }, { ifFacts })
  },
  resume: (call) => command(host, call, { kind: 'resume', by: call.caller.actor }, call.body),
  cancel: async (call) => {
    await requireReadableInstance(store, call.caller.reader, call.params.id)
    if (!call.caller.reader.seesAll) await requireInitiator(store, call.caller.user, call.params.id)
    const { ifFacts, ...body } = call.body
    return command(host, call, { kind: 'cancel', by: call.caller.actor, ...body }, { ifFacts })
  },
  terminate: (call) => {
    const { ifFacts, ...body } = call.body
    return command(host, call, { kind: 'terminate', by: call.caller.actor, ...body }, { ifFacts })
  },
  restart: (call) => {
    const { from, data, ...admission } = call.body
    return command(host, call, { kind: 'restart', by: call.caller.actor, ...withoutUndefined({ from, data }) }, admission)
  },
  retry: (call) => {
    const { ifFacts, ...body } = call.body
    return command(host, call, { kind: 'retry', by: call.caller.actor, ...body }, { ifFacts })
  },
  skip: (call) => {
    const { ifFacts, ...body } = call.body
    return command(host, call, { kind: 'skip', by: call.caller.actor, ...body }, { ifFacts })
  },
  changeData: (call) => command(host, call, { kind: 'set-data', by: call.caller.actor, data: call.body }, call.query),
  message: (call) => {
    const { ifFacts, ...body } = call.body
    return command(host, call, { kind: 'message', ...body }, { ifFacts })
  },
})

const INSTANCE_ID = /^[0-9a-f-]{36}$/

type CommandCall = Pick<Call<Routes['instances']['suspend']>, 'params' | 'caller' | 'options'>

const command = (host: Host, call: CommandCall, input: Optional<CommandInput>, admission: Optional<CommandOptions> = {}) => {
  if (!INSTANCE_ID.test(call.params.id)) throw noSuchInstance(call.params.id)
  return host.command(call.params.id, withoutUndefined<object>(input) as CommandInput, { ...call.options, ...withoutUndefined(admission) })
}

/** As it comes from a schema: absent values may be there as undefined. */
type Optional<T> = T extends object ? { readonly [K in keyof T]: T[K] | undefined } : T

const afterOf = (cursor: string): number => {
  if (/^\d{1,15}$/.test(cursor)) return Number(cursor)
  throw new MillraceError('BAD_REQUEST', 'The cursor is not one of this list. Leave it out to begin at the first page.')
}

const filterOf = (
  query: Call<Routes['instances']['list']>['query'],
  { workspace, reader, nowMs }: { readonly workspace: string; readonly reader: Reader; readonly nowMs: number },
): InstanceFilter => {
  const { cursor: _cursor, limit: _limit, incident, createdFrom, createdTo, endedFrom, endedTo, trouble, before, ...same } = query
  const at = (text: string | undefined) => (text === undefined ? undefined : Date.parse(text))
  return {
    ...withoutUndefined({
      ...same,
      hasIncident: incident,
      createdFromMs: at(createdFrom),
      createdToMs: at(createdTo),
      endedFromMs: at(endedFrom),
      endedToMs: at(endedTo),
      // Without a time: whatever is so now.
      trouble: trouble === undefined ? undefined : { kind: trouble, beforeMs: at(before) ?? nowMs },
    }),
    workspace,
    reader,
  }
}
