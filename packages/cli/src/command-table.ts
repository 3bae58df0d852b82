/**
 * Every command, by its words, with the one line that lists show. A command's file is loaded when it is the one that runs: `millrace inbox` reads
 * neither the flags nor the code of the other sixty.
 */
import type { Command } from '@stricli/core'
import type { CliContext } from './define-command.ts'

export interface CommandEntry {
  readonly brief: string
  readonly load: () => Promise<{ readonly command: Command<CliContext> }>
}

/** What a noun's own help says. */
export const NOUNS: { readonly [noun: string]: string } = {
  backup: 'Copies of everything',
  group: 'Groups of people',
  import: 'Bring in models of other systems',
  incident: 'Failed steps that wait for an operator',
  instance: 'Pieces of work: start, watch and steer them',
  lock: 'Locks, and who waits for them',
  message: 'Messages that instances wait for',
  metrics: 'Counts by time and age',
  model: 'Workflows as graphs',
  task: 'Units of automatic work',
  token: 'API tokens',
  user: 'People',
  'work-item': 'Steps that wait for a person',
  workflow: 'Everything that can be started',
}

/** Other words for a noun (DESIGN section 2): inside a deployment an instance is called an execution. */
export const NOUN_ALIASES: { readonly [word: string]: string } = {
  execution: 'instance',
  executions: 'instance',
  instances: 'instance',
  item: 'work-item',
  'work-items': 'work-item',
  models: 'model',
  workflows: 'workflow',
  users: 'user',
  groups: 'group',
  tokens: 'token',
  tasks: 'task',
  locks: 'lock',
  incidents: 'incident',
  backups: 'backup',
}

/** Verbs that mean another one of the same noun. */
export const VERB_ALIASES: { readonly [word: string]: string } = { ls: 'list', get: 'show', rm: 'delete', new: 'create' }

