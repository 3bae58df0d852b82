import type { z } from 'zod'
import type { Duration } from './duration.ts'
import type { JsonValue } from './json.ts'
import type { Principal } from './principal.ts'

/** A route with more than a name. */
export interface RouteOptions {
  readonly name: string
  /** Words on the button; absent = the name. */
  readonly label?: string
  readonly style?: 'primary' | 'danger'
  /** The form for this route, in place of the request's own. */
  readonly form?: z.ZodType
  /** The person must say why. */
  readonly commentRequired?: boolean
}

export type RouteOption = string | RouteOptions

/** A request to people: it opens a work item in their inbox. */
export interface AskOptions<Routes extends readonly RouteOption[], Form extends z.ZodType> {
  /** Who may answer: whoever is first. */
  readonly to: Principal | readonly Principal[]
  readonly title: string
  /** Markdown. */
  readonly description?: string
  /** What the person can choose; at least one. */
  readonly routes: Routes
  /** What the person fills in. The server checks the answer against its JSON Schema; refinements JSON Schema cannot say are checked when the answer arrives. */
  readonly form?: Form
  /** What the form shows at first. */
  readonly initial?: Partial<NoInfer<z.input<Form>>>
  readonly dueIn?: Duration
  /** 0 to 100; default 50. */
  readonly priority?: number
  /** For programs and screens: not shown as a form. */
  readonly metadata?: JsonValue
  /** Name of the step, the same at every replay; default the title's place: `ask`. */
  readonly name?: string
}

/** The form of a request without one. */
export type NoForm = z.ZodObject<Record<never, never>>

/**
 * What a person answered: a union with one member for each route, so that `answer.route` narrows `answer.form`.
 *
 * @example if (answer.route === 'reject') log(answer.form.reason)
 */
export type Answer<Route extends RouteOption, Form extends z.ZodType> = Route extends string
  ? AnswerBy<Route, z.output<Form>>
  : Route extends { readonly name: infer Name extends string; readonly form: infer Own extends z.ZodType }
    ? AnswerBy<Name, z.output<Own>>
    : Route extends { readonly name: infer Name extends string }
      ? AnswerBy<Name, z.output<Form>>
      : never

export interface AnswerBy<Name extends string, Values> {
  readonly route: Name
  readonly form: Values
  /** Who decided, by sign-in name. */
  readonly by: string
  readonly comment?: string
}
