import { type EventsOptions, followEvents } from './events.ts'
import type { ClientOptions } from './options.ts'
import { createBackups } from './resources/backups.ts'
import { createBatches } from './resources/batches.ts'
import { createBulk } from './resources/bulk.ts'
import { createCallbacks } from './resources/callbacks.ts'
import { createDoctor } from './resources/doctor.ts'
import { createGroups } from './resources/groups.ts'
import { createInbox } from './resources/inbox.ts'
import { createIncidents } from './resources/incidents.ts'
import { createInstances } from './resources/instances.ts'
import { createLocks } from './resources/locks.ts'
import { createMe } from './resources/me.ts'
import { createMessages } from './resources/messages.ts'
import { createMetrics } from './resources/metrics.ts'
import { createModels } from './resources/models.ts'
import { createOperate } from './resources/operate.ts'
import { createPeople } from './resources/people.ts'
import { createSearch } from './resources/search.ts'
import { createSession } from './resources/session.ts'
import { createTasks } from './resources/tasks.ts'
import { createTokens } from './resources/tokens.ts'
import { createUsers } from './resources/users.ts'
import { createWorkItems } from './resources/work-items.ts'
import { createWorkflows } from './resources/workflows.ts'
import { createTransport } from './transport.ts'

/**
 * A client of one Millrace server, typed by its route table. Works in browsers and in Node.
 *
 * Every refusal is thrown as a MillraceError with the server's code, sentence and details. Every write carries an `Idempotency-Key` and is
 * repeated with the same key when the connection breaks, so it acts once.
 *
 * @example
 * const millrace = createClient({ baseUrl: 'http://127.0.0.1:7400', token: process.env.MILLRACE_TOKEN })
 * const { id } = await millrace.instances.start({ workflow: 'publish-page', payload: { kind: 'path', ref: '/content/home' } })
 * const item = (await millrace.inbox.list({ instance: id })).items[0]
 * if (item) await millrace.workItems.complete(item.id, { route: 'approve', version: item.version })
 */
export const createClient = (options: ClientOptions) => {
  const transport = createTransport(options)
  return {
    backups: createBackups(transport),
    batches: createBatches(transport),
    bulk: createBulk(transport),
    callbacks: createCallbacks(transport),
    doctor: createDoctor(transport),
    groups: createGroups(transport),
    inbox: createInbox(transport),
    incidents: createIncidents(transport),
    instances: createInstances(transport),
    locks: createLocks(transport),
    me: createMe(transport),
    messages: createMessages(transport),
    metrics: createMetrics(transport),
    models: createModels(transport),
    operate: createOperate(transport),
    people: createPeople(transport),
    search: createSearch(transport),
    session: createSession(transport),
    tasks: createTasks(transport),
    tokens: createTokens(transport),
    users: createUsers(transport),
    workItems: createWorkItems(transport),
    workflows: createWorkflows(transport),
    /** Follows what changes, over broken connections, until the signal aborts. */
    events: (eventsOptions: EventsOptions): Promise<void> => followEvents(transport, eventsOptions),
    /** Any route by its `METHOD /path`; the methods above are this with a name. */
    call: transport.call,
  }
}

export type Client = ReturnType<typeof createClient>
