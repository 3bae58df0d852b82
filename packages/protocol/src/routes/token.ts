import { z } from 'zod'
import { PageQuery, pageOf } from '../page.ts'
import { CreateToken, Token, TokenWithSecret } from '../people.ts'
import { defineRoute } from './route.ts'

export const tokens = {
  list: defineRoute({
    method: 'GET',
    path: '/tokens',
    noun: 'token',
    summary: 'List my API tokens',
    description: 'Administrators may name another `user`, or `*` for all.',
    access: 'member',
    query: PageQuery.extend({ user: z.string().optional() }).strict(),
    answers: { 200: pageOf(Token) },
  }),
  create: defineRoute({
    method: 'POST',
    path: '/tokens',
    noun: 'token',
    summary: 'Make an API token',
    description:
      'The secret is in this answer and nowhere else, so a repeat with the same `Idempotency-Key` makes another. ' +
      'A token carries the rights its user has when it is used.',
    access: 'member',
    body: CreateToken,
    answers: { 201: TokenWithSecret },
  }),
  delete: defineRoute({
    method: 'DELETE',
    path: '/tokens/:id',
    noun: 'token',
    summary: 'Revoke an API token',
    description: 'Works at once, also for open event streams.',
    access: 'member',
    params: z.object({ id: z.string() }),
    answers: { 204: null },
    repeat: 'kept',
  }),
} as const
