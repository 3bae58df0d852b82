import { z } from 'zod'
import { Id, TimeMs } from './json.ts'

/** Open incidents of one cause: workflow, node, code, and the message without its numbers, ids and quoted text. */
export const IncidentGroup = z.object({
  /** The same after a restart and in every release: links to it are kept by people. */
  id: z.string(),
  workflow: z.string(),
  workflowTitle: z.string(),
  node: z.string().optional(),
  nodeTitle: z.string().optional(),
  code: z.string(),
  /** Of the newest one. */
  message: z.string(),
  /** The message with what differs left out: `HTTP # from ""`. */
  pattern: z.string(),
  count: z.number().int(),
  firstAtMs: TimeMs,
  lastAtMs: TimeMs,
  /** The newest one. */
  example: z.object({ instance: Id, step: z.number().int().optional(), title: z.string(), version: z.number().int() }),
})
export type IncidentGroup = z.infer<typeof IncidentGroup>
