import { z } from 'zod'
import { InstanceStatus } from './instance.ts'

/** Most rows of one bulk command: a selection on a screen. For more there are batches. */
export const MAX_BULK = 200

const rows = {
  /** Work items or instances, as the action needs. */
  ids: z.array(z.string().min(1).max(100)).min(1).max(MAX_BULK),
  /** Nothing is done; each row says whether it could be. */
  dryRun: z.boolean().default(false),
}
const items = {
  ...rows,
  /** Versions of the items as they were seen, by id: one that changed since is refused, the others are done. */
  versions: z.record(z.string(), z.number().int()).optional(),
}
const comment = z.string().max(20_000).optional()

/** Body of `POST /bulk`. */
export const Bulk = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('complete'), ...items, route: z.string().optional(), comment }),
  z.strictObject({ action: z.enum(['claim', 'unclaim']), ...items }),
  z.strictObject({ action: z.literal('delegate'), ...items, to: z.string(), comment }),
  z.strictObject({ action: z.enum(['suspend', 'cancel', 'terminate']), ...rows, reason: z.string().max(2000).optional() }),
  z.strictObject({ action: z.enum(['resume', 'retry']), ...rows }),
])
export type Bulk = z.infer<typeof Bulk>

/** What became of one row. */
export const BulkResult = z.object({
  id: z.string(),
  ok: z.boolean(),
  /** Status of the instance afterwards; absent for a dry run. */
  status: InstanceStatus.optional(),
  /** Why it was refused; then nothing changed. */
  problem: z.object({ code: z.string(), detail: z.string() }).optional(),
})
export type BulkResult = z.infer<typeof BulkResult>

/** Results in the order of the ids given, each id once. */
export const BulkAnswer = z.object({
  results: z.array(BulkResult),
  done: z.number().int(),
  refused: z.number().int(),
  dryRun: z.boolean(),
})
export type BulkAnswer = z.infer<typeof BulkAnswer>
