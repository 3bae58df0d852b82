import { z } from 'zod'

/** What can be found. */
export const SEARCH_NOUNS = ['work-item', 'instance', 'model', 'workflow', 'user', 'group', 'incident', 'lock'] as const

/** One find of `GET /search`. */
export const SearchHit = z.object({
  noun: z.enum(SEARCH_NOUNS),
  /** Of an incident: its group’s. */
  id: z.string(),
  title: z.string(),
  /** What tells it from its like: workflow and status of an instance. */
  detail: z.string().optional(),
})
export type SearchHit = z.infer<typeof SearchHit>
