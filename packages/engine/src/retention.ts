/** Removes what has been kept long enough: ended instances by their workflow's retention, feed rows, kept messages, idempotent answers. */
import { addDuration } from '@millrace/model'
import type { Store } from '@millrace/protocol'
import type { Clock } from './clock.ts'

/** How long an ended instance stays where its workflow does not say. */
export const DEFAULT_RETENTION = 'P90D'
/** Rows of one slice: a few milliseconds, so that ticks go on between slices. */
const SLICE = 200
const SWEEP_EVERY_MS = 3_600_000
/** The first sweep waits until the host has taken up its work. */
const FIRST_SWEEP_MS = 60_000

export interface Retention {
  /** Sweeps now. @returns how many instances were purged. */
  sweep(): Promise<number>
  close(): void
}

export const openRetention = (ports: {
  readonly store: Store
  readonly clock: Clock
  readonly onDefect: (error: unknown, about: string) => void
}): Retention => {
  const { store, clock, onDefect } = ports
  let stop: () => void = () => undefined
  let isClosed = false
  const sweep = async (): Promise<number> => {
    const nowMs = clock.now()
    let purged = 0
    for (const { workspace, workflow, content } of await allLatest(store)) {
      const kept = retentionOf(content)
      if (kept === 'forever') continue
      // Counted back from now: `now - P90D` as a duration of fixed length from the epoch is the same for all but months.
      const endedBeforeMs = nowMs - addDuration(0, kept)
      for (let count = SLICE; count === SLICE && !isClosed; ) {
        count = await store.maintenance.purge({ workspace, workflow, endedBeforeMs, limit: SLICE })
        purged += count
        await new Promise((resolve) => setImmediate(resolve))
      }
    }
    await store.maintenance.expire(nowMs)
    await store.maintenance.checkpoint()
    return purged
  }
  const schedule = (ms: number): void => {
    if (isClosed) return
    stop = clock.after(ms, () => {
      sweep()
        .catch((error: unknown) => onDefect(error, 'retention'))
        .finally(() => schedule(SWEEP_EVERY_MS))
    })
  }
  schedule(FIRST_SWEEP_MS)
  return {
    sweep,
    close: () => {
      isClosed = true
      stop()
    },
  }
}

/** Workspaces that exist so far. */
const WORKSPACES = ['default']

const allLatest = async (store: Store) => (await Promise.all(WORKSPACES.map((workspace) => store.definitions.latest(workspace)))).flat()

const retentionOf = (content: unknown): string => {
  if (typeof content !== 'object' || content === null || !('retention' in content)) return DEFAULT_RETENTION
  return typeof content.retention === 'string' ? content.retention : DEFAULT_RETENTION
}
