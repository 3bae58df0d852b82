import { z } from 'zod'
import { Json, JsonObject, TimeMs } from './json.ts'

/** A problem in a text, as `check` and Sync report it. */
export const Problem = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning', 'info']),
  message: z.string(),
  line: z.number().int().optional(),
  column: z.number().int().optional(),
  hint: z.string().optional(),
  node: z.string().optional(),
})
export type Problem = z.infer<typeof Problem>

export const Soundness = z.object({
  verdict: z.enum(['sound', 'unsound', 'unknown']),
  states: z.number().int(),
  counterexample: Json.optional(),
})

/** One row of the list of models and code workflows. */
export const WorkflowSummary = z.object({
  id: z.string(),
  kind: z.enum(['graph', 'code']),
  title: z.string(),
  description: z.string().optional(),
  /** Newest version; absent before the first Sync. */
  latest: z.number().int().optional(),
  hasDraft: z.boolean(),
  /** The draft says something else than the newest version. */
  draftChanged: z.boolean(),
  payload: z.enum(['path', 'uuid', 'url', 'json', 'none']),
  tags: z.array(z.string()),
  instances: z.object({ open: z.number().int(), incidents: z.number().int() }),
  updatedAtMs: TimeMs,
  canStart: z.boolean(),
  seq: z.number().int(),
})
export type WorkflowSummary = z.infer<typeof WorkflowSummary>

/** The editable text of a model. `etag` names this state of it: send it back as `If-Match`. */
export const Draft = z.object({
  id: z.string(),
  text: z.string(),
  format: z.enum(['yaml', 'json']),
  etag: z.string(),
  updatedBy: z.string(),
  updatedAtMs: TimeMs,
  problems: z.array(Problem),
  soundness: Soundness.optional(),
})
export type Draft = z.infer<typeof Draft>

/** An immutable published version. */
export const Version = z.object({
  workflow: z.string(),
  version: z.number().int(),
  kind: z.enum(['graph', 'code']),
  hash: z.string(),
  title: z.string(),
  note: z.string().optional(),
  syncedBy: z.string(),
  syncedAtMs: TimeMs,
  /** The parsed model of a graph version. */
  model: JsonObject.optional(),
  /** Draft text it was made from (graph), or the source of the workflow's module (code). */
  source: z.string().optional(),
  inputSchema: JsonObject.optional(),
  instances: z.object({ open: z.number().int(), total: z.number().int() }),
})
export type Version = z.infer<typeof Version>

export const SyncModel = z.strictObject({ note: z.string().max(2000).optional() })
export const SyncAnswer = z.object({
  workflow: z.string(),
  version: z.number().int(),
  /** false: the draft equals the newest version, which stays. */
  isNew: z.boolean(),
  problems: z.array(Problem),
  soundness: Soundness.optional(),
  changes: z.array(Json),
})
export type SyncAnswer = z.infer<typeof SyncAnswer>
