import type { QueryStore } from '@millrace/protocol'
import { checkCursor } from '../../feed-floor.ts'
import { historyOf } from '../../projections/history.ts'
import type { Tables } from '../tables.ts'
import { countItemAges, readActivity } from './activity.ts'
import { countInbox, countUnread, findWorkItem, listInbox } from './inbox.ts'
import { listIncidentGroups } from './incident-groups.ts'
import { listIncidents } from './incidents.ts'
import { countInstances, findInstances, listInstances } from './instances.ts'
import { countTroubles, findSuspects } from './troubles.ts'

export const memoryQueries = (tables: Tables): QueryStore => ({
  position: async () => tables.position,
  instances: async (filter, page) => listInstances(tables, filter, page),
  instanceCounts: async (workspace, reader) => countInstances(tables, workspace, reader),
  findInstances: async (workspace, part, limit) => findInstances(tables, workspace, part, limit),
  involved: async (id) => {
    const instance = tables.instances.get(id)
    return instance === undefined ? undefined : [...instance.involved]
  },
  purged: async (id) => tables.purged.get(id),
  inbox: async (filter, page) => listInbox(tables, filter, page),
  inboxCounts: async (workspace, reader) => countInbox(tables, workspace, reader),
  unread: async (workspace, reader) => countUnread(tables, workspace, reader),
  workItem: async (instance, step) => findWorkItem(tables, instance, step),
  incidents: async (workspace, page) => listIncidents(tables, workspace, page),
  activity: async (query) => readActivity(tables, query),
  itemAges: async (workspace, sinceMs, workflow) => countItemAges(tables, workspace, sinceMs, workflow),
  troubles: async (workspace, cuts) => countTroubles(tables, workspace, cuts),
  suspects: async (options) => findSuspects(tables, options),
  incidentGroups: async (workspace, filter, page) => listIncidentGroups(tables, workspace, filter, page),
  history: async (id, { after, before, limit }) => {
    const all = (tables.instances.get(id)?.rows ?? []).flatMap((row) => historyOf(row))
    const within = all.filter(({ seq }) => seq > (after ?? 0) && seq < (before ?? Number.POSITIVE_INFINITY))
    return after === undefined && before !== undefined ? within.slice(-limit) : within.slice(0, limit)
  },
  feed: async (after, limit) => {
    checkCursor(after, { floor: tables.feedFloor, position: tables.position })
    const from = tables.feed.findIndex((event) => event.seq > after)
    return from === -1 ? [] : tables.feed.slice(from, from + limit)
  },
})
