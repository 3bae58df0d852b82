import { type Cell, createCell } from './cell.ts'

/** What the tab knows about its line to the server. */
export interface Connection {
  /** `starting` until the first answer; `lost` from the first request nobody answered until one is. */
  readonly state: 'starting' | 'online' | 'lost'
  readonly sinceMs: number
  /** The server's disk is full: it answers reads and refuses writes. */
  readonly isReadOnly: boolean
  /** Events reach this tab; without them it shows what it last read. */
  readonly isLive: boolean
}

export interface ConnectionCell extends Cell<Connection> {
  /** A request was answered, or was not. */
  heard(isAnswered: boolean): void
  wrote(status: number): void
  live(isLive: boolean): void
}

export const createConnection = (now: () => number): ConnectionCell => {
  const cell = createCell<Connection>({ state: 'starting', sinceMs: now(), isReadOnly: false, isLive: false })
  const change = (part: Partial<Connection>) => {
    const before = cell.get()
    const after = { ...before, ...part }
    if (after.state !== before.state) cell.set({ ...after, sinceMs: now() })
    else if (after.isReadOnly !== before.isReadOnly || after.isLive !== before.isLive) cell.set(after)
  }
  return {
    ...cell,
    heard: (isAnswered) => change({ state: isAnswered ? 'online' : 'lost' }),
    wrote: (status) => {
      // 507 is STORE_FULL; any other answer to a write means that the disk takes writes again.
      if (status === 507 || cell.get().isReadOnly) change({ isReadOnly: status === 507 })
    },
    live: (isLive) => change({ isLive }),
  }
}
