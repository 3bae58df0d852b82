/**
 * The `Host` port: what runs instances, embedded now, on a Temporal cluster later. Server, client, CLI and console know only this and `Store`.
 * Every promise resolves after COMMIT; a refused command rejects with a MillraceError and changed nothing.
 */
import type { Actor, Input } from '@millrace/kernel'
import type { JsonValue } from '@millrace/model'
import type { Batch, BatchPlan, CreateBatch } from './batch.ts'
import type { Impact } from './impact.ts'
import type { IncidentGroup } from './incident.ts'
import type { CommandAnswer, Instance, InstanceSummary, StartInstance } from './instance.ts'
import type { DoctorReport, FeedEvent, Lock, TaskInfo } from './operate.ts'
import type { Operate } from './operate-lines.ts'
import type { Page } from './page.ts'
import type { Preview } from './preview.ts'
import type { IncidentGroupFilter, PageOptions, Store } from './store.ts'
import type { Timeline } from './timeline.ts'
import type { Why } from './why.ts'
import type { WorkItem } from './work-item.ts'
import type { CheckAnswer, SyncAnswer } from './workflow.ts'

/** What a person may tell an instance. */
export type CommandInput = Extract<
  Input,
  {
    readonly kind:
      | 'suspend'
      | 'resume'
      | 'cancel'
      | 'terminate'
      | 'restart'
      | 'set-data'
      | 'message'
      | 'callback'
      | 'retry'
      | 'skip'
      | 'complete'
      | 'claim'
      | 'unclaim'
      | 'delegate'
      | 'comment'
      | 'step-back'
  }
>

export interface CommandOptions {
  /** Repeats give the first answer; kept 24 h, in the same commit. */
  readonly idempotency?: { readonly user: string; readonly route: string; readonly key: string; readonly bodyHash: string }
  /** For resume and restart, when a lock is in the way: wait in line (default) or skip the deployment lock. */
  readonly force?: boolean
  readonly queue?: boolean
  /** Facts of the instance the person saw; in another state the command is refused. @throws MillraceError STATE_CHANGED with a new preview. */
  readonly ifFacts?: number
}

/** A code workflow ready to be synced. */
export interface CodeBundle {
  readonly id: string
  readonly title: string
  readonly source: string
  readonly bundle: Uint8Array
  readonly hash: string
  readonly abi: number
  readonly inputSchema?: JsonValue
  readonly starters?: readonly string[]
  readonly locks?: readonly string[]
  readonly retention?: string
  /** Tasks it calls by name. */
  readonly tasks: readonly string[]
}

/** Which part of a timeline. */
export interface TimelineWindow {
  readonly fromMs?: number
  readonly toMs?: number
  /** Rows of steps after this one, the first ones. */
  readonly after?: number
  /** Rows of steps before this one, the last ones. */
  readonly before?: number
  readonly limit: number
}

/**
 * What runs workflows: the embedded engine, or a cluster. Everything a person or a program does goes through here; every promise of a write resolves after its
 * COMMIT, and a rejected one has written nothing.
 *
 * @example
 * const { id } = await host.start({ workspace: 'default', workflow: 'publish-page', payload: { kind: 'path', ref: '/content/a' } }, ana)
 * await host.command(id, { kind: 'complete', by: bo, step: 1, route: 'approve' })
 */
