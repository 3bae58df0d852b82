/** What people and programs ask of the host: each becomes a unit for the writer, and its answer comes after COMMIT. */
import type { Actor, Env, JsonValue } from '@millrace/kernel'
import type { CommandAnswer, CommandInput, CommandOptions, Host, Preview, StartInstance, Store } from '@millrace/protocol'
import { readCallbackToken } from '../effects/callback-token.ts'
import type { LoadedVersion, Programs } from '../programs.ts'
import { noInstance } from '../refused.ts'
import type { Writer } from '../tick/writer.ts'
import { previewCommand } from '../views/preview.ts'
import type { Timelines } from '../views/timeline.ts'
import { explainRefusal } from './explain-refusal.ts'
import { Idempotency } from './idempotency.ts'
import { withInitialData } from './restart.ts'
import { requestedVersion, startInput } from './start.ts'

export interface CommandPorts {
  readonly store: Store
  readonly programs: Programs
  readonly writer: Writer
  readonly timelines: Timelines
  /** Surroundings of a decision, for previews. */
  readonly envOf: (version: LoadedVersion) => Env
  /** Key that callback addresses are signed with. */
  readonly secret: Buffer
  readonly newId: () => string
  readonly now: () => number
}

export type Commands = Pick<Host, 'start' | 'command' | 'publish' | 'callback' | 'preview'>

export const createCommands = (ports: CommandPorts): Commands => {
  const { store, programs, writer, timelines, envOf, secret, newId, now } = ports
  const idempotency = new Idempotency(store)

  const start = (
    request: StartInstance & { readonly workspace: string },
    by: Actor,
    options: CommandOptions = {},
  ): Promise<CommandAnswer> =>
    idempotency.once(request.workspace, options.idempotency, async () => {
      const known = request.version === undefined ? programs.latest(request.workspace, request.workflow) : undefined
      const input = startInput(ports, known ?? (await requestedVersion(ports, request)), request, by)
      return writer.command({
        instance: input.id,
        input,
        mayQueue: request.queue === true,
        ...unitOptions(request.workspace, options),
      })
    })

  const command = async (instance: string, given: CommandInput, options: CommandOptions = {}): Promise<CommandAnswer> => {
    const state = await writer.state(instance)
    if (state === undefined) throw noInstance(instance)
    const input = await withInitialData(store, state, given)
    return idempotency.once(state.workspace, options.idempotency, async () => {
      try {
        return await writer.command({ instance, input, ...unitOptions(state.workspace, options) })
      } catch (error) {
        throw await explainRefusal({ store, preview }, error, { instance, input: given, options })
      }
    })
  }

  const preview = async (instance: string, input: CommandInput, options: CommandOptions = {}): Promise<Preview> => {
    const state = await writer.state(instance)
    const version = state === undefined ? undefined : await programs.load(state.workspace, state.workflow, state.version)
    if (state === undefined || version === undefined) throw noInstance(instance)
    const tryOut = (id: string, tried: CommandInput) =>
      writer.tryOut({ instance: id, input: tried, ...unitOptions(state.workspace, options) })
    return previewCommand({ env: envOf, timelines, tryOut }, state, version, await withInitialData(store, state, input))
  }

  return {
    start,
    command,
    preview,
    publish: (message, _by, { idempotency: key } = {}) =>
      idempotency.once(message.workspace, key, async () => {
        const waiting = await store.instances.waiters(message.workspace, message.name, message.key)
        const answer = { received: waiting.length }
        await writer.command({
          instance: newId(),
          publish: { ...message, atMs: now() },
          ...(key === undefined ? {} : { idempotency: { workspace: message.workspace, ...key, answer } }),
        })
        return answer
      }),
    callback: async (token: string, body: JsonValue, options: CommandOptions = {}) => {
      const { instance, step } = readCallbackToken(secret, token)
      return command(instance, { kind: 'callback', step, body }, options)
    },
  }
}

const unitOptions = (workspace: string, options: CommandOptions) => ({
  ...(options.idempotency === undefined ? {} : { idempotency: { workspace, ...options.idempotency } }),
  ...(options.force === undefined ? {} : { force: options.force }),
  ...(options.queue === undefined ? {} : { mayQueue: options.queue }),
  ...(options.ifFacts === undefined ? {} : { ifFacts: options.ifFacts }),
})
