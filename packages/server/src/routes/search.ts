import type { SearchHit } from '@millrace/protocol'
import type { Caller } from '../access/caller.ts'
import { mayReadInstance, mayReadWorkItem } from '../access/visibility.ts'
import type { ServerContext } from '../context.ts'
import { Definitions } from '../definitions/definitions.ts'
import type { HandlersOf } from '../http/handler.ts'
import { findPeople } from './people.ts'
import { matchesSearch } from './workflows.ts'

/** Instances looked at before what the person may not see is left out. */
const MOST_CANDIDATES = 200
/** Shorter parts of an id fit too many. */
const SHORTEST_PART = 4

export const searchHandlers = (context: ServerContext): HandlersOf<'search'> => {
  const { host, store, workspace } = context
  const definitions = new Definitions({ host, store, workspace })

  const instances = async (caller: Caller, text: string): Promise<readonly SearchHit[]> => {
    const part = text.toLowerCase().split('.', 1)[0] ?? ''
    if (part.length < SHORTEST_PART || !/^[0-9a-f-]+$/.test(part)) return []
    const ids = await store.queries.findInstances(workspace, part, MOST_CANDIDATES)
    const states = await store.instances.load(ids)
    const hits: SearchHit[] = []
    for (const id of ids) {
      const state = states.get(id)
      if (state === undefined || !(await mayReadInstance(store, caller.reader, id))) continue
      hits.push({ noun: 'instance', id, title: state.title, detail: `${state.workflow} · ${state.status}` })
    }
    return hits
  }

  /** By full id only: people copy it from an address. */
  const workItems = async (caller: Caller, text: string): Promise<readonly SearchHit[]> => {
    const match = /^([0-9a-f-]{36})\.(\d{1,15})$/.exec(text)
    const item = match === null ? undefined : await store.queries.workItem(match[1] ?? '', Number(match[2]))
    if (item === undefined || !mayReadWorkItem(caller.reader, item)) return []
    return [{ noun: 'work-item', id: item.id, title: item.title, detail: `${item.workflow} · ${item.status}` }]
  }

  const workflows = async (caller: Caller, text: string): Promise<readonly SearchHit[]> =>
    (await definitions.list(caller))
      .filter((row) => matchesSearch(row, { search: text }))
      .map((row) => ({ noun: row.kind === 'graph' ? ('model' as const) : ('workflow' as const), id: row.id, title: row.title }))

  const people = async (text: string): Promise<readonly SearchHit[]> =>
    (await findPeople(store, text)).map(({ principal, title }) => ({
      noun: principal.startsWith('user:') ? ('user' as const) : ('group' as const),
      id: principal.slice(principal.indexOf(':') + 1),
      title,
    }))

  return {
    find: async ({ caller, query }) => {
      const asOf = await store.queries.position()
      const found = await Promise.all([workItems(caller, query.q), instances(caller, query.q), workflows(caller, query.q), people(query.q)])
      const items = found.flat().filter((hit) => query.noun === undefined || hit.noun === query.noun)
      return { items: items.slice(0, query.limit), asOf }
    },
  }
}
