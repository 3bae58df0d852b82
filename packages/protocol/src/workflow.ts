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

/** Somebody who has a draft open in a console, and since when. */
export const DraftReader = z.object({ user: z.string(), sinceMs: TimeMs })
export type DraftReader = z.infer<typeof DraftReader>

/** Who has a draft open now, longest first, the caller included. Also told over the event stream, as `event: presence`. */
export const DraftPresence = z.object({ model: z.string(), readers: z.array(DraftReader) })
export type DraftPresence = z.infer<typeof DraftPresence>

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

/** An entry of the list of versions. */
export const VersionSummary = Version.omit({ model: true, source: true, inputSchema: true })
export type VersionSummary = z.infer<typeof VersionSummary>

/** A model: its row in the list, and its draft where there is one. The `ETag` of the answer is the draft's. */
export const Model = WorkflowSummary.extend({ draft: Draft.optional() })
export type Model = z.infer<typeof Model>

const format = z.enum(['yaml', 'json']).default('yaml')

/** Body of `POST /models` and `POST /models/check`; the id stands in the text. */
export const ModelText = z.strictObject({ text: z.string(), format })
export type ModelText = z.infer<typeof ModelText>

/** What is wrong with a text, as far as the host can tell: also tasks nobody offers and people who do not exist. */
export const CheckAnswer = z.object({
  ok: z.boolean(),
  /** As far as the text says them. */
  id: z.string().optional(),
  title: z.string().optional(),
  /** Content hash a Sync would give it; absent where it cannot be parsed. */
  hash: z.string().optional(),
  problems: z.array(Problem),
  soundness: Soundness.optional(),
})
export type CheckAnswer = z.infer<typeof CheckAnswer>

/** What differs between two versions, by node; `draft` names the draft. */
export const DiffAnswer = z.object({ workflow: z.string(), from: z.string(), to: z.string(), changes: z.array(Json) })
export type DiffAnswer = z.infer<typeof DiffAnswer>

/** Versions that were deleted, and those that stay because open instances use them. */
export const DeleteWorkflowAnswer = z.object({ deleted: z.array(z.number().int()), kept: z.array(z.number().int()) })
export type DeleteWorkflowAnswer = z.infer<typeof DeleteWorkflowAnswer>

/** Body of `POST /workflows/:id/sync`: what `millrace sync` made of a workflow's module. */
export const SyncCode = z.strictObject({
  title: z.string().min(1).max(500),
  /** The module's source, for people to read. */
  source: z.string(),
  /** JavaScript of the bundle, base64. */
  bundle: z.base64().min(1),
  /** SHA-256 of the bundle's bytes, hex: checked. */
  hash: z.string().regex(/^[0-9a-f]{64}$/, 'Give the SHA-256 of the bundle in lower-case hex.'),
  abi: z.number().int().min(1),
  inputSchema: JsonObject.optional(),
  starters: z.array(z.string()).optional(),
  locks: z.array(z.string()).optional(),
  retention: z.string().optional(),
  tasks: z.array(z.string()).default([]),
  note: z.string().max(2000).optional(),
})
export type SyncCode = z.infer<typeof SyncCode>
