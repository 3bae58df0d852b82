export type { Admission, Blocker, LockName, LockRequest } from './admission/admit.ts'
export { admit, admitQueued, blockersOf } from './admission/admit.ts'
export { apply } from './apply.ts'
export type { Call } from './code/call.ts'
export { callSignature } from './code/call.ts'
export type { JournalEntry } from './code/journal.ts'
export { journalOf } from './code/journal.ts'
export type { Replay } from './code/replay.ts'
export { replayFrom } from './code/replay.ts'
export type { Decision } from './decide.ts'
export { decide } from './decide.ts'
export type { Delivery, Effect } from './effect.ts'
export type { Env, FieldProblem, People } from './env.ts'
export type { By, Fact, FactBody, FactType } from './fact.ts'
export type { Follow } from './follow/follows-of.ts'
export { followsOf } from './follow/follows-of.ts'
export { RULE_TASK } from './graph/leave.ts'
export type { CodeInput, CodeOutcome, Input, RunInput, StartInput, StepInput, WorkItemInput } from './input.ts'
export { routesOf } from './item/complete.ts'
export type { ItemRight } from './item/rights.ts'
export { rightsOf } from './item/rights.ts'
export { backNodes } from './item/step-back.ts'
export type { Preview, WithdrawnItem } from './preview.ts'
export { preview, withdrawnItems } from './preview.ts'
export type { CodeProgram, GraphProgram, Program } from './program.ts'
export { compileProgram, nodeById } from './program.ts'
export { Refusal } from './refusal.ts'
export { ownTimerMs } from './run/resume.ts'
export type { CodeState, KeptMessage, ParentRef, State } from './state.ts'
export { FORMAT } from './state.ts'
export type { Status } from './status.ts'
export { isActive, isFinal, STATUSES } from './status.ts'
export { attemptKey, attemptOf } from './step/start-attempt.ts'
export { isAttemptRunning } from './step/withdraw.ts'
export type {
  CallbackWait,
  ChildStart,
  ChildWait,
  Incident,
  MessageWait,
  RetryPolicy,
  Step,
  StepTimer,
  TaskWait,
  TimerWait,
  Wait,
  WorkItemWait,
} from './step.ts'
export type { Cause, Span, TimelineFold, TimelineRow } from './timeline.ts'
export { createTimelineFold, criticalSteps } from './timeline.ts'
export type { Actor, Data, Edge, Failure, JsonSchema, JsonValue, Payload, Principal } from './values.ts'
export { askedOf, SYSTEM } from './values.ts'
export type { Reason } from './why.ts'
export { reasonOf, whyOf } from './why.ts'
