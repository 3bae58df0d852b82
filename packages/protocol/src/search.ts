import { z } from 'zod'

/** One find of `GET /search`. */
export const SearchHit = z.object({
  noun: z.enum(['instance', 'work-item', 'model', 'workflow', 'user', 'group']),
  id: z.string(),
  title: z.string(),
  /** What tells it from its like: workflow and status of an instance. */
  detail: z.string().optional(),
})
export type SearchHit = z.infer<typeof SearchHit>
