import type { Input } from '@millrace/kernel'
import type { CommandAnswer, IdempotentAnswer, KeptMessage } from '@millrace/protocol'

/** One thing to decide: a command of a person, a result, a due timer. Units of one instance are decided in the order they were submitted. */
export interface Unit {
  readonly instance: string
  /** Absent only for a message that is published to whoever waits. */
  readonly input?: Input
  /** Happened by itself: nobody waits for its answer, and it is tried again when a commit fails. */
  readonly isReport: boolean
  readonly resolve?: (answer: CommandAnswer) => void
  readonly reject?: (error: unknown) => void
  /** Kept with the answer in the same commit; `answer` where it is not that of a command. */
  readonly idempotency?: Omit<IdempotentAnswer, 'answer'> & Partial<Pick<IdempotentAnswer, 'answer'>>
  /** When a lock is in the way: wait in line, or be refused. */
  readonly mayQueue?: boolean
  readonly force?: boolean
  /** Facts of the instance as its caller saw it; in another state it is refused. */
  readonly ifFacts?: number
  /** Messages nobody waits for yet, and kept ones handed over by this unit. */
  readonly publish?: KeptMessage
  readonly takes?: number
}
