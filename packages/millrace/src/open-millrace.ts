import { type Clock, type Notice, openEngine } from '@millrace/engine'
import type { JsonValue } from '@millrace/model'
import type { Host, MillraceError, Runner, Store, TaskRunner } from '@millrace/protocol'
import { openInlineRunner, openInlineTasks, openProcessRunner, type TaskLog } from '@millrace/runner'
import { openMemoryStore, openSqliteStore } from '@millrace/store'
import { type BuiltinTasksOptions, bindTasks, joinTasks, openBuiltinTasks, type TaskBindings } from '@millrace/tasks'
import type { Task } from '@millrace/workflow'

export interface MillraceOptions {
  /** SQLite file, made when it does not exist; absent = in memory, gone at `close`. */
  readonly path?: string
  /** Where code workflows run: `process` (default with a path) survives code that hangs; `inline` (default in memory) is for code you trust. */
  readonly runner?: 'process' | 'inline'
  /** Further tasks, before the built-in ones: what `defineTask` made, which runs in this process, or a runner of tasks. */
  readonly tasks?: readonly (Task | TaskRunner)[]
  /** Names that models use → tasks that exist: `{ 'aem:com.example.Publish': { task: 'http.request' } }`. */
  readonly bindings?: TaskBindings
  readonly builtin?: BuiltinTasksOptions
  /** Attempts at once, over the host and by task. */
  readonly attempts?: { readonly limit?: number; readonly limits?: { readonly [task: string]: number } }
  readonly clock?: Clock
  readonly notify?: (notice: Notice) => void
  readonly onDefect?: (error: unknown, about: string) => void
  /** The disk failed to write or to sync: Millrace refuses everything from now on. End the process; the next one reads back what was acknowledged. */
  readonly onFailed?: (error: MillraceError) => void
}

/**
 * Opens Millrace in this process: one file, one host. What an earlier process left is taken up again before this resolves.
 *
 * @throws MillraceError DATA_FOLDER_IN_USE when another process has the file, DATA_FOLDER_UNUSABLE when it cannot be written, NEWER_FORMAT when a newer
 * Millrace wrote it.
 * @example
 * const millrace = await openMillrace({ path: 'data/millrace.db' })
 * const { id } = await millrace.start({ workspace: 'default', workflow: 'publish-page', payload: { kind: 'path', ref: '/content/a' } }, me)
 * await millrace.close()
 */
export const openMillrace = async (options: MillraceOptions = {}): Promise<Host> => {
  const store = await openStore(options)
  const tasks = bindTasks(joinTasks([...runnersOf(options), openBuiltinTasks(options.builtin)]), options.bindings ?? {})
  return openEngine({
    store,
    tasks,
    runner: openRunner(options, store),
    ...(options.clock === undefined ? {} : { clock: options.clock }),
    ...(options.attempts === undefined ? {} : { attempts: options.attempts }),
    ...(options.notify === undefined ? {} : { notify: options.notify }),
    ...(options.onDefect === undefined ? {} : { onDefect: options.onDefect }),
    ...(options.onFailed === undefined ? {} : { onFailed: options.onFailed }),
  })
}

const openStore = async ({ path, clock }: MillraceOptions): Promise<Store> => {
  const now = clock === undefined ? {} : { now: () => clock.now() }
  return path === undefined ? openMemoryStore(now) : openSqliteStore({ path, ...now })
}

const runnersOf = ({ tasks = [], builtin }: MillraceOptions): readonly TaskRunner[] => {
  const own = tasks.filter((task) => 'execute' in task)
  const runners = tasks.filter((task) => 'run' in task)
  if (own.length === 0) return runners
  const onLog = ({ instance, task, message, fields = {} }: TaskLog): void =>
    builtin?.log?.({ level: 'info', instance, node: task, message, fields: isObject(fields) ? fields : { value: fields } })
  return [openInlineTasks(own, { onLog }), ...runners]
}

const isObject = (value: JsonValue): value is { readonly [name: string]: JsonValue } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The process of production starts with the first code workflow that runs: a host with graphs only never pays for it. */
const openRunner = ({ path, runner = path === undefined ? 'inline' : 'process' }: MillraceOptions, store: Store): Runner => {
  const loadBundle = (workspace: string, hash: string) => store.definitions.bundle(workspace, hash)
  let opened: Runner | undefined
  const open = (): Runner => (opened ??= runner === 'inline' ? openInlineRunner({ loadBundle }) : openProcessRunner({ loadBundle }))
  return {
    advance: (request) => open().advance(request),
    forget: (instance) => opened?.forget(instance),
    close: async () => opened?.close(),
  }
}
