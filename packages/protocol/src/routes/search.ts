import { z } from 'zod'
import { SEARCH_NOUNS, SearchHit } from '../search.ts'
import { defineRoute } from './route.ts'

export const search = {
  find: defineRoute({
    method: 'GET',
    path: '/search',
    noun: 'search',
    summary: 'Find by id, by the beginning or end of an id, or by name',
    description:
      'Instances and work items by at least four characters of their id, by what they work on, and open ones by their title; models, workflows, people and ' +
      'groups by id or name; incidents by error, step or workflow, and locks by name, for those who operate. At most six of a noun unless one is asked for. ' +
      'Trimmed to what you may read.',
    access: 'member',
    query: z.strictObject({
      q: z.string().min(1).max(200),
      noun: z.enum(SEARCH_NOUNS).optional(),
      limit: z.coerce.number().int().min(1).max(50).default(10),
    }),
    answers: { 200: z.object({ items: z.array(SearchHit), asOf: z.number().int() }) },
  }),
} as const
