import { z } from 'zod'
import { Id, Json, JsonObject, TimeMs } from './json.ts'
import { Why } from './why.ts'

export const InstanceStatus = z.enum(['SCHEDULED', 'QUEUED', 'RUNNING', 'SUSPENDED', 'CANCELLING', 'COMPLETED', 'FAILED', 'ABORTED'])
export type InstanceStatus = z.infer<typeof InstanceStatus>

/** Words of AEM, Appsmith and Cloudify accepted in status filters, and what they mean here (DESIGN section 2). */
export const STATUS_ALIASES: { readonly [word: string]: InstanceStatus } = {
  pending: 'RUNNING',
  started: 'RUNNING',
  'in progress': 'RUNNING',
  'in-progress': 'RUNNING',
  terminated: 'COMPLETED',
  successful: 'COMPLETED',
  cancelled: 'ABORTED',
}

export const Payload = z.discriminatedUnion(
  'kind',
  [
    z.object({ kind: z.enum(['path', 'uuid', 'url']), ref: z.string().min(1).max(2048) }),
    z.object({ kind: z.literal('json'), json: Json }),
    z.object({ kind: z.literal('none') }),
  ],
  {
    error:
      'A payload says its kind: {"kind":"path","ref":"/content/home"}, also "uuid" or "url"; {"kind":"json","json":…}; or {"kind":"none"}.',
  },
)
export type Payload = z.infer<typeof Payload>

export const Failure = z.object({
  code: z.string(),
  message: z.string(),
  retryable: z.boolean().optional(),
  stack: z.string().optional(),
  details: Json.optional(),
})

/** One row of the instance list. */
export const InstanceSummary = z.object({
  id: Id,
  workflow: z.string(),
  version: z.number().int(),
  kind: z.enum(['graph', 'code']),
  title: z.string(),
  status: InstanceStatus,
  run: z.number().int(),
  priority: z.number().int(),
  initiator: z.string(),
  payload: Payload,
  createdAtMs: TimeMs,
  startedAtMs: TimeMs.optional(),
  endedAtMs: TimeMs.optional(),
  /** Open incidents. */
  incidents: z.number().int(),
  parent: z.object({ instance: Id, step: z.number().int() }).optional(),
  locks: z.array(z.string()),
  /** Place in the queue, from 1; only while QUEUED. */
  position: z.number().int().optional(),
  why: Why.optional(),
  /** Feed position of its last change: newer events have a greater one. */
  seq: z.number().int(),
})
export type InstanceSummary = z.infer<typeof InstanceSummary>

/** An open step as the instance page shows it. */
export const OpenStep = z.object({
  step: z.number().int(),
  node: z.string(),
  title: z.string(),
  waits: z.enum(['task', 'work-item', 'timer', 'message', 'callback', 'child']),
  openedAtMs: TimeMs,
  task: z.string().optional(),
  attempt: z.number().int().optional(),
  retryAtMs: TimeMs.optional(),
  dueAtMs: TimeMs.optional(),
  child: z.string().optional(),
  /** Work items: who has it, and everybody it was offered, handed or escalated to (`user:ana`, `group:finance`). */
  assignee: z.string().optional(),
  candidates: z.array(z.string()).optional(),
  incident: Failure.extend({ atMs: TimeMs }).optional(),
  /** Address part for a callback: `POST /api/v1/callbacks/{token}`; operators only. */
  callback: z.string().optional(),
})
export type OpenStep = z.infer<typeof OpenStep>

export const Instance = InstanceSummary.extend({
  data: JsonObject,
  input: Json.optional(),
  output: Json.optional(),
  error: Failure.optional(),
  incident: Failure.extend({ atMs: TimeMs }).optional(),
  reason: z.string().optional(),
  steps: z.array(OpenStep),
  /** Tokens resting before joins: `from>to` → how many. */
  tokens: z.record(z.string(), z.number().int()),
  passes: z.record(z.string(), z.number().int()),
  /** Facts so far. */
  facts: z.number().int(),
})
export type Instance = z.infer<typeof Instance>

