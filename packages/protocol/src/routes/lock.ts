import { z } from 'zod'
import { Lock } from '../operate.ts'
import { defineRoute } from './route.ts'

export const locks = {
  list: defineRoute({
    method: 'GET',
    path: '/locks',
    noun: 'lock',
    summary: 'List locks: who holds them and who waits, in line',
    access: 'operator',
    answers: { 200: z.object({ items: z.array(Lock), asOf: z.number().int() }) },
  }),
  get: defineRoute({
    method: 'GET',
    path: '/locks/:name',
    noun: 'lock',
    summary: 'Get a lock',
    access: 'operator',
    params: z.object({ name: z.string() }),
    answers: { 200: Lock },
  }),
} as const
