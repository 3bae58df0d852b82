import { z } from 'zod'
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
} as const
