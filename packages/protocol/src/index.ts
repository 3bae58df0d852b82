export { MillraceError, ERRORS } from './error.ts'
export type { ErrorCode, ErrorKind, MillraceErrorOptions } from './error.ts'
export { Json, JsonObject, TimeMs, Id, Principal } from './json.ts'
export { PageQuery, pageOf, DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE } from './page.ts'
export type { Page } from './page.ts'
export { Why, WHY_CODES } from './why.ts'
export {
  InstanceStatus,
  STATUS_ALIASES,
  Payload,
  Failure,
  InstanceSummary,
  Instance,
  OpenStep,
  HistoryEntry,
  StartInstance,
} from './instance.ts'
export {
  WorkItem,
  WorkItemSummary,
  WorkItemId,
  RouteChoice,
  CompleteWorkItem,
  ClaimWorkItem,
  DelegateWorkItem,
  StepBackWorkItem,
  CommentWorkItem,
} from './work-item.ts'
export { Problem, Soundness, WorkflowSummary, Draft, Version, SyncModel, SyncAnswer } from './workflow.ts'
export { Role, UserName, User, Group, Token } from './people.ts'
export { Incident, Lock, DoctorRow, DoctorReport, FeedEvent, Backup, TaskInfo } from './operate.ts'
export type {
  Store,
  InstanceStore,
  DefinitionStore,
  PeopleStore,
  QueryStore,
  MaintenanceStore,
  InstanceChange,
  CommitBatch,
  KeptMessage,
  IdempotentAnswer,
  DueTimer,
  LockRow,
  DraftRow,
  VersionRow,
  UserRow,
  SessionRow,
  TokenRow,
  Reader,
  InstanceFilter,
  InboxFilter,
  PageOptions,
} from './store.ts'
export type { Runner, AdvanceRequest, AdvanceAnswer, TaskRunner, TaskAttempt, TaskOutcome, Cancellation } from './runner.ts'
export type { Host, CommandInput, CommandOptions, CommandAnswer, CodeBundle } from './host.ts'
