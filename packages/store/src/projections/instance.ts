import type { State } from '@millrace/kernel'

/** Attempts that run, and code that handles a delivery: what a host picks up again after a crash. */
export const codeBegun = (before: State | undefined, after: State): number =>
  (after.code?.delivering === undefined ? 0 : 1) - (before?.code?.delivering === undefined ? 0 : 1)
