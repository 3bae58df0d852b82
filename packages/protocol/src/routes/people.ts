import { z } from 'zod'
import { Person } from '../people.ts'
import { defineRoute } from './route.ts'

export const people = {
  find: defineRoute({
    method: 'GET',
    path: '/people',
    noun: 'user',
    summary: 'Find people and groups to delegate to or to mention',
    description: 'Active users and groups by name or title, as principals (`user:ana`, `group:editors`). What every member may know.',
    access: 'member',
    query: z.strictObject({ search: z.string().max(200).default(''), limit: z.coerce.number().int().min(1).max(100).default(20) }),
    answers: { 200: z.object({ items: z.array(Person), asOf: z.number().int() }) },
  }),
} as const
