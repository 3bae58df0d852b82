import type { QueryStore } from '@millrace/protocol'
import { readActivity } from './activity.ts'
import type { QueryContext } from './context.ts'
import { readFeed } from './feed.ts'
import { findInstances } from './find-instances.ts'
import { readHistory } from './history.ts'
import { findWorkItem, listInbox } from './inbox.ts'
import { countInbox } from './inbox-counts.ts'
import { listIncidentGroups } from './incident-groups.ts'
import { listIncidents } from './incidents.ts'
import { countInstances } from './instance-counts.ts'
import { listInstances } from './instances.ts'
import { readInvolved } from './involved.ts'
import { countItemAges } from './item-ages.ts'
import { readPurged } from './purged.ts'
import { findSuspects } from './suspects.ts'
import { countTroubles } from './troubles.ts'
import { countUnread } from './unread.ts'

export const sqliteQueries = (context: QueryContext): QueryStore => ({
  position: async () => context.position(),
  instances: (filter, page) => listInstances(context, filter, page),
  instanceCounts: (workspace, reader) => countInstances(context, workspace, reader),
  findInstances: (workspace, part, limit) => findInstances(context, workspace, part, limit),
  involved: async (instance) => readInvolved(context, instance),
  purged: async (instance) => readPurged(context, instance),
  inbox: (filter, page) => listInbox(context, filter, page),
  inboxCounts: async (workspace, reader) => countInbox(context, workspace, reader),
  unread: async (workspace, reader) => countUnread(context, workspace, reader),
  workItem: async (instance, step) => findWorkItem(context, instance, step),
  incidents: async (workspace, page) => listIncidents(context, workspace, page),
  activity: async (query) => readActivity(context, query),
  itemAges: (workspace, sinceMs, workflow) => countItemAges(context, workspace, sinceMs, workflow),
  troubles: async (workspace, cuts) => countTroubles(context, workspace, cuts),
  suspects: (options) => findSuspects(context, options),
  incidentGroups: async (workspace, filter, page) => listIncidentGroups(context, workspace, filter, page),
  history: async (instance, options) => readHistory(context, instance, options),
  feed: async (after, limit) => readFeed(context, after, limit),
})
