/** Instances that nothing will move, found among those the store cannot explain: what doctor finds, without looking at every healthy one. */
import type { State } from '@millrace/kernel'
import { type DoctorPorts, whereLost } from '../doctor.ts'

export interface Stale {
  readonly count: number
  readonly sinceMs?: number
  /** Some of them. */
  readonly examples: readonly string[]
}

/** What is busy and has said nothing for this long is looked at; the answer of an attempt that runs is that it runs. */
const QUIET_MS = 10_000
/** How long a finding holds: it is asked for by everybody who looks at the page. */
const HOLDS_MS = 5_000
/** More are not counted one by one: something is wrong with the host. */
const MOST = 1_000
const PAGE = 200
const EXAMPLES = 3

export const createStaleWatch = (ports: DoctorPorts): ((workspace: string) => Promise<Stale>) => {
  const found = new Map<string, { readonly atMs: number; readonly stale: Promise<Stale> }>()
  return (workspace) => {
    const known = found.get(workspace)
    const nowMs = ports.now()
    if (known !== undefined && nowMs - known.atMs >= 0 && nowMs - known.atMs < HOLDS_MS) return known.stale
    const stale = find(ports, workspace)
    found.set(workspace, { atMs: nowMs, stale })
    stale.catch(() => found.delete(workspace))
    return stale
  }
}

const find = async (ports: DoctorPorts, workspace: string): Promise<Stale> => {
  const lost: State[] = []
  for (let after: string | undefined; lost.length < MOST; ) {
    const page = await ports.store.queries.suspects({
      workspace,
      quietBeforeMs: ports.now() - QUIET_MS,
      limit: PAGE,
      ...(after === undefined ? {} : { after }),
    })
    for (const state of (await ports.store.instances.load(page)).values()) {
      const confirmed = await whereLost(ports, state)
      if (confirmed !== undefined) lost.push(confirmed)
    }
    after = page.at(-1)
    if (after === undefined || page.length < PAGE) break
  }
  lost.push(...(await outOfLine(ports, workspace)))
  return {
    count: lost.length,
    ...(lost.length === 0 ? {} : { sinceMs: Math.min(...lost.map((state) => state.startedAtMs ?? state.createdAtMs)) }),
    examples: lost.slice(0, EXAMPLES).map(({ id }) => id),
  }
}

/** Queued, but in no queue of this process. */
const outOfLine = async (ports: DoctorPorts, workspace: string): Promise<readonly State[]> => {
  const rows = await ports.store.instances.lockRows()
  const queued = rows.filter(
    (row) => row.workspace === workspace && row.status === 'QUEUED' && ports.locks.place(row.instance) === undefined,
  )
  const lost: State[] = []
  for (const state of (await ports.store.instances.load(queued.map(({ instance }) => instance))).values()) {
    const confirmed = await whereLost(ports, state)
    if (confirmed !== undefined) lost.push(confirmed)
  }
  return lost
}
