export type { Status } from './status.ts'
export { STATUSES, isFinal, isActive, isWaitingToStart } from './status.ts'
export type { Actor, Data, Edge, Failure, Payload, Principal } from './values.ts'
export { SYSTEM } from './values.ts'
export type {
  Step,
  StepTimer,
  Incident,
  Wait,
  TaskWait,
  WorkItemWait,
  TimerWait,
  MessageWait,
  CallbackWait,
  ChildWait,
  ChildStart,
  RetryPolicy,
} from './step.ts'
export type { State, ParentRef, CodeState, KeptMessage } from './state.ts'
export { FORMAT } from './state.ts'
export type { Fact, FactBody, FactType, By } from './fact.ts'
export type { Input, StartInput, RunInput, StepInput, WorkItemInput, CodeInput, CodeOutcome } from './input.ts'
export type { Effect, Delivery } from './effect.ts'
export type { Call } from './code/call.ts'
export { callSignature } from './code/call.ts'
export type { JournalEntry } from './code/journal.ts'
export { journalOf } from './code/journal.ts'
