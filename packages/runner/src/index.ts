export { openInlineRunner } from './inline-runner.ts'
export type { InlineRunnerOptions, LoadBundle } from './inline-runner.ts'
export { openProcessRunner } from './process-runner.ts'
export type { ProcessRunnerOptions } from './process-runner.ts'
