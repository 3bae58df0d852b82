import type { ServerContext } from './context.ts'
import type { Handlers } from './http/handler.ts'
import { backupHandlers } from './routes/backups.ts'
import { batchHandlers } from './routes/batches.ts'
import { bulkHandlers } from './routes/bulk.ts'
import { callbackHandlers } from './routes/callbacks.ts'
import { doctorHandlers } from './routes/doctor.ts'
import { eventHandlers } from './routes/events.ts'
import { groupHandlers } from './routes/groups.ts'
import { inboxHandlers } from './routes/inbox.ts'
import { incidentHandlers } from './routes/incidents.ts'
import { instanceHandlers } from './routes/instances.ts'
import { lockHandlers } from './routes/locks.ts'
import { meHandlers } from './routes/me.ts'
import { messageHandlers } from './routes/messages.ts'
import { metricsHandlers } from './routes/metrics.ts'
import { modelHandlers } from './routes/models.ts'
import { operateHandlers } from './routes/operate.ts'
import { peopleHandlers } from './routes/people.ts'
import { searchHandlers } from './routes/search.ts'
import { sessionHandlers } from './routes/session.ts'
import { taskHandlers } from './routes/tasks.ts'
import { tokenHandlers } from './routes/tokens.ts'
import { userHandlers } from './routes/users.ts'
import { workItemHandlers } from './routes/work-items.ts'
import { workflowHandlers } from './routes/workflows.ts'

/** What every route of the table does, by noun. */
export const handlers = (context: ServerContext): Handlers => ({
  backups: backupHandlers(context),
  batches: batchHandlers(context),
  bulk: bulkHandlers(context),
  callbacks: callbackHandlers(context),
  doctor: doctorHandlers(context),
  events: eventHandlers(context),
  groups: groupHandlers(context),
  inbox: inboxHandlers(context),
  incidents: incidentHandlers(context),
  instances: instanceHandlers(context),
  locks: lockHandlers(context),
  me: meHandlers(context),
  messages: messageHandlers(context),
  metrics: metricsHandlers(context),
  models: modelHandlers(context),
  operate: operateHandlers(context),
  people: peopleHandlers(context),
  search: searchHandlers(context),
  session: sessionHandlers(context),
  tasks: taskHandlers(context),
  tokens: tokenHandlers(context),
  users: userHandlers(context),
  workItems: workItemHandlers(context),
  workflows: workflowHandlers(context),
})
