import type { JsonValue } from '@millrace/model'
import type { Cancellation, TaskAttempt } from '@millrace/protocol'

/** An attempt as the engine gives it, for tests. */
export const attemptOf = (task: string, input?: JsonValue, more: Partial<TaskAttempt> = {}): TaskAttempt => ({
  instance: '01890000-0000-7000-8000-000000000001',
  workspace: 'default',
  workflow: 'publish-page',
  step: 3,
  node: 'activate',
  attempt: 1,
  task,
  key: '01890000-0000-7000-8000-000000000001:3',
  ...(input === undefined ? {} : { input }),
  ...more,
})

export const never = (): Cancellation => new AbortController().signal