export interface Host {
  /** Lists, histories, people, drafts: what is read without the engine, and written without a decision. */
  readonly store: Store
  /**
   * Starts an instance of a version, the newest unless the request says which.
   *
   * @throws MillraceError NOT_FOUND (with the nearest name), NO_VERSION before the first Sync, FORBIDDEN to who may not start it, DATA_INVALID where data,
   * input or payload do not fit, LOCK_HELD unless `queue`, STORE_FULL, OVERLOADED, HOST_STOPPING
   */
  start(request: StartInstance & { readonly workspace: string }, by: Actor, options?: CommandOptions): Promise<CommandAnswer>
  /**
   * What a person does to an instance, or to a work item in it (`step`).
   *
   * @throws MillraceError NOT_FOUND, WRONG_STATUS, STEP_CLOSED with who was first and when, NOT_CANDIDATE, EXCLUDED, ROUTE_REQUIRED, ANSWER_INVALID,
   * STATE_CHANGED with a new preview (`ifFacts`), IDEMPOTENCY_MISMATCH, STORE_FULL, OVERLOADED, HOST_STOPPING
   */
  command(instance: string, input: CommandInput, options?: CommandOptions): Promise<CommandAnswer>
  /** To whoever waits for it; kept when nobody does. @returns how many received it. */
  publish(
    message: { readonly workspace: string; readonly name: string; readonly key?: string; readonly body: JsonValue },
    by: Actor,
    options?: CommandOptions,
  ): Promise<{ readonly received: number }>
  /** Completes the step that waits under a callback token (`OpenStep.callback`). @throws MillraceError NOT_FOUND, STEP_CLOSED. */
  callback(token: string, body: JsonValue, options?: CommandOptions): Promise<CommandAnswer>
  /** As committed, with why it does not move; undefined when there is none. Rights are the caller's business. */
  instance(id: string): Promise<Instance | undefined>
  /** `id` is `<instance>.<step>`; what may be done (`can`) is told for `by`. */
  workItem(id: string, by: Actor): Promise<WorkItem | undefined>
  /** Adds `why` and queue positions to rows. */
  explain(rows: readonly InstanceSummary[]): Promise<readonly InstanceSummary[]>
  /** Why it does not move; undefined when it does, has ended, or is not there. */
  why(instance: string): Promise<Why | undefined>
  /** What a command would do, decided on a copy and thrown away. A refusal is an answer, not an error. */
  preview(instance: string, input: CommandInput, options?: Pick<CommandOptions, 'force' | 'queue'>): Promise<Preview>
  /** Rows of the steps that were open within the window, in order: the last `limit`, or where `after` or `before` say. Never over 256 KiB. */
  timeline(instance: string, window: TimelineWindow): Promise<Timeline>
  /** Makes a version of the draft. @throws MillraceError MODEL_INVALID, MODEL_UNSOUND with everything that is wrong. */
  syncModel(workspace: string, id: string, by: Actor, note?: string): Promise<SyncAnswer>
  /** Everything that is wrong with a text, also tasks nobody offers and people who do not exist. Stores nothing. */
  checkModel(workspace: string, text: string, format: 'yaml' | 'json'): Promise<CheckAnswer>
  /** Semantic diff of two versions, or of a version and the draft. @throws MillraceError NOT_FOUND, MODEL_INVALID. */
  diffModel(workspace: string, id: string, from: number | 'draft', to: number | 'draft'): Promise<readonly JsonValue[]>
  /** What `syncModel` would do now. @throws MillraceError NOT_FOUND where there is no draft. */
  impact(workspace: string, id: string): Promise<Impact>
  /** Makes a version of a bundle; the same bundle again makes none. @throws MillraceError MODEL_INVALID where a model has its id. */
  syncCode(workspace: string, bundle: CodeBundle, by: Actor, note?: string): Promise<SyncAnswer>
  /** Deletes versions no instance uses, and nothing is started of it any more; versions in use stay and are named in the answer. */
  deleteWorkflow(
    workspace: string,
    workflow: string,
    by: Actor,
  ): Promise<{ readonly deleted: readonly number[]; readonly kept: readonly number[] }>
  /** The same repair for many instances. Lists and rows are in the store. */
  readonly batches: {
    /** What it would do. @throws MillraceError NOT_FOUND for nothing at all, BAD_REQUEST for more than a batch may have. */
    plan(workspace: string, request: CreateBatch): Promise<BatchPlan>
    /** Keeps it and begins. @throws as `plan`. */
    create(workspace: string, request: CreateBatch, by: Actor): Promise<Batch>
    /** What is on its way gets its result; nothing more is begun. @throws MillraceError NOT_FOUND, WRONG_STATUS. */
    pause(workspace: string, id: string): Promise<Batch>
    /** Goes on with the rows that wait, also after a failure, and without waiting for what is still on its way. */
    resume(workspace: string, id: string): Promise<Batch>
    /** The rows that wait are left as they are. */
    cancel(workspace: string, id: string): Promise<Batch>
  }
  /** What an operator should see first: at most seven lines, worst first. */
  operate(workspace: string): Promise<Operate>
  /** Open incidents by cause, with the titles of workflow and node. */
  incidentGroups(workspace: string, filter: IncidentGroupFilter, page: PageOptions): Promise<Page<IncidentGroup>>
  locks(workspace: string): Promise<readonly Lock[]>
  tasks(): readonly TaskInfo[]
  /** Explains every open instance; `repair` restarts the lost step of STALE ones. */
  doctor(options: { readonly workspace?: string; readonly repair?: boolean }): Promise<DoctorReport>
  /** As the store's, a turn of the loop after the commit. */
  subscribe(listener: (events: readonly FeedEvent[]) => void, nouns?: readonly string[]): () => void
  /** `ok: false` with the reason while the disk is full, and for good after it failed. */
  health(): { readonly ok: boolean; readonly readOnly: boolean; readonly reason?: string }
  /** Counts since the host was opened (ticks, units, facts) and what it has in hand now (queue, attempts, states_in_memory). */
  metrics(): { readonly [name: string]: number }
  /** Refuses what is new, answers what was accepted, and closes the store. Attempts that run are told to stop; they run again after the next open. */
  close(): Promise<void>
}
