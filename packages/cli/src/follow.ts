/**
 * Streams the history of an instance while it happens. The feed says that it changed, the history says what; so nothing is missed when the
 * connection breaks, and nothing comes twice.
 */
import type { Client } from '@millrace/client'
import type { HistoryEntry, Instance } from '@millrace/protocol'

const PAGE = 200
const FINAL: ReadonlySet<string> = new Set(['COMPLETED', 'FAILED', 'ABORTED'])

/**
 * @param options.after fact from which on entries are given, 0 = all
 * @returns the instance once its run has ended, or when the signal aborts.
 */
export async function follow(
  client: Client,
  id: string,
  options: { readonly after: number; readonly onEntry: (entry: HistoryEntry) => void; readonly signal: AbortSignal },
): Promise<Instance> {
  const { onEntry, signal } = options
  let after = options.after
  const read = async (): Promise<void> => {
    for (;;) {
      const { items } = await client.instances.history(id, { after, limit: PAGE })
      for (const entry of items) onEntry(entry)
      after = items.at(-1)?.seq ?? after
      if (items.length < PAGE) return
    }
  }
  let instance = await client.instances.get(id)
  const stop = new AbortController()
  const onAbort = () => stop.abort()
  signal.addEventListener('abort', onAbort, { once: true })
  // One look at a time; what comes meanwhile asks for another.
  let looking: Promise<void> | undefined
  let isDirty = false
  let failure: Error | undefined
  const look = (): void => {
    if (looking !== undefined) {
      isDirty = true
      return
    }
    isDirty = false
    looking = (async () => {
      await read()
      instance = await client.instances.get(id)
      // The end may have been written between the two reads.
      if (FINAL.has(instance.status)) {
        await read()
        stop.abort()
      }
    })()
      .catch((error: unknown) => {
        failure = error instanceof Error ? error : new Error(String(error))
        stop.abort()
      })
      .finally(() => {
        looking = undefined
        if (isDirty && !stop.signal.aborted) look()
      })
  }
  look()
  await client.events({
    after: instance.seq,
    onEvent: (event) => {
      if (event.id === id || event.id.startsWith(`${id}.`)) look()
    },
    onOpen: look,
    onResync: look,
    signal: stop.signal,
  })
  signal.removeEventListener('abort', onAbort)
  await looking
  if (failure !== undefined) throw failure
  return instance
}
