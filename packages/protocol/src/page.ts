import { z } from 'zod'

/** Rows of one answer to a list request, unless the request says less. */
export const DEFAULT_PAGE_SIZE = 50
/** Most rows of one answer; more would hold the writer's thread for longer than a tick should take. */
export const MAX_PAGE_SIZE = 500

/** Query of every list: an opaque cursor from the last answer, and how many rows. */
export const PageQuery = z.object({
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE_SIZE).default(DEFAULT_PAGE_SIZE),
})
export type PageQuery = z.infer<typeof PageQuery>

/** One page of `item`. `next` is absent on the last one; `asOf` is the feed position the answer is true for. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next: z.string().optional(), asOf: z.number().int() })

export interface Page<T> {
  readonly items: readonly T[]
  readonly next?: string | undefined
  readonly asOf: number
}
