import type { Actor, Data, Payload, StartInput } from '@millrace/kernel'
import { celEvaluator, ExpressionError, type JsonSchema, nearest, payloadValue } from '@millrace/model'
import { MillraceError, type StartInstance, type Store } from '@millrace/protocol'
import type { LoadedVersion, Programs } from '../programs.ts'

export interface StartPorts {
  readonly store: Store
  readonly programs: Programs
  readonly newId: () => string
  readonly now: () => number
}

/** The kernel's input for a start request: the right checked, defaults filled in, lock templates evaluated. */
export const startInput = (
  ports: Pick<StartPorts, 'newId' | 'now'>,
  version: LoadedVersion,
  request: StartInstance & { readonly workspace: string },
  by: Actor,
): StartInput => {
  assertMayStart(version, by)
  const data = version.program.kind === 'graph' ? withDefaults(version.program.model.data, request.data ?? {}) : (request.data ?? {})
  const payload: Payload = request.payload ?? { kind: 'none' }
  const id = ports.newId()
  const own = locksOf(version, { id, data, payload, by, nowMs: ports.now(), title: request.title ?? version.title })
  const locks = request.locks === undefined || request.locks.length === 0 ? own : [...new Set([...own, ...request.locks])]
  return {
    kind: 'start',
    id,
    workspace: request.workspace,
    workflow: version.workflow,
    version: version.version,
    payload,
    data,
    by,
    locks,
    ...(request.title === undefined ? {} : { title: request.title }),
    ...(request.input === undefined ? {} : { input: request.input }),
    ...(request.priority === undefined ? {} : { priority: request.priority }),
    ...(request.simulate === undefined ? {} : { simulate: request.simulate }),
    ...(request.force === undefined ? {} : { force: request.force }),
    ...(request.startAt === undefined ? {} : { startAtMs: Date.parse(request.startAt) }),
  }
}

/** The version a request asks for. @throws MillraceError NOT_FOUND, NO_VERSION with what there is instead. */
export const requestedVersion = async (
  { programs, store }: StartPorts,
  request: StartInstance & { readonly workspace: string },
): Promise<LoadedVersion> => {
  const loaded =
    (request.version === undefined ? programs.latest(request.workspace, request.workflow) : undefined) ??
    (await programs.load(request.workspace, request.workflow, request.version))
  if (loaded !== undefined) return loaded
  const known = await store.definitions.latest(request.workspace)
  const latest = known.find((row) => row.workflow === request.workflow)
  if (latest !== undefined)
    throw new MillraceError('NOT_FOUND', `Workflow ${request.workflow} has no version ${request.version}; its newest is ${latest.version}.`)
  if ((await store.definitions.draft(request.workspace, request.workflow)) !== undefined) {
    throw new MillraceError(
      'NO_VERSION',
      `Workflow ${request.workflow} has a draft but no version yet. Sync it first: millrace sync ${request.workflow}`,
    )
  }
  const hint = nearest(
    request.workflow,
    known.map((row) => row.workflow),
  )
  throw new MillraceError(
    'NOT_FOUND',
    `There is no workflow ${request.workflow}.${hint === undefined ? ' List them with "millrace workflow list".' : ` Did you mean ${hint}?`}`,
  )
}

const assertMayStart = (version: LoadedVersion, by: Actor): void => {
  const { starters } = version
  if (starters.length === 0 || by.isOperator) return
  const person = by.onBehalfOf ?? by.user
  if (starters.some((each) => each === `user:${person}` || (each.startsWith('group:') && by.groups.includes(each.slice(6))))) return
  throw new MillraceError('FORBIDDEN', `You may not start ${version.title}: it is for ${starters.join(', ')}.`)
}

const withDefaults = (declared: { readonly [name: string]: JsonSchema }, given: Data): Data => {
  const data: { [name: string]: Data[string] } = {}
  for (const name in declared) {
    const value = declared[name]?.['default']
    if (value !== undefined) data[name] = value
  }
  return Object.assign(data, given)
}

const locksOf = (
  version: LoadedVersion,
  start: {
    readonly id: string
    readonly title: string
    readonly data: Data
    readonly payload: Payload
    readonly by: Actor
    readonly nowMs: number
  },
): readonly string[] => {
  const { locks } = version.program
  if (locks.length === 0) return locks
  try {
    return locks.map((lock) =>
      celEvaluator.text(lock, {
        data: start.data,
        payload: payloadValue(start.payload),
        initiator: start.by.onBehalfOf ?? start.by.user,
        instance: { id: start.id, title: start.title },
        nowMs: start.nowMs,
      }),
    )
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error
    throw new MillraceError('DATA_INVALID', `Cannot tell which locks ${version.title} needs: ${error.message}`)
  }
}
