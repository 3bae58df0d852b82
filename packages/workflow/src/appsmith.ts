/**
 * The Appsmith shape: a module that exports `executeWorkflow(data)` and asks people with the global `appsmith`. Import this module for
 * its types: `import type {} from '@millrace/workflow/appsmith'`.
 */
import type { JsonValue } from './json.ts'

/** A request as Appsmith writes it; `allowedResolutions` is the older word for `resolutions`. */
export interface AssignRequest<Resolution extends string = string> {
  readonly requestName: string
  readonly message?: string
  readonly resolutions?: readonly Resolution[]
  readonly allowedResolutions?: readonly Resolution[]
  readonly metadata?: JsonValue
  /** At least one of the two. */
  readonly requestToUsers?: readonly string[]
  readonly requestToGroups?: readonly string[]
}

/** The answer; `payload` and `metadata` are both what the person or program gave with it. As a text it is the resolution. */
export interface AssignAnswer<Resolution extends string = string> {
  readonly workflowInstanceId: string
  readonly resolution: Resolution
  readonly payload: JsonValue
  readonly metadata: JsonValue
}

export interface Appsmith {
  readonly workflows: {
    assignRequest<const Resolution extends string>(request: AssignRequest<Resolution>): Promise<AssignAnswer<Resolution>>
  }
}

declare global {
  /** Only inside a workflow. */
  const appsmith: Appsmith
}
