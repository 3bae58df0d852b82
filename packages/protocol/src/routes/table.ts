/**
 * Every address of the API, by noun: the one table that server, client, API reference and the test of rights read.
 *
 * Owns: methods, paths, schemas, who may call. Does not own: what a route does (package server), how it is called (package client).
 */
import { backups } from './backup.ts'
import { batches } from './batch.ts'
import { bulk } from './bulk.ts'
import { callbacks } from './callback.ts'
import { doctor } from './doctor.ts'
import { events } from './event.ts'
import { groups } from './group.ts'
import { inbox } from './inbox.ts'
import { incidents } from './incident.ts'
import { instances } from './instance.ts'
import { locks } from './lock.ts'
import { me } from './me.ts'
import { messages } from './message.ts'
import { metrics } from './metrics.ts'
import { models } from './model.ts'
import { operate } from './operate.ts'
import { people } from './people.ts'
import { search } from './search.ts'
import { session } from './session.ts'
import { tasks } from './task.ts'
import { tokens } from './token.ts'
import { users } from './user.ts'
import { workItems } from './work-item.ts'
import { workflows } from './workflow.ts'

export const routes = {
  instances,
  inbox,
  workItems,
  models,
  workflows,
  incidents,
  batches,
  operate,
  bulk,
  metrics,
  locks,
  tasks,
  messages,
  callbacks,
  events,
  search,
  doctor,
  backups,
  session,
  me,
  tokens,
  users,
  groups,
  people,
} as const

export type Routes = typeof routes

/** A path that answers like another: what is called an instance elsewhere is an execution inside a deployment (DESIGN section 2). */
export const PATH_ALIASES = { '/executions': '/instances' } as const
