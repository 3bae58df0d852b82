/**
 * What bundles and the runner use besides the public names: ABI 1. Written by the bundler and the runner, not by authors. Bundles are
 * stored and outlive releases, so a name here may be added but not changed; what must change gets the next number.
 */
import type { TaskReference } from './task.ts'
import type { WorkflowReference } from './workflow.ts'

export {
  isUsableNodeModule,
  notAvailable,
  OUTSIDE_MAY_CHANGE,
  PURE_NODE_MODULES,
  REACHES_OUTSIDE,
  REFUSED_GLOBALS,
  REMOVED_GLOBALS,
} from './replayable.ts'
export { workflowErrorOn } from './workflow-error.ts'

/** Number of the interface between a bundle and `@millrace/workflow` and zod, which stay outside it. */
export const ABI = 1

/** Stands for a task in a bundle: its name and policies. */
export const taskReference = (task: Omit<TaskReference<unknown, unknown>, 'kind' | '~types'>): TaskReference<unknown, unknown> =>
  Object.freeze({ ...task, kind: 'task' as const })

/** Stands for another workflow in a bundle: its id. */
export const workflowReference = (id: string): WorkflowReference<unknown, unknown> => Object.freeze({ kind: 'workflow' as const, id })
