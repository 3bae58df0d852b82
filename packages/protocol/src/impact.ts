import { z } from 'zod'
import { Json } from './json.ts'
import { Problem, Soundness } from './workflow.ts'

const nodes = z.array(z.object({ node: z.string(), title: z.string() }))

/** What a Sync of the draft would do, and what would be wrong afterwards. */
export const Impact = z.object({
  workflow: z.string(),
  /** Of the draft this is true for: send it as `If-Match` with the Sync. */
  etag: z.string(),
  /** Sync would be accepted. */
  ok: z.boolean(),
  /** The newest version now; absent before the first Sync. */
  live: z.number().int().optional(),
  /** Number Sync would answer: the next one, or the live one where the draft says the same. */
  version: z.number().int(),
  /** Sync would make a version. */
  isNew: z.boolean(),
  /** What differs from the live version, by node. */
  changes: z.array(Json),
  problems: z.array(Problem),
  soundness: Soundness.optional(),
  /** Open instances, by the version they run and stay on; newest version first. */
  staying: z.array(z.object({ version: z.number().int(), open: z.number().int() })),
  /** People and groups that nodes of the draft ask and that cannot answer: no such user or group, not active, nobody in it. */
  people: z.array(z.object({ principal: z.string(), trouble: z.enum(['unknown', 'inactive', 'empty']), nodes })),
  /** Tasks that nodes of the draft run and nobody offers. */
  tasks: z.array(z.object({ task: z.string(), nodes })),
})
export type Impact = z.infer<typeof Impact>
