import type { z } from 'zod'
import type { Duration } from './duration.ts'
import type { Journaled } from './json.ts'
import type { Principal } from './principal.ts'
import type { Run } from './run.ts'

export interface WorkflowOptions<Input extends z.ZodType> {
  /** Unique in the workspace: lower case, digits, dashes and dots. */
  readonly id: string
  /** For people; absent = the id. */
  readonly title?: string
  /** What the workflow is started with; checked when it is started, and what the form of the console is made from. */
  readonly input?: Input
  /** Locks an instance holds while it runs: `deployment:web`, `system`, or a name of your own. */
  readonly locks?: readonly string[]
  /** How long an ended instance is kept; absent = the host's rule. */
  readonly retention?: Duration
  /** Who may start it; absent = every member. */
  readonly starters?: readonly Principal[]
}

/** What another workflow knows of a workflow: its id. Importing a `*.workflow.ts` from a workflow gives this. */
export interface WorkflowReference<Input, Output> {
  readonly kind: 'workflow'
  readonly id: string
  /** Only for the compiler. */
  readonly '~types'?: { readonly input: Input; readonly output: Output }
}

/** A code workflow: what `workflow` makes and a workflow module exports by default. */
export interface Workflow<Input = unknown, Output = unknown> extends WorkflowReference<Input, Output> {
  readonly title?: string
  readonly input?: z.ZodType
  readonly locks?: readonly string[]
  readonly retention?: Duration
  readonly starters?: readonly Principal[]
  readonly execute: (run: Run, input: never) => unknown
}

const ID = /^[a-z0-9][a-z0-9._-]*$/i

/**
 * Defines a durable workflow, to be the default export of its module. The function is ordinary TypeScript; what it awaits on `run` is
 * recorded and survives a crash, a restart and a wait of months. It is run again from the journal, so it must not look at the clock, at
 * chance or at the network by itself: `run` has all three.
 *
 * @throws TypeError when the id is no workflow id.
 * @example
 * export default workflow({ id: 'refund', input: z.object({ orderId: z.string(), amount: z.number() }) }, async (run, input) => {
 *   if (input.amount < 10) return run.task(pay, input)
 *   const answer = await run.ask({ to: group('finance'), title: `Refund ${input.orderId}`, routes: ['approve', 'reject'], dueIn: '2d' })
 *   if (answer.route === 'approve') return run.task(pay, input)
 * })
 */
export function workflow<const Input extends z.ZodType = z.ZodUnknown, Result = unknown>(
  options: WorkflowOptions<Input>,
  execute: (run: Run, input: z.output<Input>) => Result,
): Workflow<z.input<Input>, Journaled<Awaited<Result>>> {
  if (typeof options.id !== 'string' || !ID.test(options.id)) {
    throw new TypeError(`${JSON.stringify(options.id)} is no id for a workflow: use letters, digits, dashes and dots, such as 'refund'.`)
  }
  return Object.freeze({ ...options, kind: 'workflow' as const, execute })
}
