import type { AnswerOf, CommandOptions, Route, Routes } from '@millrace/protocol'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { Caller } from '../access/caller.ts'

type Parsed<R, K extends string> = R extends { readonly [P in K]: infer S extends z.ZodType } ? z.output<S> : undefined

/** One request that was let in and whose parts fit their schemas. */
export interface Call<R extends Route> {
  readonly params: Parsed<R, 'params'>
  readonly query: Parsed<R, 'query'>
  readonly body: Parsed<R, 'body'>
  readonly caller: R['access'] extends 'public' ? undefined : Caller
  /** For the host: how a repeat is recognised. */
  readonly options: CommandOptions
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

/** The same value, promised not to be changed: what the stores hand out. */
type Handed<T> = T extends readonly (infer I)[] ? readonly Handed<I>[] : T extends object ? { readonly [K in keyof T]: Handed<T[K]> } : T

export type Handler<R extends Route> = (call: Call<R>) => Promise<Handed<AnswerOf<R>>> | Handed<AnswerOf<R>>

/** A handler for every route of a noun: one that is missing does not compile. */
export type HandlersOf<N extends keyof Routes> = {
  readonly [K in keyof Routes[N]]: Routes[N][K] extends Route ? Handler<Routes[N][K]> : never
}

export type Handlers = { readonly [N in keyof Routes]: HandlersOf<N> }
