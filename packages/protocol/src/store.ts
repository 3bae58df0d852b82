/**
 * The `Store` port: what is kept. Two adapters (SQLite, memory; later PostgreSQL) pass one contract suite (package testing).
 *
 * Owns: states, facts, projections, definitions, people, feed. Does not own: what happens next (kernel), when it is written (engine).
 *
 * Invariants:
 * I1. `commit` is one transaction: all of a batch or nothing. It returns after the bytes are durable.
 * I2. Reads see committed state only.
 * I3. Projections (instance rows, work items, incidents, timers, message waits) are functions of the facts and the state after them, written in the same
 *     transaction; nobody else writes them.
 * I4. Feed positions grow in commit order and are never reused.
 */
import type { Fact, State, Status } from '@millrace/kernel'
import type { JsonValue } from '@millrace/model'
import type { BatchStore } from './batch-store.ts'
import type { IncidentGroup } from './incident.ts'
import type { HistoryEntry, InstanceStatus, InstanceSummary } from './instance.ts'
import type { Backup, FeedEvent, Incident } from './operate.ts'
import type { Page } from './page.ts'
import type { Group, Role, Token, User } from './people.ts'
import type { InstanceTrouble, ItemTrouble, TroubleCounts, TroubleCuts } from './trouble.ts'
import type { WorkItemSummary } from './work-item.ts'

export interface Store {
  readonly instances: InstanceStore
  readonly definitions: DefinitionStore
  readonly people: PeopleStore
  readonly batches: BatchStore
  readonly queries: QueryStore
  readonly maintenance: MaintenanceStore
  /** Called after every commit with what changed, in order; `nouns` absent = everything. Returns how to stop. */
  subscribe(listener: (events: readonly FeedEvent[]) => void, nouns?: readonly string[]): () => void
  close(): Promise<void>
}

/** What one tick changed of one instance. */
export interface InstanceChange {
  /** Absent for an instance that begins in this batch. */
  readonly before?: State
  readonly after: State
  /** Facts of this tick in order; their `at` is the batch's. */
  readonly facts: readonly Fact[]
}

export interface KeptMessage {
  readonly workspace: string
  readonly name: string
  readonly key?: string
  readonly body: JsonValue
  readonly atMs: number
}

/** First answer to a command with an `Idempotency-Key`, kept 24 h. */
export interface IdempotentAnswer {
  readonly workspace: string
  readonly user: string
  readonly route: string
  readonly key: string
  readonly bodyHash: string
  readonly answer: JsonValue
}

export interface CommitBatch {
  readonly atMs: number
  readonly changes: readonly InstanceChange[]
  /** Published messages nobody waits for yet. */
  readonly keptMessages?: readonly KeptMessage[]
  /** Kept messages that were handed over: `id` of `keptMessage`. */
  readonly takenMessages?: readonly number[]
  /** `tellsPosition`: the store puts the position of this commit into the answer, as `seq`; nobody knows it before. */
  readonly answers?: readonly (IdempotentAnswer & { readonly tellsPosition?: true })[]
}

export interface DueTimer {
  readonly instance: string
  readonly step: number
  /** Index of the deadline in the node; absent = the step's own (sleep, retry, poll). Step 0 = the instance's scheduled start. */
  readonly timeout?: number
  readonly dueAtMs: number
}

/** An instance that holds or waits for locks. */
export interface LockRow {
  readonly instance: string
  readonly workspace: string
  readonly title: string
  readonly status: Status
  readonly locks: readonly string[]
  readonly force: boolean
  /** Grows in the order of requests: place in line. */
  readonly order: number
  readonly sinceMs: number
}

