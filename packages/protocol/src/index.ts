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
  CommandAnswer,
  StopInstance,
  ResumeInstance,
  RestartInstance,
  RetryInstance,
  SkipStep,
  Message,
  InstanceCounts,
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
  InboxCounts,
  WorkItemDraft,
  SaveWorkItemDraft,
} from './work-item.ts'
export {
  Problem,
  Soundness,
  WorkflowSummary,
  Draft,
  Model,
  ModelText,
  CheckAnswer,
  DiffAnswer,
  DeleteWorkflowAnswer,
  Version,
  VersionSummary,
  SyncModel,
  SyncCode,
  SyncAnswer,
} from './workflow.ts'
export {
  Role,
  UserName,
  User,
  Person,
  CreateUser,
  ChangeUser,
  UserWithPassword,
  GroupName,
  Group,
  SaveGroup,
  Token,
  CreateToken,
  TokenWithSecret,
} from './people.ts'
export { MIN_PASSWORD, Password } from './password.ts'
export { SignIn, Me, ChangePassword } from './session.ts'
export { SearchHit } from './search.ts'
export { routes, listRoutes, PATH_ALIASES, API_BASE, BODY_LIMIT, MODEL_BODY_LIMIT, BUNDLE_BODY_LIMIT } from './routes/index.ts'
export type {
  Routes,
  ListedRoute,
  Route,
  Method,
  Access,
  RouteByKey,
  RouteKey,
  ArgumentsOf,
  AnswerOf,
  BodyInput,
  QueryInput,
} from './routes/index.ts'
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
export type { Host, Timeline, TimelineWindow, CommandInput, CommandOptions, CodeBundle } from './host.ts'
