import { z } from 'zod'
import { CommandAnswer } from '../instance.ts'
import { Json } from '../json.ts'
import { defineRoute } from './route.ts'

export const callbacks = {
  answer: defineRoute({
    method: 'POST',
    path: '/callbacks/:token',
    noun: 'callback',
    summary: 'Complete the step that waits for this callback',
    description: 'Whoever has the address may answer, once, without signing in. Only POST acts: a GET, as link scanners make, is a 405.',
    access: 'public',
    params: z.object({ token: z.string() }),
    body: Json.default(null),
    answers: { 200: CommandAnswer },
    errors: ['STEP_CLOSED', 'WRONG_STATUS'],
    repeat: 'commit',
  }),
} as const
