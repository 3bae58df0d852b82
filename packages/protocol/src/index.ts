export {
  Batch,
  BatchAction,
  BatchCounts,
  BatchFilter,
  BatchPlan,
  BatchRow,
  BatchRowState,
  BatchStatus,
  CreateBatch,
  MAX_BATCH_ROWS,
} from './batch.ts'
export type { BatchRecord, BatchStore } from './batch-store.ts'
export { Bulk, BulkAnswer, BulkResult, MAX_BULK } from './bulk.ts'
export type { ErrorCode, ErrorKind, MillraceErrorOptions } from './error.ts'
export { ERRORS, MillraceError } from './error.ts'
export { historyEntry } from './history-entry.ts'
export type { CodeBundle, CommandInput, CommandOptions, Host, TimelineWindow } from './host.ts'
export { Impact } from './impact.ts'
export { IncidentGroup } from './incident.ts'
export {
  CommandAnswer,
  Failure,
  HistoryEntry,
  IfFacts,
  Instance,
  InstanceCounts,
  InstanceStatus,
  InstanceSummary,
  Message,
  OpenStep,
  Payload,
  RestartInstance,
  ResumeInstance,
  RetryInstance,
  SkipStep,
  STATUS_ALIASES,
  StartInstance,
  StopInstance,
} from './instance.ts'
export { instanceSummary, type SummaryState } from './instance-summary.ts'
export { Id, Json, JsonObject, Principal, TimeMs } from './json.ts'
export { MAX_BUCKETS, MAX_BUCKETS_OF_ALL, Series, WorkflowSeries, WorkItemAges } from './metrics.ts'
export { Backup, DoctorReport, DoctorRow, FeedEvent, Incident, Lock, TaskInfo } from './operate.ts'
export { MOST_OPERATE_LINES, OPERATE_CODES, Operate, OperateLine } from './operate-lines.ts'
export type { Page } from './page.ts'
export { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE, PageQuery, pageOf } from './page.ts'
export { MIN_PASSWORD, Password } from './password.ts'
export {
  ChangeUser,
  CreateToken,
  CreateUser,
  Group,
  GroupName,
  Person,
  Role,
  SaveGroup,
  Token,
  TokenWithSecret,
  User,
  UserName,
  UserWithPassword,
} from './people.ts'
export { Preview, PreviewInstance } from './preview.ts'
export type {
  Access,
  AnswerOf,
  ArgumentsOf,
  BodyInput,
  ListedRoute,
  Method,
  QueryInput,
  Route,
  RouteByKey,
  RouteKey,
  Routes,
} from './routes/index.ts'
export { API_BASE, BODY_LIMIT, BUNDLE_BODY_LIMIT, listRoutes, MODEL_BODY_LIMIT, PATH_ALIASES, routes } from './routes/index.ts'
export type { AdvanceAnswer, AdvanceRequest, Cancellation, Runner, TaskAttempt, TaskOutcome, TaskRunner } from './runner.ts'
export { SearchHit } from './search.ts'
export { ChangePassword, Me, SignIn } from './session.ts'
export type {
  ActivityQuery,
  ActivityRow,
  CommitBatch,
  DefinitionStore,
  DraftRow,
  DueTimer,
  IdempotentAnswer,
  InboxFilter,
  IncidentGroupFilter,
  InstanceChange,
  InstanceFilter,
  InstanceStore,
  KeptMessage,
  LockRow,
  MaintenanceStore,
  PageOptions,
  PeopleStore,
  PurgedInstance,
  QueryStore,
  Reader,
  SessionRow,
  Store,
  TokenRow,
  UserRow,
  VersionRow,
} from './store.ts'
export { TIMELINE_CAUSES, Timeline, TimelineRow } from './timeline.ts'
export type { InstanceTrouble, ItemTrouble, TroubleCount, TroubleCounts, TroubleCuts } from './trouble.ts'
export { WHY_CODES, Why } from './why.ts'
export {
  ClaimWorkItem,
  CommentWorkItem,
  CompleteWorkItem,
  DelegateWorkItem,
  Follow,
  InboxCounts,
  RouteChoice,
  SaveWorkItemDraft,
  StepBackWorkItem,
  WorkItem,
  WorkItemDraft,
  WorkItemId,
  WorkItemPlace,
  WorkItemSummary,
} from './work-item.ts'
export {
  CheckAnswer,
  DeleteWorkflowAnswer,
  DiffAnswer,
  Draft,
  DraftPresence,
  DraftReader,
  Model,
  ModelText,
  Problem,
  Soundness,
  SyncAnswer,
  SyncCode,
  SyncModel,
  Version,
  VersionSummary,
  WorkflowSummary,
} from './workflow.ts'
