import { z } from 'zod'
import { PageQuery, pageOf } from '../page.ts'
import { Password } from '../password.ts'
import { ChangeUser, CreateUser, User, UserWithPassword } from '../people.ts'
import { defineRoute } from './route.ts'

const params = z.object({ name: z.string() })

export const users = {
  list: defineRoute({
    method: 'GET',
    path: '/users',
    noun: 'user',
    summary: 'List users',
    access: 'administrator',
    query: PageQuery.extend({ search: z.string().max(200).optional() }).strict(),
    answers: { 200: pageOf(User) },
  }),
  create: defineRoute({
    method: 'POST',
    path: '/users',
    noun: 'user',
    summary: 'Create a user',
    access: 'administrator',
    body: CreateUser,
    answers: { 201: UserWithPassword },
    errors: ['EXISTS'],
  }),
  get: defineRoute({
    method: 'GET',
    path: '/users/:name',
    noun: 'user',
    summary: 'Get a user',
    access: 'administrator',
    params,
    answers: { 200: User },
  }),
  change: defineRoute({
    method: 'PATCH',
    path: '/users/:name',
    noun: 'user',
    summary: 'Change a user',
    description: 'What is absent stays. `isActive: false` ends their sessions and stops their tokens at once.',
    access: 'administrator',
    params,
    body: ChangeUser,
    answers: { 200: User },
    errors: ['LAST_ADMINISTRATOR'],
  }),
  setPassword: defineRoute({
    method: 'POST',
    path: '/users/:name/password',
    noun: 'user',
    summary: 'Give a user a new password',
    description: 'Without one in the body the server makes one and shows it once. Ends all their sessions.',
    access: 'administrator',
    params,
    body: z.strictObject({ password: Password.optional() }),
    answers: { 200: UserWithPassword },
  }),
} as const
