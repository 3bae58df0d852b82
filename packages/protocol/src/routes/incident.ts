import { z } from 'zod'
import { IncidentGroup } from '../incident.ts'
import { Incident } from '../operate.ts'
import { PageQuery, pageOf } from '../page.ts'
import { defineRoute } from './route.ts'

export const incidents = {
  list: defineRoute({
    method: 'GET',
    path: '/incidents',
    noun: 'incident',
    summary: 'List failed steps that wait for an operator',
    description: 'Resolve one with `POST /instances/:id/retry` or `/skip`. `group` keeps those of one cause.',
    access: 'operator',
    query: PageQuery.extend({ workflow: z.string().optional(), group: z.string().optional() }).strict(),
    answers: { 200: pageOf(Incident) },
  }),
  groups: defineRoute({
    method: 'GET',
    path: '/incidents/groups',
    noun: 'incident',
    summary: 'List open incidents by cause, largest first',
    description:
      'One cause is one workflow, node, code, and message without its numbers, ids and quoted text. The id of a group stays the same. Repair ' +
      'one with `POST /batches`.',
    access: 'operator',
    query: PageQuery.extend({
      workflow: z.string().optional(),
      node: z.string().optional(),
      code: z.string().optional(),
      search: z.string().max(200).optional(),
      sort: z.enum(['-count', '-last']).optional(),
    }).strict(),
    answers: { 200: pageOf(IncidentGroup) },
  }),
} as const
