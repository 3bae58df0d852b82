import type { TaskRunner } from '@millrace/protocol'
import { dataSet } from './builtin/data-set.ts'
import { fail } from './builtin/fail.ts'
import { httpRequest } from './builtin/http-request.ts'
import { type LogLine, log } from './builtin/log.ts'
import { type MailSettings, mailSend } from './builtin/mail-send.ts'
import { noop } from './builtin/noop.ts'
import { rule } from './builtin/rule.ts'
import { scriptJavascript } from './builtin/script-javascript.ts'
import { wait } from './builtin/wait.ts'
import type { BuiltinTask } from './builtin-task.ts'
import { openAgent } from './http/guarded-agent.ts'
import { openMailTransport } from './mail-transport.ts'
import { ScriptThreads } from './script/script-threads.ts'

export interface BuiltinTasksOptions {
  /** Mail server; absent = `mail.send` fails with MAIL_NOT_CONFIGURED. */
  readonly mail?: MailSettings
  readonly http?: {
    /** `refuse` on hosts whose authors must not reach the network they stand in. Default `allow`: a laptop calls its own services. */
    readonly privateAddresses?: 'allow' | 'refuse'
    /** Default 5 MB: the answer becomes part of the history. */
    readonly maxResponseBytes?: number
    readonly userAgent?: string
  }
  /** Where `log` writes; default nowhere but the history. */
  readonly log?: (line: LogLine) => void
  /** Threads for scripts; give the host's when it also evaluates rules. Closed by whoever opened them. */
  readonly scripts?: ScriptThreads
}

const DEFAULT_MAX_RESPONSE_BYTES = 5 * 1024 * 1024

/**
 * Opens the tasks that every host has: `http.request`, `script.javascript`, `mail.send`, `data.set`, `log`, `wait`, `noop`, `test.fail`.
 * Nothing is loaded or connected before its first attempt. `noop`, `log`, `data.set` and `test.fail` are answered without a promise.
 *
 * @example
 * const tasks = openBuiltinTasks({ mail: { host: 'localhost', port: 2525, from: 'Millrace <workflow@example.org>' } })
 * await tasks.run({ task: 'http.request', input: { url: 'http://localhost:8080' }, … }, () => AbortSignal.timeout(5000))
 */
export function openBuiltinTasks(options: BuiltinTasksOptions = {}): TaskRunner {
  const { mail, http = {}, log: write = () => undefined } = options
  const agent = openAgent(http.privateAddresses ?? 'allow')
  const scripts = options.scripts ?? new ScriptThreads()
  let transport: ReturnType<typeof openMailTransport> | undefined
  const openMail = mail === undefined ? undefined : () => (transport ??= openMailTransport(mail))
  const tasks = new Map<string, BuiltinTask>()
  for (const task of [
    httpRequest({
      dispatcher: agent,
      maxResponseBytes: http.maxResponseBytes ?? DEFAULT_MAX_RESPONSE_BYTES,
      userAgent: http.userAgent ?? 'Millrace',
    }),
    scriptJavascript(scripts),
    rule(scripts),
    dataSet,
    mailSend(openMail),
    log(write),
    wait,
    noop,
    fail,
  ]) {
    tasks.set(task.name, task)
  }
  const offered = [...tasks.values()].filter((task) => !task.isInternal).map((task) => task.name)
  return {
    run: (attempt, signal) => {
      const task = tasks.get(attempt.task)
      if (task !== undefined) return task.run(attempt, signal)
      const message = `There is no built-in task ${attempt.task}. Bind it to one of ${offered.join(', ')}, or to your own.`
      return { ok: false, error: { code: 'TASK_UNKNOWN', message, retryable: false } }
    },
    has: (task) => tasks.has(task),
    list: () => [...tasks.values()].filter((task) => !task.isInternal).map((task) => task.info()),
    close: async () => {
      const mailer = await transport?.catch(() => undefined)
      mailer?.transport.close()
      await Promise.all([agent.destroy(), options.scripts === undefined ? scripts.close() : undefined])
    },
  }
}