export interface InstanceStore {
  /** States by id; ids that do not exist are absent from the answer. */
  load(ids: readonly string[]): Promise<ReadonlyMap<string, State>>
  /** @returns the feed position of the last row written. @throws MillraceError STORE_FULL (nothing was written). */
  commit(batch: CommitBatch): Promise<{ readonly position: number }>
  /** Facts of an instance with `seq > after`, in order, with their number. */
  facts(
    instance: string,
    options?: { readonly after?: number; readonly limit?: number },
  ): Promise<readonly { readonly seq: number; readonly fact: Fact }[]>
  /** Ids of open instances with an attempt to run or code to run, in the order they began: read once at start. `after` = the last id of the page before. */
  unfinished(options: { readonly after?: string; readonly limit: number }): Promise<readonly string[]>
  /** Ids of all open instances, for doctor. */
  open(options: { readonly after?: string; readonly limit: number; readonly workspace?: string }): Promise<readonly string[]>
  lockRows(): Promise<readonly LockRow[]>
  dueTimers(options: { readonly beforeMs: number; readonly limit: number }): Promise<readonly DueTimer[]>
  nextTimerAtMs(): Promise<number | undefined>
  /** Open steps that wait for this message, oldest first. */
  waiters(workspace: string, name: string, key?: string): Promise<readonly { readonly instance: string; readonly step: number }[]>
  /** The oldest kept message that fits. */
  keptMessage(workspace: string, name: string, key?: string): Promise<(KeptMessage & { readonly id: number }) | undefined>
  /** Kept messages with `id > after`, in order: read once at start. */
  keptMessages(options: { readonly after: number; readonly limit: number }): Promise<readonly (KeptMessage & { readonly id: number })[]>
  answer(workspace: string, user: string, route: string, key: string): Promise<IdempotentAnswer | undefined>
}

export interface DraftRow {
  readonly workspace: string
  readonly id: string
  readonly title: string
  readonly text: string
  readonly format: 'yaml' | 'json'
  readonly etag: string
  readonly updatedBy: string
  readonly updatedAtMs: number
}

export interface VersionRow {
  readonly workspace: string
  readonly workflow: string
  readonly version: number
  readonly kind: 'graph' | 'code'
  readonly hash: string
  readonly title: string
  readonly note?: string
  readonly syncedBy: string
  readonly syncedAtMs: number
  /** Parsed model (graph) or description of the code: `{ id, title, inputSchema?, retention?, starters?, locks?, abi }`. */
  readonly content: JsonValue
  /** Text it was made from, or the module's source. */
  readonly source: string
  /** Bundle by content hash; only for code. */
  readonly bundle?: string
}

export interface DefinitionStore {
  draft(workspace: string, id: string): Promise<DraftRow | undefined>
  /** Compare-and-set on `ifMatch`; `null` = must not exist. @throws MillraceError STALE_ETAG with the current row's author and time. */
  saveDraft(row: Omit<DraftRow, 'etag'>, ifMatch: string | null | undefined): Promise<DraftRow>
  deleteDraft(workspace: string, id: string, by: string): Promise<void>
  drafts(workspace: string): Promise<readonly Omit<DraftRow, 'text'>[]>
  /** Newest when `version` is absent. */
  version(workspace: string, workflow: string, version?: number): Promise<VersionRow | undefined>
  versions(
    workspace: string,
    workflow: string,
  ): Promise<readonly (Omit<VersionRow, 'content' | 'source'> & { readonly open: number; readonly total: number })[]>
  /** Newest version of every workflow. */
  latest(workspace: string): Promise<readonly Omit<VersionRow, 'source'>[]>
  /** Number the next version will have: one more than any ever had, also of those that were deleted. */
  nextVersion(workspace: string, workflow: string): Promise<number>
  /** Adds the next version; its number is the answer. The bundle's bytes are kept by hash. */
  addVersion(row: Omit<VersionRow, 'version'>, bundle?: Uint8Array): Promise<VersionRow>
  /** Deletes versions no instance uses; the others stay and are named in the answer. */
  deleteWorkflow(
    workspace: string,
    workflow: string,
    by: string,
  ): Promise<{ readonly deleted: readonly number[]; readonly kept: readonly number[] }>
  bundle(workspace: string, hash: string): Promise<Uint8Array | undefined>
  /** Open and total instances, and open incidents, by workflow. */
  usage(workspace: string): Promise<ReadonlyMap<string, { readonly open: number; readonly total: number; readonly incidents: number }>>
}

/** A person as stored: the public part and what proves who they are. */
export interface UserRow extends User {
  /** argon2id in PHC format; absent = cannot sign in by password. */
  readonly passwordHash?: string
}

export interface SessionRow {
  /** SHA-256 of the cookie's value. */
  readonly hash: string
  readonly user: string
  readonly csrf: string
  readonly createdAtMs: number
  readonly expiresAtMs: number
}

export interface TokenRow extends Token {
  /** SHA-256 of the token. */
  readonly hash: string
}