/** One fact as the history shows it: typed, in order, with who and on whose behalf. */
export const HistoryEntry = z.object({
  /** Number inside the instance, from 1. */
  seq: z.number().int(),
  atMs: TimeMs,
  /** Type of fact: created, opened, closed, … (docs/history.md). */
  type: z.string(),
  run: z.number().int(),
  node: z.string().optional(),
  step: z.number().int().optional(),
  by: z.string().optional(),
  onBehalfOf: z.string().optional(),
  /** Everything else the fact says. */
  details: JsonObject,
})
export type HistoryEntry = z.infer<typeof HistoryEntry>

/** Body of `POST /instances`. Graphs take `payload` and `data`, code workflows `input`. */
export const StartInstance = z.strictObject({
  workflow: z.string().min(1),
  /** Absent = the newest. */
  version: z.number().int().min(1).optional(),
  title: z.string().max(500).optional(),
  payload: Payload.optional(),
  data: JsonObject.optional(),
  input: Json.optional(),
  priority: z.number().int().min(0).max(100).optional(),
  /** Locks beside those the version asks for: `deployment:D`, `system`, or a name of your own. */
  locks: z.array(z.string().min(1).max(200)).max(16).optional(),
  /** If a lock is in the way: wait in line instead of a 409. */
  queue: z.boolean().optional(),
  /** Skip the deployment lock; never the system lock, never the barrier. */
  force: z.boolean().optional(),
  startAt: z.iso.datetime({ offset: true }).optional(),
  /** Tasks nobody offers succeed at once instead of stopping as an incident: to try an imported model before its tasks are bound. */
  simulate: z.boolean().optional(),
})
export type StartInstance = z.infer<typeof StartInstance>

/** What a command did: the instance after its commit. */
export const CommandAnswer = z.object({
  id: z.string(),
  status: InstanceStatus,
  run: z.number().int(),
  /** Facts the instance has now. */
  facts: z.number().int(),
  /** Place in the queue when QUEUED. */
  position: z.number().int().optional(),
  /** Feed position of the commit; 0 = nothing was written: a transient instance that has ended. */
  seq: z.number().int(),
})
export type CommandAnswer = Readonly<z.infer<typeof CommandAnswer>>

/** `facts` of the instance as it was read, of its preview for one. In another state nothing is done: 409 STATE_CHANGED with a new preview. */
export const IfFacts = z.number().int().min(1).optional()

const reason = z.string().max(2000).optional()
const step = z.number().int().min(1)
/** What to do when a lock is in the way: wait in line (default true), or skip the deployment lock. */
const admission = { queue: z.boolean().optional(), force: z.boolean().optional() }

/** Body of suspend, cancel and terminate. */
export const StopInstance = z.strictObject({ reason, ifFacts: IfFacts })
export const ResumeInstance = z.strictObject({ ...admission, ifFacts: IfFacts })
/** From the start (`data` replaces) or from a node (`data` is merged over what it has). */
export const RestartInstance = z.strictObject({ from: z.string().optional(), data: JsonObject.optional(), ...admission, ifFacts: IfFacts })
/** Without a step: the whole instance stands (code that cannot go on). `data` is merged first. */
export const RetryInstance = z.strictObject({ step: step.optional(), data: JsonObject.optional(), ifFacts: IfFacts })
/** Completes a step without its work, by a route or with an output of your own. */
export const SkipStep = z.strictObject({ step, route: z.string().optional(), output: Json.optional(), ifFacts: IfFacts })
/** A message by name; `key` picks among those who wait for it. Early messages are kept. */
export const Message = z.strictObject({ name: z.string().min(1).max(200), key: z.string().max(500).optional(), body: Json.default(null) })
export type Message = z.infer<typeof Message>

/** How many instances there are, of those the reader may see. */
export const InstanceCounts = z.object({
  byStatus: z.record(z.string(), z.number().int()),
  incidents: z.number().int(),
  asOf: z.number().int(),
})
