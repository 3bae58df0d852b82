import { Bulk, BulkAnswer } from '../bulk.ts'
import { defineRoute } from './route.ts'

export const bulk = {
  run: defineRoute({
    method: 'POST',
    path: '/bulk',
    noun: 'bulk',
    summary: 'Do one thing to up to 200 work items or instances, with a result for each',
    description:
      '`complete` (with a route and comment), `claim`, `unclaim`, `delegate` take ids of work items; `suspend`, `resume`, `cancel`, `terminate`, ' +
      '`retry` ids of instances. Each row is done or refused by itself: what you may not see is not found, what you may not do is refused. ' +
      'With `dryRun` nothing is done. For more than 200 there are batches.',
    access: 'member',
    body: Bulk,
    answers: { 200: BulkAnswer },
    repeat: 'kept',
  }),
} as const
