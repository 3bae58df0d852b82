export { bundleInProcess } from './bundle-in-process.ts'
export { type BundledFile, bundleWorkflow } from './bundle-workflow.ts'
export type { BundleProblem } from './problem.ts'
export { isTaskFile, isWorkflowFile } from './problem.ts'