export interface PeopleStore {
  /** Roles are those in `workspace` (`default` when absent); people and groups are global. */
  users(workspace?: string): Promise<readonly User[]>
  user(name: string, workspace?: string): Promise<UserRow | undefined>
  /** Roles are saved for the workspace `default`. @throws MillraceError NOT_FOUND for a group that does not exist */
  saveUser(user: UserRow, by: string): Promise<void>
  setRoles(workspace: string, user: string, roles: readonly Role[], by: string): Promise<void>
  groups(): Promise<readonly Group[]>
  saveGroup(group: Group, by: string): Promise<void>
  deleteGroup(name: string, by: string): Promise<void>
  session(hash: string): Promise<SessionRow | undefined>
  saveSession(row: SessionRow): Promise<void>
  deleteSession(hash: string): Promise<void>
  deleteSessionsOf(user: string): Promise<void>
  tokenByHash(hash: string): Promise<TokenRow | undefined>
  tokens(user?: string): Promise<readonly Token[]>
  saveToken(row: TokenRow): Promise<void>
  touchToken(id: string, atMs: number): Promise<void>
  deleteToken(id: string, by: string): Promise<void>
  /** The person has opened the item; kept while it is open, until it is assigned anew or comes back. */
  markSeen(user: string, instance: string, step: number): Promise<void>
  /** Small values a person keeps: `preferences`, `draft:<work item>`. */
  note(user: string, key: string): Promise<{ readonly value: JsonValue; readonly updatedAtMs: number } | undefined>
  notes(user: string, prefix: string): Promise<readonly { readonly key: string; readonly value: JsonValue; readonly updatedAtMs: number }[]>
  saveNote(user: string, key: string, value: JsonValue): Promise<void>
  deleteNote(user: string, key: string): Promise<void>
}

/** Who asks: lists and counts are trimmed to what this person may read (DESIGN 8.6). */
export interface Reader {
  readonly user: string
  readonly groups: readonly string[]
  readonly seesAll: boolean
}

export interface InstanceFilter {
  readonly workspace: string
  readonly reader: Reader
  readonly status?: readonly InstanceStatus[]
  readonly workflow?: string
  readonly version?: number
  readonly kind?: 'graph' | 'code'
  readonly initiator?: string
  readonly parent?: string
  readonly lock?: string
  readonly hasIncident?: boolean
  /** Waits at this node. */
  readonly node?: string
  readonly incidentGroup?: string
  readonly createdFromMs?: number
  readonly createdToMs?: number
  readonly endedFromMs?: number
  readonly endedToMs?: number
  readonly trouble?: InstanceTrouble
  readonly payload?: string
  readonly title?: string
  /** Equality on data by JSON path without the leading `$.`: `{ 'order.id': 'A1' }`. */
  readonly data?: { readonly [path: string]: JsonValue }
  readonly sort?: '-created' | 'created' | '-updated'
}

export interface InboxFilter {
  readonly workspace: string
  readonly reader: Reader
  /** mine: assigned to me or my own candidacy; groups: my groups'; done: decided by me; started: open items of instances I started; all: operators. */
  readonly view: 'mine' | 'groups' | 'open' | 'done' | 'started' | 'all'
  readonly workflow?: string
  readonly search?: string
  readonly instance?: string
  readonly trouble?: ItemTrouble
  readonly createdFromMs?: number
  readonly createdToMs?: number
  readonly sort?: 'due' | '-created' | 'created' | '-priority'
}

/** Which groups of incidents; the titles of workflow and node are the host's to add. */
export interface IncidentGroupFilter {
  readonly workflow?: string
  readonly node?: string
  readonly code?: string
  /** Words of the message, in any case. */
  readonly search?: string
  /** Default: the largest first. */
  readonly sort?: '-count' | '-last'
}

/** Counts of a stretch of time, in buckets. */
export interface ActivityQuery {
  readonly workspace: string
  readonly workflow?: string
  readonly fromMs: number
  readonly toMs: number
  /** A whole number of quarters of an hour. */
  readonly bucketMs: number
  /** Added to a time before it is put in a bucket; whole quarters of an hour. */
  readonly offsetMs: number
}

/** What happened in one bucket; buckets in which nothing did are absent. */
export interface ActivityRow {
  readonly workflow: string
  /** Begin of the bucket. */
  readonly atMs: number
  readonly started: number
  readonly completed: number
  readonly failed: number
  readonly aborted: number
  readonly incidents: number
}

export interface PageOptions {
  readonly cursor?: string | undefined
  readonly limit: number
}

/** What is left of an instance after its retention: who could read it is no longer known, so it is for those who see all. */
export interface PurgedInstance {
  readonly workspace: string
  readonly workflow: string
  readonly version: number
  readonly status: Status
  readonly title: string
  readonly createdAtMs: number
  readonly endedAtMs: number
}

