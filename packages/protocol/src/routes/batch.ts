import { z } from 'zod'
import { Batch, BatchPlan, BatchRow, BatchRowState, CreateBatch } from '../batch.ts'
import { PageQuery, pageOf } from '../page.ts'
import { defineRoute } from './route.ts'

const params = z.object({ id: z.string() })

export const batches = {
  list: defineRoute({
    method: 'GET',
    path: '/batches',
    noun: 'batch',
    summary: 'List batches, newest first',
    access: 'operator',
    query: PageQuery.strict(),
    answers: { 200: pageOf(Batch) },
  }),
  create: defineRoute({
    method: 'POST',
    path: '/batches',
    noun: 'batch',
    summary: 'Repair many instances alike: first 1, then 10, then the rest; stop at the first failure',
    description:
      'The rows are fixed now: the incidents of a `group`, `instances` by id, or those of a `filter`, at most 10,000. It goes on by itself, also ' +
      'over a restart of the server; `GET /batches/:id` has its progress, `GET /batches/:id/rows` a result per row. A retry that fails again is ' +
      'an incident again.',
    access: 'operator',
    body: CreateBatch,
    answers: { 201: Batch },
    errors: ['NOT_FOUND'],
    repeat: 'kept',
  }),
  plan: defineRoute({
    method: 'POST',
    path: '/batches/plan',
    noun: 'batch',
    summary: 'See how many rows a batch would have, without making it',
    access: 'operator',
    body: CreateBatch,
    answers: { 200: BatchPlan },
    errors: ['NOT_FOUND'],
  }),
  get: defineRoute({
    method: 'GET',
    path: '/batches/:id',
    noun: 'batch',
    summary: 'Get a batch: its stage, and how many rows are in which state',
    access: 'operator',
    params,
    answers: { 200: Batch },
  }),
  rows: defineRoute({
    method: 'GET',
    path: '/batches/:id/rows',
    noun: 'batch',
    summary: 'List the rows of a batch with the result of each',
    access: 'operator',
    params,
    query: PageQuery.extend({ state: BatchRowState.optional() }).strict(),
    answers: { 200: pageOf(BatchRow) },
  }),
  pause: defineRoute({
    method: 'POST',
    path: '/batches/:id/pause',
    noun: 'batch',
    summary: 'Begin nothing more; what is on its way gets its result',
    access: 'operator',
    params,
    answers: { 200: Batch },
    errors: ['WRONG_STATUS'],
  }),
  resume: defineRoute({
    method: 'POST',
    path: '/batches/:id/resume',
    noun: 'batch',
    summary: 'Go on with the rows that wait, also after a failure',
    access: 'operator',
    params,
    answers: { 200: Batch },
    errors: ['WRONG_STATUS'],
  }),
  cancel: defineRoute({
    method: 'POST',
    path: '/batches/:id/cancel',
    noun: 'batch',
    summary: 'End it: the rows that wait are left as they are',
    access: 'operator',
    params,
    answers: { 200: Batch },
    errors: ['WRONG_STATUS'],
  }),
} as const
