import { z } from 'zod'
import { PageQuery, pageOf } from '../page.ts'
import { InboxCounts, WorkItemSummary } from '../work-item.ts'
import { defineRoute } from './route.ts'

/** Query of `GET /inbox`. */
export const InboxQuery = PageQuery.extend({
  view: z.enum(['mine', 'groups', 'open', 'done', 'started', 'all']).default('open'),
  workflow: z.string().optional(),
  search: z.string().max(200).optional(),
  instance: z.string().optional(),
  trouble: z.enum(['nobody', 'late']).optional(),
  createdFrom: z.iso.datetime({ offset: true }).optional(),
  createdTo: z.iso.datetime({ offset: true }).optional(),
  sort: z.enum(['due', '-created', 'created', '-priority']).optional(),
}).strict()

export const inbox = {
  list: defineRoute({
    method: 'GET',
    path: '/inbox',
    noun: 'work-item',
    summary: 'List work items',
    description:
      '`mine`: assigned to me or claimed by me; `groups`: offered to my groups; `open`: both; `done`: decided by me; ' +
      '`started`: open ones of instances I started; `all`: everybody’s, for operators. `trouble=late` keeps what is past its due time; `trouble=nobody`, of the view `all`, what nobody can answer.',
    access: 'member',
    query: InboxQuery,
    answers: { 200: pageOf(WorkItemSummary) },
    errors: ['FORBIDDEN'],
  }),
  counts: defineRoute({
    method: 'GET',
    path: '/inbox/counts',
    noun: 'work-item',
    summary: 'Count the rows of each view',
    access: 'member',
    answers: { 200: InboxCounts },
  }),
} as const
