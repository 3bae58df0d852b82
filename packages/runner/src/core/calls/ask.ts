import type { Route } from '@millrace/model'
import type { AskOptions, Principal, RouteOption } from '@millrace/workflow'
import type { z } from 'zod'
import type { CallBody, Decode } from '../instance.ts'
import type { Realm } from '../realm.ts'
import { durationMs } from './duration.ts'
import { isSchema, jsonSchemaOf, parseWith } from './form.ts'

type Ask = AskOptions<readonly RouteOption[], z.ZodType>

const PRINCIPAL = /^(user|group):[^\s:][^:]*$/

export const askCall = (realm: Realm, ask: Ask, nowMs: number): CallBody => {
  if (typeof ask !== 'object' || ask === null || typeof ask.title !== 'string')
    throw new Error(
      "run.ask needs { to, title, routes }, such as { to: group('finance'), title: 'Refund 42', routes: ['approve', 'reject'] }",
    )
  const to = principals(ask.to)
  if (!isList(ask.routes) || ask.routes.length === 0)
    throw new Error(`run.ask "${ask.title}" has no routes: name what the person can choose, such as routes: ['approve', 'reject']`)
  const routes = ask.routes.map((option) => route(realm, option))
  const twice = routes.find((each, i) => routes.findIndex((other) => other.name === each.name) !== i)
  if (twice !== undefined) throw new Error(`run.ask "${ask.title}" has the route ${twice.name} twice`)
  return {
    kind: 'ask',
    name: ask.name ?? 'ask',
    to,
    title: ask.title,
    routes,
    ...(ask.description === undefined ? {} : { description: ask.description }),
    ...(ask.form === undefined ? {} : { form: jsonSchemaOf(realm, ask.form, 'The form') }),
    ...(ask.initial === undefined ? {} : { initial: ask.initial as never }),
    ...(ask.dueIn === undefined ? {} : { dueInMs: durationMs(ask.dueIn, nowMs) }),
    ...(ask.priority === undefined ? {} : { priority: ask.priority }),
    ...(ask.metadata === undefined ? {} : { metadata: ask.metadata }),
  }
}

/** What the host says of an answer, as the author's `{ route, form, by, comment }`. */
export const askAnswer =
  (realm: Realm, ask: Ask): Decode =>
  (result) => {
    const output = (result.output ?? {}) as {
      readonly route?: string
      readonly answer?: unknown
      readonly by?: string
      readonly comment?: string
    }
    const name = output.route ?? result.route
    const chosen = ask.routes.find((option) => (typeof option === 'string' ? option : option.name) === name)
    const form = (typeof chosen === 'object' ? chosen.form : undefined) ?? ask.form
    const answer = output.answer ?? realm.primitives.object([], [])
    const values = isSchema(form)
      ? parseWith(realm, form, answer, { code: 'ANSWER_INVALID', what: `The answer to "${ask.title}"` })
      : answer
    const { by = '', comment } = output
    return realm.primitives.object(
      comment === undefined ? ['route', 'form', 'by'] : ['route', 'form', 'by', 'comment'],
      comment === undefined ? [name, values, by] : [name, values, by, comment],
    )
  }

/** `Array.isArray` keeps no element type. */
const isList = (value: readonly unknown[]): boolean => Array.isArray(value)

const principals = (to: Principal | readonly Principal[]): readonly Principal[] => {
  const list: readonly Principal[] = typeof to === 'string' ? [to] : to
  if (!isList(list) || list.length === 0) throw new Error("run.ask has nobody to ask: give to: user('ana') or group('finance')")
  for (const each of list) {
    if (typeof each !== 'string' || !PRINCIPAL.test(each))
      throw new Error(`${JSON.stringify(each)} is nobody: write user('ana') or group('finance')`)
  }
  return list
}

const route = (realm: Realm, option: RouteOption): Route => {
  if (typeof option === 'string') return { name: option }
  const { form, name, label, style, commentRequired } = option
  return {
    name,
    ...(label === undefined ? {} : { label }),
    ...(style === undefined ? {} : { style }),
    ...(commentRequired === undefined ? {} : { commentRequired }),
    ...(form === undefined ? {} : { form: jsonSchemaOf(realm, form, `The form of route ${name}`) }),
  }
}
