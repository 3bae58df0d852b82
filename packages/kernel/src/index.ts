export type { Status } from './status.ts'
export { STATUSES, isFinal, isActive, isWaitingToStart } from './status.ts'
export type { Actor, Data, Edge, Failure, JsonSchema, JsonValue, Payload, Principal } from './values.ts'
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
export { apply } from './apply.ts'
export type { Decision } from './decide.ts'
export { decide } from './decide.ts'
export type { Env, FieldProblem, People } from './env.ts'
export type { CodeProgram, GraphProgram, Program } from './program.ts'
export { compileProgram, nodeById } from './program.ts'
export { Refusal } from './refusal.ts'
export type { Admission, Blocker, LockName, LockRequest } from './admission/admit.ts'
export { admit, admitQueued, blockersOf } from './admission/admit.ts'
export { RULE_TASK } from './graph/leave.ts'
export { backNodes } from './item/step-back.ts'
export { routesOf } from './item/complete.ts'
export { isCandidate } from './item/access.ts'
export { ownTimerMs } from './run/resume.ts'
export { isAttemptRunning } from './step/withdraw.ts'
export { attemptKey } from './step/start-attempt.ts'
export type { Reason } from './why.ts'
export { reasonOf, whyOf } from './why.ts'
export type { Cause, Span, TimelineFold, TimelineRow } from './timeline.ts'
export { createTimelineFold, criticalSteps, timelineOf } from './timeline.ts'
export type { Preview, WithdrawnItem } from './preview.ts'
export { preview, withdrawnItems } from './preview.ts'
export type { Replay } from './code/replay.ts'
export { replayFrom } from './code/replay.ts'
