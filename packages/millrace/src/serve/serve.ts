/**
 * The server process: opens the data folder and the project, serves API and console, and stops cleanly.
 */

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Clock, systemClock } from '@millrace/engine'
import type { Actor } from '@millrace/kernel'
import { type Host, MillraceError } from '@millrace/protocol'
import { openTaskProcess } from '@millrace/runner'
import { createServer, ensureAdministrator, type LogLevel, requireFreePort } from '@millrace/server'
import { openMillrace } from '../open-millrace.ts'
import { type Project, readProject } from '../project/project.ts'
import { seedPeople } from '../project/seed-people.ts'
import { type SyncedFile, syncProject } from '../project/sync-project.ts'
import { type WrittenProfile, writeLocalProfile } from './local-profile.ts'
import { watchProject } from './watch-project.ts'

export interface ServeOptions {
  /** Folder with `millrace.yaml`, models, workflows and tasks. */
  readonly project: string
  /** Folder for the database and backups; default `.millrace` in the project. */
  readonly data?: string
  /** Default 127.0.0.1. */
  readonly host?: string
  /** Default 7400; 0 = any free one. */
  readonly port?: number
  /** Sync files as they are saved. */
  readonly watch?: boolean
  /** Folder with the console's build. */
  readonly console?: string
  readonly version: string
  readonly logLevel?: LogLevel
  /** What engine, store and server go by; default: the machine's. */
  readonly clock?: Clock
  /** Told what happens meanwhile, a line each. */
  readonly onProgress?: (line: string) => void
  /** The disk failed: nothing more is accepted, and the process should end. */
  readonly onFailed?: (error: MillraceError) => void
}

export interface Served {
  readonly url: string
  readonly host: Host
  readonly project: Project
  /** The administrator made at the first start; shown once. */
  readonly administrator: { readonly user: string; readonly password: string } | undefined
  readonly profile: Pick<WrittenProfile, 'path' | 'others'>
  readonly synced: readonly SyncedFile[]
  /** Answers what was accepted, stops listening, closes the database. */
  close(): Promise<void>
}

/** @throws MillraceError DATA_FOLDER_IN_USE, NEWER_FORMAT, PORT_IN_USE, NO_ADMINISTRATOR; nothing stays open then. */
export const serve = async (options: ServeOptions): Promise<Served> => {
  const { clock = systemClock, onProgress = () => undefined } = options
  if (!existsSync(options.project))
    throw new MillraceError('NOT_FOUND', `There is no project folder ${options.project}. Make one with "millrace init ${options.project}".`)
  const project = await readProject(options.project)
  const { host: address = '127.0.0.1', port = 7400 } = options
  // First of all: the administrator that a first start makes is shown once, and not at all when it fails after that.
  await requireFreePort(address, port)
  const data = options.data ?? join(options.project, '.millrace')
  // Authors' own tasks run in a process of their own; a project without any needs none, unless one may be written while it is watched.
  const authors =
    project.tasks.length === 0 && options.watch !== true
      ? undefined
      : await openTaskProcess({ folder: options.project, onWarning: onProgress, onLog: (line) => onProgress(logLine(line, line.task)) })
  const { mail } = project.config
  let host: Host | undefined
  try {
    host = await openMillrace({
      path: join(data, 'millrace.db'),
      clock,
      bindings: project.config.bind,
      attempts: { limits: project.config.limits },
      ...(options.onFailed === undefined ? {} : { onFailed: options.onFailed }),
      tasks: authors === undefined ? [] : [authors],
      builtin: { log: (line) => onProgress(logLine(line, line.node)), ...(mail === undefined ? {} : { mail: mailSettings(mail) }) },
    })
    return await open(options, { host, project, data, clock, onProgress, reloadTasks: async () => authors?.reload() })
  } catch (error) {
    await (host ?? authors)?.close()
    throw error
  }
}

/** What a task logs, as people at the terminal read it: of which instance, where in it. What would steer the terminal is left out. */
const logLine = (line: { readonly instance: string; readonly message: string }, where: string): string =>
  `${line.instance.slice(-8)} ${where}: ${line.message.replace(/\p{Cc}+/gu, ' ')}`

const open = async (
  options: ServeOptions,
  {
    host,
    project,
    data,
    clock,
    onProgress,
    reloadTasks,
  }: {
    readonly host: Host
    readonly project: Project
    readonly data: string
    readonly clock: Clock
    readonly onProgress: (line: string) => void
    readonly reloadTasks: () => Promise<void>
  },
): Promise<Served> => {
  // First, so that a project's groups may name the administrator.
  const administrator = await ensureAdministrator(host.store, { nowMs: clock.now() })
  await seedPeople(host, project, clock.now())
  const owner = administrator?.user ?? (await firstAdministrator(host))
  const by: Actor = { user: owner, groups: [], isOperator: true }
  const synced = await syncProject(host, project, by)
  const server = await createServer({
    host,
    version: options.version,
    backups: join(data, 'backups'),
    ...(options.console === undefined ? {} : { console: options.console }),
    logLevel: options.logLevel ?? 'warn',
    now: () => clock.now(),
  })
  const url = await server.listen({ host: options.host ?? '127.0.0.1', port: options.port ?? 7400 })
  const profile = await writeLocalProfile(host, { url, user: owner, nowMs: clock.now() })
  const watcher = options.watch === true ? await watchProject(host, project, { by, onProgress, reloadTasks }) : undefined
  return {
    url,
    host,
    project,
    administrator,
    profile,
    synced,
    close: async () => {
      await watcher?.close()
      await server.close()
      await profile.remove()
      await host.close()
    },
  }
}

const mailSettings = (mail: NonNullable<Project['config']['mail']>) => ({
  host: mail.host,
  port: mail.port,
  from: mail.from,
  ...(mail.secure === undefined ? {} : { secure: mail.secure }),
  ...(mail.user === undefined ? {} : { user: mail.user }),
  ...(mail.password === undefined ? {} : { password: mail.password }),
})

const firstAdministrator = async (host: Host): Promise<string> =>
  (await host.store.people.users()).find((user) => user.isActive && user.roles.includes('administrator'))?.name ?? 'admin'
