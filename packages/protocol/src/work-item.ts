import { z } from 'zod'
import { IfFacts, Payload } from './instance.ts'
import { Id, Json, JsonObject, TimeMs } from './json.ts'

/** A work item's public id: `<instance id>.<step>`. */
export const WorkItemId = z.string().regex(/^[0-9a-f-]{36}\.\d+$/)

const NamedNode = z.object({ node: z.string(), title: z.string() })

/**
 * One thing that happens after a decision, found by playing it on a copy; an AND split gives several. `item`: a person is asked (`who`; empty where
 * only a task or the answer tells); `task`, `wait`, `child`: something runs there; `join`: other branches are waited for; `end`; `depends`: on data
 * that nobody knows yet (`on`), it goes to one of `options`; `incident`: it would stop there (`code`); `code`: the function decides.
 */
export const Follow = z.object({
  kind: z.enum(['item', 'task', 'wait', 'child', 'join', 'end', 'depends', 'incident', 'code']),
  node: z.string().optional(),
  title: z.string().optional(),
  who: z.array(z.string()),
  /** Automatic nodes on the way, in order. */
  via: z.array(NamedNode),
  on: z.array(z.string()).optional(),
  options: z.array(NamedNode).optional(),
  code: z.string().optional(),
})
export type Follow = z.infer<typeof Follow>

/** Where an item stands on its way: what was done in this run, oldest first, and what may come next. */
export const WorkItemPlace = z.object({
  done: z.array(NamedNode.extend({ step: z.number().int(), atMs: TimeMs, by: z.string().optional(), route: z.string().optional() })),
  here: NamedNode,
  next: z.array(NamedNode),
})
export type WorkItemPlace = z.infer<typeof WorkItemPlace>

export const RouteChoice = z.object({
  name: z.string(),
  label: z.string(),
  style: z.enum(['primary', 'danger']).optional(),
  form: JsonObject.optional(),
  commentRequired: z.boolean().optional(),
  /** Node it leads to; absent for code. */
  to: z.string().optional(),
  /** What follows when it is chosen; absent when the item is closed. */
  follows: z.array(Follow).optional(),
})
export type RouteChoice = z.infer<typeof RouteChoice>

export const WorkItemSummary = z.object({
  id: WorkItemId,
  instance: Id,
  step: z.number().int(),
  workflow: z.string(),
  workflowTitle: z.string(),
  workflowVersion: z.number().int(),
  node: z.string(),
  title: z.string(),
  instanceTitle: z.string(),
  initiator: z.string(),
  payload: Payload,
  /** open: a person can decide; suspended: its instance is; done: decided; withdrawn: taken away. */
  status: z.enum(['open', 'suspended', 'done', 'withdrawn']),
  assignee: z.string().optional(),
  candidates: z.array(z.string()),
  claimedAtMs: TimeMs.optional(),
  dueAtMs: TimeMs.optional(),
  priority: z.number().int(),
  createdAtMs: TimeMs,
  version: z.number().int(),
  /** Why the asking person sees it: `assignee`, `candidate`, `group:editors`, `operator`, `initiator`, `decided`. */
  because: z.string(),
  comments: z.number().int(),
  /** The asking person has opened it since it was created, assigned anew, or came back. Absent for closed items. */
  seen: z.boolean().optional(),
  seq: z.number().int(),
  decidedBy: z.string().optional(),
  decidedAtMs: TimeMs.optional(),
  route: z.string().optional(),
})
export type WorkItemSummary = z.infer<typeof WorkItemSummary>

export const WorkItem = WorkItemSummary.extend({
  description: z.string().optional(),
  routes: z.array(RouteChoice),
  /** What follows an item that has no routes to choose from. */
  follows: z.array(Follow).optional(),
  place: WorkItemPlace,
  /** Data that is not as it was when the asking person last decided in this instance; absent where they have not. */
  changed: z.object({ sinceMs: TimeMs, names: z.array(z.object({ name: z.string(), from: Json.optional() })) }).optional(),
  form: JsonObject.optional(),
  initial: Json.optional(),
  metadata: Json.optional(),
  /** Data of the instance as far as the item may see it. */
  data: JsonObject,
  excluded: z.array(z.object({ user: z.string(), reason: z.string() })),
  /** The asking person may: decide, claim, unclaim, delegate, step-back, comment. */
  can: z.array(z.enum(['complete', 'claim', 'unclaim', 'delegate', 'step-back', 'comment'])),
  thread: z.array(z.object({ atMs: TimeMs, by: z.string(), text: z.string(), route: z.string().optional() })),
  /** Nodes passed before, for step back, newest first. */
  back: z.array(z.object({ node: z.string(), title: z.string() })),
})
export type WorkItem = z.infer<typeof WorkItem>

const version = z.number().int().optional()
const comment = z.string().max(20_000).optional()

export const CompleteWorkItem = z.strictObject({
  route: z.string().optional(),
  answer: JsonObject.optional(),
  comment,
  version,
  ifFacts: IfFacts,
})
export const ClaimWorkItem = z.strictObject({ version, ifFacts: IfFacts })
export const DelegateWorkItem = z.strictObject({ to: z.string(), comment, version, ifFacts: IfFacts })
export const StepBackWorkItem = z.strictObject({ to: z.string().optional(), comment, version, ifFacts: IfFacts })
export const CommentWorkItem = z.strictObject({ text: z.string().min(1).max(20_000) })

/** Rows behind each view of the inbox, of those the reader may see; `late` counts open ones past their due time. */
export const InboxCounts = z.object({
  mine: z.number().int(),
  groups: z.number().int(),
  done: z.number().int(),
  started: z.number().int(),
  late: z.number().int(),
  /** Of mine and my groups': not opened yet. */
  unread: z.number().int(),
  asOf: z.number().int(),
})
export type InboxCounts = z.infer<typeof InboxCounts>

/** What a person has typed into an item and not sent; theirs alone. */
export const WorkItemDraft = z.object({
  answer: JsonObject.optional(),
  comment: z.string().optional(),
  route: z.string().optional(),
  /** Version of the item it was typed for. */
  version: z.number().int().optional(),
  updatedAtMs: TimeMs,
})
export type WorkItemDraft = z.infer<typeof WorkItemDraft>
export const SaveWorkItemDraft = z.strictObject({
  answer: JsonObject.optional(),
  comment,
  route: z.string().max(200).optional(),
  version,
})
