/** What can be done with an instance, by its status and the reader's rights. The server has the last word; this keeps dead ends off the page. */
import type { Instance, InstanceSummary, OpenStep, Why } from '@millrace/protocol'

export const ACTIONS = ['retry', 'skip', 'message', 'data', 'suspend', 'resume', 'restart', 'cancel', 'terminate'] as const
export type Action = (typeof ACTIONS)[number]

export interface ActionRights {
  readonly operates: boolean
  /** The reader started it. */
  readonly isOwn: boolean
}

/** In the order of the menu: what mends first, what ends last. */
export const actionsFor = (
  instance: Pick<Instance, 'status' | 'kind' | 'steps' | 'incident'>,
  { operates, isOwn }: ActionRights,
): readonly Action[] => {
  const { status, steps } = instance
  const isRunning = status === 'RUNNING'
  const isEnded = status === 'COMPLETED' || status === 'FAILED' || status === 'ABORTED'
  const can: { readonly [A in Action]: boolean } = {
    retry: isRunning && (instance.incident !== undefined || steps.some(canRetry)),
    skip: isRunning && steps.length > 0,
    message: isRunning && (instance.kind === 'code' || steps.some(({ waits }) => waits === 'message')),
    data: !isEnded && status !== 'CANCELLING',
    suspend: isRunning,
    resume: status === 'SUSPENDED' || status === 'FAILED' || status === 'ABORTED',
    restart: isEnded,
    cancel: !isEnded && status !== 'CANCELLING',
    terminate: !isEnded,
  }
  return ACTIONS.filter((action) => can[action] && (operates || (isOwn && action === 'cancel')))
}

export const canRetry = (step: Pick<OpenStep, 'waits' | 'incident' | 'retryAtMs'>): boolean =>
  step.incident !== undefined || step.retryAtMs !== undefined

/** The one thing that unblocks an instance: an action of ours, or a page where somebody can. */
export type MainAction =
  | { readonly kind: 'do'; readonly action: Action; readonly step?: number }
  | { readonly kind: 'open'; readonly noun: 'work-item' | 'instance'; readonly id: string }
  | { readonly kind: 'open'; readonly noun: 'lock' | 'doctor' }

/** What stands beside the why-line; undefined where nothing needs to be done, or the reader may not. */
export const mainAction = (
  instance: Pick<InstanceSummary, 'status'> & { readonly why?: Why | undefined },
  actions: readonly Action[],
  operates: boolean,
): MainAction | undefined => {
  const { status, why } = instance
  const doIt = (action: Action): MainAction | undefined => {
    const step = why?.params.step
    return actions.includes(action) ? { kind: 'do', action, ...(typeof step === 'number' ? { step } : {}) } : undefined
  }
  if (status === 'FAILED') return doIt('restart')
  if (why === undefined) return undefined
  const blocker = (noun: string): string | undefined => why.blockers.find(([of]) => of === noun)?.[1]
  switch (why.code) {
    case 'INCIDENT':
    case 'RETRY':
      return doIt('retry')
    case 'SUSPENDED':
      return doIt('resume')
    case 'MESSAGE':
      return doIt('message')
    case 'PERSON':
    case 'NOBODY': {
      const id = blocker('work-item')
      return id === undefined ? undefined : { kind: 'open', noun: 'work-item', id }
    }
    case 'CHILD': {
      const id = blocker('instance')
      return id === undefined ? undefined : { kind: 'open', noun: 'instance', id }
    }
    case 'QUEUED':
      return operates ? { kind: 'open', noun: 'lock' } : undefined
    case 'STALE':
      return operates ? { kind: 'open', noun: 'doctor' } : undefined
    case 'CALLBACK':
      return doIt('skip')
    case 'TASK':
    case 'TIMER':
    case 'SCHEDULED':
    case 'CANCELLING':
    case 'CODE':
    case 'JOIN':
      return undefined
  }
}
