import type { Reader, SearchHit } from '@millrace/protocol'
import type { Caller } from '../access/caller.ts'
import { mayCall } from '../access/policy.ts'
import { mayReadInstance, mayReadWorkItem } from '../access/visibility.ts'
import type { ServerContext } from '../context.ts'
import { Definitions } from '../definitions/definitions.ts'
import type { HandlersOf } from '../http/handler.ts'
import { findPeople } from './people.ts'
import { matchesSearch } from './workflows.ts'

/** Instances looked at before what the person may not see is left out. */
const MOST_CANDIDATES = 200
/** Shorter parts of an id fit too many, shorter parts of a title nearly all. */
const SHORTEST_PART = 4
const SHORTEST_TITLE = 3
/** Of each noun, so that one does not hide the others; whoever wants more asks for the noun. */
const MOST_OF_EACH = 6
/** Causes of incidents that are looked through: more open ones at a time are nobody's to search by hand. */
const MOST_GROUPS = 200
/** Only open ones are found by title: they are few, and the list of instances finds the rest. */
const OPEN = ['RUNNING', 'QUEUED', 'SUSPENDED', 'SCHEDULED', 'CANCELLING'] as const

interface Asked {
  readonly caller: Caller
  readonly text: string
  readonly most: number
}

export const searchHandlers = (context: ServerContext): HandlersOf<'search'> => {
  const nouns = findersOf(context)
  return {
    find: async ({ caller, query: { q, noun, limit } }) => {
      const asOf = await context.store.queries.position()
      const asked = { caller, text: q, most: noun === undefined ? Math.min(MOST_OF_EACH, limit) : limit }
      const found = await Promise.all(
        nouns.filter((finder) => noun === undefined || finder.nouns.includes(noun)).map(({ find }) => find(asked)),
      )
      const items = found.flat().filter((hit) => noun === undefined || hit.noun === noun)
      return { items: items.slice(0, limit), asOf }
    },
  }
}

interface Finder {
  readonly nouns: readonly SearchHit['noun'][]
  /** At most `most`, the best first. */
  readonly find: (asked: Asked) => Promise<readonly SearchHit[]>
}

/** In the order in which finds are shown. */
const findersOf = (context: ServerContext): readonly Finder[] => {
  const { host, store, workspace } = context
  const definitions = new Definitions({ host, store, workspace })
  return [
    { nouns: ['work-item'], find: (asked) => findWorkItems(context, asked) },
    { nouns: ['instance'], find: (asked) => findInstances(context, asked) },
    { nouns: ['model', 'workflow'], find: (asked) => findWorkflows(definitions, asked) },
    { nouns: ['user', 'group'], find: async ({ text, most }) => (await findPeople(store, text)).slice(0, most).map(personHit) },
    { nouns: ['incident'], find: (asked) => findIncidents(context, asked) },
    { nouns: ['lock'], find: (asked) => findLocks(context, asked) },
  ]
}

/** By full id, which people copy from an address; those that wait for the person also by title. */
const findWorkItems = async (
  { store, workspace }: ServerContext,
  { caller: { reader }, text, most }: Asked,
): Promise<readonly SearchHit[]> => {
  const match = /^([0-9a-f-]{36})\.(\d{1,15})$/.exec(text)
  const item = match === null ? undefined : await store.queries.workItem(match[1] ?? '', Number(match[2]))
  if (item !== undefined && mayReadWorkItem(reader, item)) return [workItemHit(item)]
  if (text.length < SHORTEST_TITLE) return []
  const { items } = await store.queries.inbox({ workspace, reader, view: 'open', search: text }, { limit: most })
  return items.map(workItemHit)
}

/** By a part of the id, by what they work on, and open ones by title; each once, newest first. */
const findInstances = async (
  { store, workspace }: ServerContext,
  { caller: { reader }, text, most }: Asked,
): Promise<readonly SearchHit[]> => {
  const list = async (filter: { readonly payload: string } | { readonly title: string; readonly status: typeof OPEN }) =>
    (await store.queries.instances({ workspace, reader, ...filter }, { limit: most })).items
  const [byId, byPayload, byTitle] = await Promise.all([
    instancesById({ store, workspace }, reader, text),
    list({ payload: text }),
    text.length < SHORTEST_TITLE ? [] : list({ title: text, status: OPEN }),
  ])
  const found = new Map([...byId, ...byPayload, ...byTitle].map((row) => [row.id, row]))
  return [...found.values()].slice(0, most).map(({ id, title, workflow, status }) => ({
    noun: 'instance',
    id,
    title,
    detail: `${workflow} · ${status}`,
  }))
}

const instancesById = async ({ store, workspace }: Pick<ServerContext, 'store' | 'workspace'>, reader: Reader, text: string) => {
  const part = text.toLowerCase().split('.', 1)[0] ?? ''
  if (part.length < SHORTEST_PART || !/^[0-9a-f-]+$/.test(part)) return []
  const ids = await store.queries.findInstances(workspace, part, MOST_CANDIDATES)
  const states = await store.instances.load(ids)
  const found = []
  for (const id of ids) {
    const state = states.get(id)
    if (state !== undefined && (await mayReadInstance(store, reader, id))) found.push(state)
  }
  return found
}

const findWorkflows = async (definitions: Definitions, { caller, text, most }: Asked): Promise<readonly SearchHit[]> =>
  (await definitions.list(caller))
    .filter((row) => matchesSearch(row, { search: text }))
    .slice(0, most)
    .map((row) => ({ noun: row.kind === 'graph' ? 'model' : 'workflow', id: row.id, title: row.title }))

/** Causes of open incidents, for those who see them. */
const findIncidents = async ({ host, workspace }: ServerContext, { caller, text, most }: Asked): Promise<readonly SearchHit[]> => {
  if (!mayCall('operator', caller.roles)) return []
  const { items } = await host.incidentGroups(workspace, {}, { limit: MOST_GROUPS })
  return items
    .filter(
      ({ id, code, message, node, nodeTitle, workflowTitle }) =>
        [code, message, node, nodeTitle, workflowTitle].some((part) => contains(part, text)) || id === text,
    )
    .slice(0, most)
    .map(({ id, message, code, count, workflowTitle, nodeTitle }) => ({
      noun: 'incident',
      id,
      title: message === '' ? code : message,
      detail: `${workflowTitle}${nodeTitle === undefined ? '' : ` · ${nodeTitle}`} · ${count}`,
    }))
}

/** Locks that are held or waited for, for those who see them. */
const findLocks = async ({ host, workspace }: ServerContext, { caller, text, most }: Asked): Promise<readonly SearchHit[]> => {
  if (!mayCall('operator', caller.roles)) return []
  return (await host.locks(workspace))
    .filter(({ name }) => contains(name, text))
    .slice(0, most)
    .map(({ name, holders }) => ({
      noun: 'lock',
      id: name,
      title: name,
      ...(holders[0] === undefined ? {} : { detail: holders[0].title }),
    }))
}

const contains = (text: string | undefined, part: string): boolean => text?.toLowerCase().includes(part.toLowerCase()) === true

const workItemHit = ({
  id,
  title,
  workflow,
  status,
}: {
  readonly id: string
  readonly title: string
  readonly workflow: string
  readonly status: string
}): SearchHit => ({
  noun: 'work-item',
  id,
  title,
  detail: `${workflow} · ${status}`,
})

const personHit = ({ principal, title }: { readonly principal: string; readonly title: string }): SearchHit => ({
  noun: principal.startsWith('user:') ? 'user' : 'group',
  id: principal.slice(principal.indexOf(':') + 1),
  title,
})
