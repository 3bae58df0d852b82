import { z } from 'zod'
import { Backup } from '../operate.ts'
import { defineRoute } from './route.ts'

export const backups = {
  list: defineRoute({
    method: 'GET',
    path: '/backups',
    noun: 'backup',
    summary: 'List backups, newest first',
    access: 'administrator',
    answers: { 200: z.object({ items: z.array(Backup), asOf: z.number().int() }) },
  }),
  create: defineRoute({
    method: 'POST',
    path: '/backups',
    noun: 'backup',
    summary: 'Make an online copy of everything',
    description: 'Into the data folder’s `backups`. Work goes on meanwhile. Restore with `millrace backup restore`.',
    access: 'administrator',
    answers: { 201: Backup },
    errors: ['STORE_FULL'],
    repeat: 'kept',
  }),
} as const