export const COMMANDS: { readonly [words: string]: CommandEntry } = {
  start: { brief: 'Serve a project; with WORKFLOW, start an instance', load: () => import('./commands/start.ts') },
  dev: { brief: 'Serve a project and sync its files as they are saved', load: () => import('./commands/dev.ts') },
  login: { brief: 'Sign in to a server', load: () => import('./commands/login.ts') },
  logout: { brief: 'Sign out and forget the token', load: () => import('./commands/logout.ts') },
  whoami: { brief: 'Say who you are, and where', load: () => import('./commands/whoami.ts') },
  init: { brief: 'Make a new project folder', load: () => import('./commands/init.ts') },
  'import aem': { brief: 'Import models of Adobe Experience Manager', load: () => import('./commands/import/aem.ts') },
  check: { brief: 'Say what is wrong with models, and run their scenarios', load: () => import('./commands/check.ts') },
  simulate: { brief: 'Run a draft with a virtual clock and given decisions', load: () => import('./commands/simulate.ts') },
  sync: { brief: 'Publish models and code workflows as versions', load: () => import('./commands/sync.ts') },
  'model check': { brief: 'As millrace check', load: () => import('./commands/check.ts') },
  'model sync': { brief: 'As millrace sync', load: () => import('./commands/sync.ts') },
  'model list': { brief: 'List models', load: () => import('./commands/model/list.ts') },
  'model show': { brief: 'Show a model and its text', load: () => import('./commands/model/show.ts') },
  'model versions': { brief: 'List the versions of a model', load: () => import('./commands/model/versions.ts') },
  'model diff': { brief: 'Show what differs between two versions', load: () => import('./commands/model/diff.ts') },
  'model delete': { brief: 'Delete a model; versions in use stay', load: () => import('./commands/model/delete.ts') },
  'workflow sync': { brief: 'As millrace sync', load: () => import('./commands/sync.ts') },
  'workflow list': { brief: 'List what can be started', load: () => import('./commands/workflow/list.ts') },
  'workflow show': { brief: 'Show a workflow and its versions', load: () => import('./commands/workflow/show.ts') },
  'instance start': { brief: 'Start an instance of a workflow', load: () => import('./commands/instance/start.ts') },
  'instance list': { brief: 'List instances, and why they wait', load: () => import('./commands/instance/list.ts') },
  'instance show': { brief: 'Show an instance', load: () => import('./commands/instance/show.ts') },
  'instance history': { brief: 'Show what happened in an instance', load: () => import('./commands/instance/history.ts') },
  'instance suspend': { brief: 'Suspend an instance', load: () => import('./commands/instance/suspend.ts') },
  'instance resume': { brief: 'Resume an instance', load: () => import('./commands/instance/resume.ts') },
  'instance cancel': { brief: 'End an instance orderly', load: () => import('./commands/instance/cancel.ts') },
  'instance terminate': { brief: 'End an instance at once', load: () => import('./commands/instance/terminate.ts') },
  'instance restart': { brief: 'Begin the next run, from the start or a step', load: () => import('./commands/instance/restart.ts') },
  'instance retry': { brief: 'Try a failed step again now', load: () => import('./commands/instance/retry.ts') },
  'instance skip': { brief: 'Complete a step without its work', load: () => import('./commands/instance/skip.ts') },
  'instance data': { brief: 'Show or change the data of an instance', load: () => import('./commands/instance/data.ts') },
  inbox: { brief: 'List the work items that wait for you', load: () => import('./commands/inbox.ts') },
  'work-item show': { brief: 'Show a work item, its form and its routes', load: () => import('./commands/work-item/show.ts') },
  'work-item complete': { brief: 'Decide a work item by one of its routes', load: () => import('./commands/work-item/complete.ts') },
  'work-item approve': { brief: 'Decide by the route approve', load: () => import('./commands/work-item/approve.ts') },
  'work-item reject': { brief: 'Decide by the route reject', load: () => import('./commands/work-item/reject.ts') },
  'work-item claim': { brief: 'Take a work item for yourself', load: () => import('./commands/work-item/claim.ts') },
  'work-item unclaim': { brief: 'Give a work item back', load: () => import('./commands/work-item/unclaim.ts') },
  'work-item delegate': { brief: 'Hand a work item to somebody else', load: () => import('./commands/work-item/delegate.ts') },
  'work-item step-back': { brief: 'Send the instance back to an earlier step', load: () => import('./commands/work-item/step-back.ts') },
  'work-item comment': { brief: 'Say something without deciding', load: () => import('./commands/work-item/comment.ts') },
  'lock list': { brief: 'List locks, their holders and the line', load: () => import('./commands/lock/list.ts') },
  'incident list': { brief: 'List failed steps that wait', load: () => import('./commands/incident/list.ts') },
  'message publish': { brief: 'Publish a message to whoever waits for it', load: () => import('./commands/message/publish.ts') },
  'task list': { brief: 'List the tasks that nodes and code may run', load: () => import('./commands/task/list.ts') },
  'task show': { brief: 'Show the arguments and result of a task', load: () => import('./commands/task/show.ts') },
  'user list': { brief: 'List users', load: () => import('./commands/user/list.ts') },
  'user add': { brief: 'Create a user', load: () => import('./commands/user/add.ts') },
  'user change': { brief: 'Change the name, roles or groups of a user', load: () => import('./commands/user/change.ts') },
  'user password': { brief: 'Give a user a new password', load: () => import('./commands/user/password.ts') },
  'group list': { brief: 'List groups', load: () => import('./commands/group/list.ts') },
  'group add': { brief: 'Create a group, or add members to it', load: () => import('./commands/group/add.ts') },
  'group remove': { brief: 'Take members out of a group', load: () => import('./commands/group/remove.ts') },
  'group delete': { brief: 'Delete a group', load: () => import('./commands/group/delete.ts') },
  'token list': { brief: 'List API tokens', load: () => import('./commands/token/list.ts') },
  'token create': { brief: 'Make an API token', load: () => import('./commands/token/create.ts') },
  'token delete': { brief: 'Revoke an API token', load: () => import('./commands/token/delete.ts') },
  operate: { brief: 'See what needs an operator, worst first', load: () => import('./commands/operate.ts') },
  'metrics series': { brief: 'Count starts, ends and incidents by day or hour', load: () => import('./commands/metrics/series.ts') },
  'metrics work-items': { brief: 'Count open work items by age', load: () => import('./commands/metrics/work-items.ts') },
  doctor: { brief: 'Explain every open instance, and repair lost ones', load: () => import('./commands/doctor.ts') },
  'backup create': { brief: 'Copy everything while work goes on', load: () => import('./commands/backup/create.ts') },
  'backup list': { brief: 'List backups', load: () => import('./commands/backup/list.ts') },
  'backup restore': { brief: 'Put a backup in the place of the data', load: () => import('./commands/backup/restore.ts') },
  completion: { brief: 'Print the completion script of a shell', load: () => import('./commands/completion.ts') },
}
