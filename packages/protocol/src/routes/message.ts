import { z } from 'zod'
import { Message } from '../instance.ts'
import { defineRoute } from './route.ts'

export const messages = {
  publish: defineRoute({
    method: 'POST',
    path: '/messages',
    noun: 'message',
    summary: 'Publish a message to whoever waits for it',
    description: 'Kept by name and key where nobody waits for it yet. `received` counts those who got it now.',
    access: 'operator',
    body: Message,
    answers: { 200: z.object({ received: z.number().int() }) },
    repeat: 'commit',
  }),
} as const
