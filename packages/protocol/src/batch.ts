import { z } from 'zod'
import { Failure, InstanceStatus } from './instance.ts'
import { Id, Json, JsonObject, TimeMs } from './json.ts'

/** What a batch does to each of its rows. */
export const BatchAction = z.enum(['retry', 'skip', 'cancel', 'terminate', 'resume'])
export type BatchAction = z.infer<typeof BatchAction>

/**
 * `running`; `paused` by a person; `stopped` by a failure: `resume` goes on with the rows that wait; `completed`: every row has a result; `cancelled`:
 * the rows that waited are left as they are.
 */
export const BatchStatus = z.enum(['running', 'paused', 'stopped', 'completed', 'cancelled'])
export type BatchStatus = z.infer<typeof BatchStatus>

/**
 * `waiting`; `running`: begun, its outcome is not known yet; `done`; `failed`: done, and it failed again; `refused`: it could not be done, `problem`
 * says why, and nothing changed; `left`: not begun before the batch was cancelled.
 */
export const BatchRowState = z.enum(['waiting', 'running', 'done', 'failed', 'refused', 'left'])
export type BatchRowState = z.infer<typeof BatchRowState>

/** Which instances, by fields and by data; as in `GET /instances`. */
export const BatchFilter = z.strictObject({
  status: z.array(InstanceStatus).optional(),
  workflow: z.string().optional(),
  version: z.number().int().min(1).optional(),
  kind: z.enum(['graph', 'code']).optional(),
  initiator: z.string().optional(),
  incident: z.boolean().optional(),
  node: z.string().optional(),
  createdFrom: z.iso.datetime({ offset: true }).optional(),
  createdTo: z.iso.datetime({ offset: true }).optional(),
  payload: z.string().optional(),
  title: z.string().optional(),
  data: JsonObject.optional(),
})
export type BatchFilter = z.infer<typeof BatchFilter>

/** Most rows of one batch: they are fixed when it is made, so that it does what was seen and no more. */
export const MAX_BATCH_ROWS = 10_000

const CreateBatchShape = z.strictObject({
  action: BatchAction,
  /** One of the three: the incidents of a group, instances by id, or by filter. */
  group: z.string().min(1).max(100).optional(),
  instances: z.array(Id).min(1).max(MAX_BATCH_ROWS).optional(),
  filter: BatchFilter.optional(),
  /** For skip. */
  route: z.string().optional(),
  output: Json.optional(),
  /** For cancel and terminate. */
  reason: z.string().max(2000).optional(),
  /** Rows of the first stages; the rest follows in one. After each stage it goes on only if none failed. */
  stages: z.array(z.number().int().min(1).max(MAX_BATCH_ROWS)).max(5).default([1, 10]),
  stopAtFailure: z.boolean().default(true),
})

/** Body of `POST /batches`. */
export const CreateBatch = CreateBatchShape.refine(
  ({ group, instances, filter }) => [group, instances, filter].filter((given) => given !== undefined).length === 1,
  'Say which rows by one of group, instances and filter.',
)
export type CreateBatch = z.infer<typeof CreateBatch>

/** How many rows are in which state. */
export const BatchCounts = z.object({
  waiting: z.number().int(),
  running: z.number().int(),
  done: z.number().int(),
  failed: z.number().int(),
  refused: z.number().int(),
  left: z.number().int(),
})
export type BatchCounts = z.infer<typeof BatchCounts>

export const BatchRow = z.object({
  /** From 1, in the order they are done. */
  n: z.number().int(),
  stage: z.number().int(),
  instance: Id,
  /** The failed step; absent where the instance as a whole is meant. */
  step: z.number().int().optional(),
  title: z.string(),
  state: BatchRowState,
  startedAtMs: TimeMs.optional(),
  endedAtMs: TimeMs.optional(),
  /** Why it was refused, or how it failed. */
  problem: Failure.optional(),
})
export type BatchRow = z.infer<typeof BatchRow>

export const Batch = z.object({
  id: Id,
  action: BatchAction,
  status: BatchStatus,
  /** What was asked for. */
  request: CreateBatchShape,
  by: z.string(),
  onBehalfOf: z.string().optional(),
  /** Stage that runs, or ran last, from 1; 0 before the first. */
  stage: z.number().int(),
  /** Rows of each stage. */
  stages: z.array(z.number().int()),
  total: z.number().int(),
  counts: BatchCounts,
  createdAtMs: TimeMs,
  updatedAtMs: TimeMs,
  endedAtMs: TimeMs.optional(),
})
export type Batch = z.infer<typeof Batch>

/** What a batch would do. */
export const BatchPlan = z.object({
  total: z.number().int(),
  stages: z.array(z.number().int()),
  /** The rows it begins with. */
  first: z.array(z.object({ instance: Id, step: z.number().int().optional(), title: z.string() })),
})
export type BatchPlan = z.infer<typeof BatchPlan>
