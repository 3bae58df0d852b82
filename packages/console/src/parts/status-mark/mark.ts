import type { InstanceSummary, Why } from '@millrace/protocol'

/** The shapes of status; each has its colour `--mr-*` and its word. The same ones stand on rows, graph tokens, timeline bars and the favicon. */
export const MARKS = ['person', 'running', 'queued', 'timer', 'incident', 'failed', 'completed', 'suspended', 'aborted', 'stale'] as const
export type Mark = (typeof MARKS)[number]

/** What a row or a page shows of an instance: the status alone would call a person's wait "running". */
export const markOf = (
  instance: Pick<InstanceSummary, 'status' | 'incidents'> & { readonly why?: Pick<Why, 'code'> | undefined },
): Mark => {
  switch (instance.status) {
    case 'COMPLETED':
      return 'completed'
    case 'FAILED':
      return 'failed'
    case 'ABORTED':
    case 'CANCELLING':
      return 'aborted'
    case 'SUSPENDED':
      return 'suspended'
    case 'QUEUED':
      return 'queued'
    case 'SCHEDULED':
      return 'timer'
    case 'RUNNING':
      return instance.incidents > 0 ? 'incident' : markOfWhy(instance.why?.code)
  }
}

/** The shape of a reason to wait. */
export const markOfWhy = (code: Why['code'] | undefined): Mark => {
  switch (code) {
    case 'PERSON':
      return 'person'
    case 'NOBODY':
    case 'INCIDENT':
      return 'incident'
    case 'RETRY':
    case 'TIMER':
    case 'SCHEDULED':
      return 'timer'
    case 'QUEUED':
      return 'queued'
    case 'SUSPENDED':
      return 'suspended'
    case 'CANCELLING':
      return 'aborted'
    case 'STALE':
      return 'stale'
    case 'CALLBACK':
    case 'MESSAGE':
    case 'CHILD':
    case 'JOIN':
    case 'TASK':
    case 'CODE':
    case undefined:
      return 'running'
  }
}
