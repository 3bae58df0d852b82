import { z } from 'zod'
import { FeedEvent } from '../operate.ts'
import { defineRoute } from './route.ts'

export const events = {
  stream: defineRoute({
    method: 'GET',
    path: '/events',
    noun: 'event',
    summary: 'Stream what changes, as server-sent events',
    description:
      'One `message` per change, its `id` is the feed position. Resume with `Last-Event-ID` or `after`; without either it begins now. ' +
      'Positions are kept 7 days; an older one is a 410 CURSOR_GONE: load afresh. Only what you may read is sent. A line without data comes ' +
      'every 15 s and moves the position on.',
    access: 'member',
    query: z.strictObject({ after: z.coerce.number().int().min(0).optional() }),
    answers: { 200: FeedEvent },
    errors: ['CURSOR_GONE', 'OVERLOADED'],
    streams: 'text/event-stream',
  }),
} as const
