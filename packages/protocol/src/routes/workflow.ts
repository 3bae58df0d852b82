import { z } from 'zod'
import { PageQuery, pageOf } from '../page.ts'
import { DeleteWorkflowAnswer, SyncAnswer, SyncCode, Version, VersionSummary, WorkflowSummary } from '../workflow.ts'
import { BUNDLE_BODY_LIMIT, defineRoute } from './route.ts'

const params = z.object({ id: z.string() })

export const workflows = {
  list: defineRoute({
    method: 'GET',
    path: '/workflows',
    noun: 'workflow',
    summary: 'List everything that can be started: models and code workflows',
    description: 'Members see those they may start.',
    access: 'member',
    query: PageQuery.extend({
      kind: z.enum(['graph', 'code']).optional(),
      search: z.string().max(200).optional(),
      tag: z.string().max(200).optional(),
    }).strict(),
    answers: { 200: pageOf(WorkflowSummary) },
  }),
  get: defineRoute({
    method: 'GET',
    path: '/workflows/:id',
    noun: 'workflow',
    summary: 'Get a workflow',
    access: 'member',
    params,
    answers: { 200: WorkflowSummary },
  }),
  sync: defineRoute({
    method: 'POST',
    path: '/workflows/:id/sync',
    noun: 'workflow',
    summary: 'Upload the bundle of a code workflow as its next version',
    description: 'Made by `millrace sync`. The same bundle again makes no new version. Limit 16 MiB.',
    access: 'editor',
    params,
    body: SyncCode,
    answers: { 200: SyncAnswer },
    errors: ['MODEL_INVALID', 'TASK_UNKNOWN'],
    bodyLimit: BUNDLE_BODY_LIMIT,
    repeat: 'kept',
  }),
  delete: defineRoute({
    method: 'DELETE',
    path: '/workflows/:id',
    noun: 'workflow',
    summary: 'Delete every version no open instance uses',
    access: 'editor',
    params,
    answers: { 200: DeleteWorkflowAnswer },
    repeat: 'kept',
  }),
  versions: defineRoute({
    method: 'GET',
    path: '/workflows/:id/versions',
    noun: 'workflow',
    summary: 'List versions, newest first',
    access: 'member',
    params,
    query: PageQuery.strict(),
    answers: { 200: pageOf(VersionSummary) },
  }),
  version: defineRoute({
    method: 'GET',
    path: '/workflows/:id/versions/:version',
    noun: 'workflow',
    summary: 'Get a version',
    description: 'Its source is shown to editors, operators and administrators only.',
    access: 'member',
    params: z.object({ id: z.string(), version: z.coerce.number().int().min(1) }),
    answers: { 200: Version },
  }),
} as const
