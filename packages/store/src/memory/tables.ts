/** What the memory adapter keeps: the same rows as SQLite, in plain Maps. For tests and simulations; nothing survives the process. */
import type { State } from '@millrace/kernel'
import type { JsonValue } from '@millrace/model'
import type {
  BatchRecord,
  BatchRow,
  DraftRow,
  FeedEvent,
  Group,
  IdempotentAnswer,
  KeptMessage,
  PurgedInstance,
  Role,
  SessionRow,
  TokenRow,
  UserRow,
  VersionRow,
} from '@millrace/protocol'
import { createListeners, type Listeners } from '../listeners.ts'
import type { Activity } from '../projections/activity.ts'
import type { FactRow } from '../projections/history.ts'
import type { IncidentRow } from '../projections/incident.ts'
import type { StepRow } from '../projections/step.ts'
import type { TimerRow } from '../projections/timer.ts'
import type { WorkItemRow } from '../projections/work-item.ts'

export interface MemoryInstance {
  /** Grows in the order instances began. */
  readonly order: number
  state: State
  /** Feed position of the last change. */
  seq: number
  busy: number
  readonly rows: FactRow[]
  readonly items: Map<number, { readonly row: WorkItemRow; readonly order: number; readonly seq: number }>
  readonly incidents: Map<number, IncidentRow & { readonly order: number }>
  readonly steps: Map<number, StepRow & { readonly since: number }>
  timers: readonly TimerRow[]
  lock?: { readonly order: number; readonly sinceMs: number } | undefined
  readonly involved: Set<string>
  /** Only while it is. */
  suspendedAtMs?: number | undefined
}

export interface Tables {
  readonly now: () => number
  readonly listeners: Listeners
  position: number
  /** Instances begun so far; work items opened so far. */
  begun: number
  opened: number
  readonly instances: Map<string, MemoryInstance>
  readonly purged: Map<string, PurgedInstance>
  feed: FeedEvent[]
  /** Events up to here are no longer kept. */
  feedFloor: number
  readonly messages: Map<number, KeptMessage>
  lastMessage: number
  readonly answers: Map<string, IdempotentAnswer & { readonly atMs: number }>
  readonly drafts: Map<string, DraftRow>
  readonly versions: Map<string, VersionRow[]>
  /** Highest version number ever given, by workflow. */
  readonly lastVersion: Map<string, number>
  readonly bundles: Map<string, Uint8Array>
  readonly users: Map<string, Omit<UserRow, 'roles' | 'groups'>>
  /** By workspace and user. */
  readonly roles: Map<string, readonly Role[]>
  readonly groups: Map<string, Group>
  readonly sessions: Map<string, SessionRow>
  readonly tokens: Map<string, TokenRow>
  readonly notes: Map<string, { readonly user: string; readonly key: string; readonly value: JsonValue; readonly updatedAtMs: number }>
  readonly settings: Map<string, JsonValue>
  /** Who has opened which open item, by instance and step. */
  readonly seen: Map<string, Set<string>>
  /** What happened in a quarter of an hour, by workspace, workflow and quarter. */
  readonly activity: Map<
    string,
    {
      readonly workspace: string
      readonly workflow: string
      readonly quarter: number
      readonly counts: { -readonly [K in keyof Activity]: number }
    }
  >
  /** By id; `order` in which they were made. */
  readonly batches: Map<string, { readonly order: number; record: BatchRecord; readonly rows: Map<number, BatchRow> }>
}

export const createTables = (now: () => number): Tables => ({
  now,
  listeners: createListeners(),
  position: 0,
  begun: 0,
  opened: 0,
  instances: new Map(),
  purged: new Map(),
  feed: [],
  feedFloor: 0,
  messages: new Map(),
  lastMessage: 0,
  answers: new Map(),
  drafts: new Map(),
  versions: new Map(),
  lastVersion: new Map(),
  bundles: new Map(),
  users: new Map(),
  roles: new Map(),
  groups: new Map(),
  sessions: new Map(),
  tokens: new Map(),
  notes: new Map(),
  settings: new Map(),
  seen: new Map(),
  batches: new Map(),
  activity: new Map(),
})

/** One key of several parts; no part contains NUL. */
export const keyOf = (...parts: readonly (string | number)[]): string => parts.join('\0')

/** Adds a change outside instances to the feed and tells listeners. */
export const publishChange = (tables: Tables, event: Omit<FeedEvent, 'seq' | 'atMs'>): void => {
  const placed = { seq: ++tables.position, atMs: tables.now(), ...event }
  tables.feed.push(placed)
  tables.listeners.tell([placed])
}
