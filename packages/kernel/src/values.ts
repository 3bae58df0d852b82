import type { JsonSchema, JsonValue, Route } from '@millrace/model'

export type { JsonSchema, JsonValue, Route }

/** Data of an instance by name. */
export type Data = { readonly [name: string]: JsonValue }

/** What is worked on. */
export type Payload =
  | { readonly kind: 'path' | 'uuid' | 'url'; readonly ref: string }
  | { readonly kind: 'json'; readonly json: JsonValue }
  | { readonly kind: 'none' }

/** Who acts. `user` decides and is recorded; `onBehalfOf` is the person whose right is used (DESIGN 8.8). */
export interface Actor {
  readonly user: string
  readonly groups: readonly string[]
  /** May act on every instance (role operator or administrator, or the host itself). */
  readonly isOperator: boolean
  readonly onBehalfOf?: string
}

/** Whose right counts: the person acted for, or the one who acts. */
export const personOf = (actor: Actor): string => actor.onBehalfOf ?? actor.user

/** The host acting by itself: timers, admission, results. */
export const SYSTEM: Actor = { user: 'system', groups: [], isOperator: true }

/** An error as data: it crosses processes and is stored in facts. */
export interface Failure {
  /** Stable UPPER_SNAKE code: an author's own, or one of the catalogue. */
  readonly code: string
  readonly message: string
  readonly retryable?: boolean
  readonly stack?: string
  readonly details?: JsonValue
}

/** A person or group named as `user:ana` or `group:editors`. */
export type Principal = `user:${string}` | `group:${string}`

/** Index of a transition in the version's list: where tokens stand. */
export type Edge = number

/** Who is asked: the assignee, or else the candidates. */
export const askedOf = (asked: { readonly assignee?: string; readonly candidates: readonly Principal[] }): readonly Principal[] =>
  asked.assignee === undefined ? asked.candidates : [`user:${asked.assignee}`]
