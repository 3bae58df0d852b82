import { z } from 'zod'
import { SearchHit } from '../search.ts'
import { defineRoute } from './route.ts'

export const search = {
  find: defineRoute({
    method: 'GET',
    path: '/search',
    noun: 'search',
    summary: 'Find by id, by the beginning or end of an id, or by name',
    description: 'Instances by at least four characters of their id; models, workflows, people by name. Trimmed to what you may read.',
    access: 'member',
    query: z.strictObject({
      q: z.string().min(1).max(200),
      noun: z.enum(['instance', 'work-item', 'model', 'workflow', 'user', 'group']).optional(),
      limit: z.coerce.number().int().min(1).max(50).default(10),
    }),
    answers: { 200: z.object({ items: z.array(SearchHit), asOf: z.number().int() }) },
  }),
} as const