export interface QueryStore {
  /** Feed position of the last commit. */
  position(): Promise<number>
  /** Rows without `why` and `position`, which the host adds. */
  instances(filter: InstanceFilter, page: PageOptions): Promise<Page<InstanceSummary>>
  instanceCounts(
    workspace: string,
    reader: Reader,
  ): Promise<{ readonly byStatus: { readonly [status: string]: number }; readonly incidents: number }>
  /** By full id, prefix or suffix of at least four characters; at most `limit`. */
  findInstances(workspace: string, part: string, limit: number): Promise<readonly string[]>
  /**
   * Who may read an instance beside operators, as principals: who started it, and everybody it has asked, also those it no longer asks.
   * Undefined for an instance that does not exist. The list of instances is trimmed by the same set.
   */
  involved(instance: string): Promise<readonly string[] | undefined>
  /** The line that stays of an instance which its retention has removed. */
  purged(instance: string): Promise<PurgedInstance | undefined>
  /** Rows of open items say whether the reader has `seen` them. */
  inbox(filter: InboxFilter, page: PageOptions): Promise<Page<WorkItemSummary>>
  inboxCounts(
    workspace: string,
    reader: Reader,
  ): Promise<{ readonly mine: number; readonly groups: number; readonly done: number; readonly started: number; readonly late: number }>
  /** Open items of mine and my groups that I have not opened. */
  unread(workspace: string, reader: Reader): Promise<number>
  workItem(instance: string, step: number): Promise<WorkItemSummary | undefined>
  incidents(workspace: string, page: PageOptions & { readonly workflow?: string; readonly group?: string }): Promise<Page<Incident>>
  /** By workflow and time; `sinceMs`: the begin of the first quarter of an hour that was ever counted in the workspace. */
  activity(query: ActivityQuery): Promise<{ readonly sinceMs?: number; readonly rows: readonly ActivityRow[] }>
  /** Open work items by workflow: how many were opened at or after each of these times, latest first, but before the one before it; and the older ones last. */
  itemAges(
    workspace: string,
    sinceMs: readonly number[],
    workflow?: string,
  ): Promise<readonly { readonly workflow: string; readonly counts: readonly number[] }[]>
  troubles(workspace: string, cuts: TroubleCuts): Promise<TroubleCounts>
  /**
   * Ids of running instances that nothing stored explains: no step that waits, no incident, and no attempt that began after `quietBeforeMs`. The host knows
   * whether something runs them. In the order they began.
   */
  suspects(options: {
    readonly workspace: string
    readonly quietBeforeMs: number
    readonly after?: string
    readonly limit: number
  }): Promise<readonly string[]>
  /** Open incidents by cause. */
  incidentGroups(
    workspace: string,
    filter: IncidentGroupFilter,
    page: PageOptions,
  ): Promise<Page<Omit<IncidentGroup, 'workflowTitle' | 'nodeTitle'>>>
  history(
    instance: string,
    options: { readonly after?: number; readonly before?: number; readonly limit: number },
  ): Promise<readonly HistoryEntry[]>
  /** Events with `seq > after`. @throws MillraceError CURSOR_GONE when `after` is older than what is kept, or from before a restore. */
  feed(after: number, limit: number): Promise<readonly FeedEvent[]>
}

export interface MaintenanceStore {
  /** Online copy that holds neither commits nor the event loop, with a manifest beside it. */
  backup(file: string, onProgress?: (share: number) => void): Promise<Omit<Backup, 'name'>>
  /** Deletes ended instances of a workflow that ended before; a one-line summary stays. @returns how many. */
  purge(options: {
    readonly workspace: string
    readonly workflow: string
    readonly endedBeforeMs: number
    readonly limit: number
  }): Promise<number>
  /** Drops feed rows, kept messages and idempotent answers past their time. */
  expire(nowMs: number): Promise<void>
  /** Moves the log into the file; at quiet times. */
  checkpoint(): Promise<void>
  setting(name: string): Promise<JsonValue | undefined>
  saveSetting(name: string, value: JsonValue): Promise<void>
  /** Bytes of file and log, the format of the file, and room on its disk (absent in memory). */
  facts(): Promise<{ readonly bytes: number; readonly walBytes: number; readonly format: number; readonly freeBytes?: number }>
}

export type { Fact, State }
