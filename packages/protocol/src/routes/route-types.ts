/** Types computed from the route table, for callers: no code, so that a browser needs no zod. */
import type { z } from 'zod'
import type { Route } from './route.ts'
import type { Routes } from './table.ts'

type AnyRoute = { [N in keyof Routes]: Routes[N][keyof Routes[N]] }[keyof Routes]

/** `GET /instances/:id` → its entry. */
export type RouteByKey = { [R in AnyRoute as `${R['method']} ${R['path']}`]: R }
export type RouteKey = keyof RouteByKey

type PathNames<P extends string> = P extends `${string}:${infer Name}/${infer Rest}`
  ? Name | PathNames<Rest>
  : P extends `${string}:${infer Name}`
    ? Name
    : never

/** What a caller gives for a schema that coerces: where the input could be anything, the type it becomes. */
type Given<T extends z.ZodType> =
  z.input<T> extends infer I
    ? { [K in keyof I]: unknown extends I[K] ? (K extends keyof z.output<T> ? z.output<T>[K] : I[K]) : I[K] }
    : never

export type QueryInput<R> = R extends { readonly query: infer Q extends z.ZodType } ? Given<Q> : never
export type BodyInput<R> = R extends { readonly body: infer B extends z.ZodType } ? z.input<B> : never

type Answers<R> = R extends { readonly answers: infer A } ? A[keyof A] : never
/** What a success answers; `void` where it has no body. */
export type AnswerOf<R> = Answers<R> extends infer A ? (A extends z.ZodType ? z.output<A> : void) : never

type ParamsPart<P extends string> = [PathNames<P>] extends [never]
  ? unknown
  : { readonly params: { readonly [N in PathNames<P>]: string | number } }
type OptionalIfEmpty<K extends string, T> = Record<never, never> extends T ? { readonly [N in K]?: T } : { readonly [N in K]: T }
type QueryPart<R> = R extends { readonly query: z.ZodType } ? OptionalIfEmpty<'query', QueryInput<R>> : unknown
type BodyPart<R> = R extends { readonly body: z.ZodType } ? OptionalIfEmpty<'body', BodyInput<R>> : unknown

/** What a call of a route takes. */
export type ArgumentsOf<R> = R extends Route ? ParamsPart<R['path']> & QueryPart<R> & BodyPart<R> : never
