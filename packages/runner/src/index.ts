export { openInlineRunner } from './inline-runner.ts'
export type { InlineRunnerOptions, LoadBundle } from './inline-runner.ts'
