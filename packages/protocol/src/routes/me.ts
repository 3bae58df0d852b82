import { JsonObject } from '../json.ts'
import { ChangePassword, Me } from '../session.ts'
import { defineRoute } from './route.ts'

export const me = {
  get: defineRoute({
    method: 'GET',
    path: '/me',
    noun: 'me',
    summary: 'Who am I, and what may I do',
    access: 'member',
    answers: { 200: Me },
  }),
  changePassword: defineRoute({
    method: 'POST',
    path: '/me/password',
    noun: 'me',
    summary: 'Change my password',
    description: 'Ends all sessions of the person but this one.',
    access: 'member',
    body: ChangePassword,
    answers: { 204: null },
    errors: ['UNAUTHENTICATED', 'RATE_LIMITED'],
  }),
  preferences: defineRoute({
    method: 'GET',
    path: '/me/preferences',
    noun: 'me',
    summary: 'Read my preferences',
    access: 'member',
    answers: { 200: JsonObject },
  }),
  savePreferences: defineRoute({
    method: 'PUT',
    path: '/me/preferences',
    noun: 'me',
    summary: 'Save my preferences',
    description: 'Replaces all of them. At most 16 KiB.',
    access: 'member',
    body: JsonObject,
    answers: { 200: JsonObject },
    bodyLimit: 16_384,
  }),
} as const
