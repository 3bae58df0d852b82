import { Me, SignIn } from '../session.ts'
import { defineRoute } from './route.ts'

export const session = {
  current: defineRoute({
    method: 'GET',
    path: '/session',
    noun: 'session',
    summary: 'Who is signed in here, or null',
    description: 'For pages that have not signed anybody in yet: what is a 401 at `/me` is an answer here.',
    access: 'public',
    answers: { 200: Me.nullable() },
  }),
  signIn: defineRoute({
    method: 'POST',
    path: '/session',
    noun: 'session',
    summary: 'Sign in with a password',
    description:
      'Sets a cookie (HttpOnly, SameSite=Lax) that lasts 14 days. Send `csrf` of the answer as `X-CSRF-Token` with every write. ' +
      'Programs use an API token instead: `Authorization: Bearer mr_…`.',
    access: 'public',
    body: SignIn,
    answers: { 201: Me },
    errors: ['UNAUTHENTICATED', 'RATE_LIMITED'],
  }),
  signOut: defineRoute({
    method: 'DELETE',
    path: '/session',
    noun: 'session',
    summary: 'Sign out',
    access: 'member',
    answers: { 204: null },
  }),
} as const
