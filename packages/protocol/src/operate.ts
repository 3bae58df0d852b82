import { z } from 'zod'
import { Failure } from './instance.ts'
import { Id, JsonObject, TimeMs } from './json.ts'
import { Why } from './why.ts'

export const Incident = z.object({
  instance: Id,
  step: z.number().int().optional(),
  workflow: z.string(),
  version: z.number().int(),
  node: z.string().optional(),
  title: z.string(),
  error: Failure,
  atMs: TimeMs,
  /** Same cause, same group: workflow, node, code, and the message without its numbers, ids and quoted text. */
  group: z.string(),
})
export type Incident = z.infer<typeof Incident>

/** A lock: who holds it and who waits for it, in line. */
export const Lock = z.object({
  name: z.string(),
  holders: z.array(
    z.object({
      instance: Id,
      title: z.string(),
      status: z.string(),
      sinceMs: TimeMs,
      /** Why it still holds the lock: what it waits for. Only where somebody waits behind it. */
      why: Why.optional(),
    }),
  ),
  queue: z.array(z.object({ instance: Id, title: z.string(), position: z.number().int(), sinceMs: TimeMs, behind: z.array(Id) })),
})
export type Lock = z.infer<typeof Lock>

/** One open instance as `doctor` explains it. */
export const DoctorRow = z.object({
  instance: Id,
  workflow: z.string(),
  title: z.string(),
  status: z.string(),
  why: Why,
  repaired: z.boolean().optional(),
})
export const DoctorReport = z.object({ open: z.number().int(), stale: z.array(DoctorRow), rows: z.array(DoctorRow), checkedAtMs: TimeMs })
export type DoctorReport = z.infer<typeof DoctorReport>

/** One event of `/events`: what changed, never its content; rights are checked when it is read. */
export const FeedEvent = z.object({
  seq: z.number().int(),
  atMs: TimeMs,
  noun: z.string(),
  id: z.string(),
  /** Absent for what is global: people. */
  workspace: z.string().optional(),
  version: z.number().int().optional(),
  changed: z.array(z.string()),
})
export type FeedEvent = z.infer<typeof FeedEvent>

export const Backup = z.object({
  name: z.string(),
  bytes: z.number().int(),
  createdAtMs: TimeMs,
  instances: z.number().int(),
  hash: z.string(),
})
export type Backup = z.infer<typeof Backup>

/** A task that nodes and code may run. */
export const TaskInfo = z.object({
  name: z.string(),
  title: z.string(),
  description: z.string().optional(),
  plugin: z.string(),
  input: JsonObject.optional(),
  output: JsonObject.optional(),
})
export type TaskInfo = z.infer<typeof TaskInfo>
