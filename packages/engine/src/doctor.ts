/**
 * Explains every open instance. One that nothing explains is STALE: a defect of the host, repaired by running its lost step again (DESIGN 5.7).
 */
import { isAttemptRunning, type State } from '@millrace/kernel'
import type { DoctorReport, Store, Why } from '@millrace/protocol'
import type { Directory } from './directory.ts'
import type { Attempts } from './effects/attempts.ts'
import type { LockTable } from './locks/lock-table.ts'
import type { Programs } from './programs.ts'
import { unfinishedWork } from './recover.ts'
import type { LateEffect } from './tick/piece.ts'
import { explainState } from './views/why.ts'

export interface DoctorPorts {
  readonly store: Store
  readonly programs: Programs
  readonly directory: Directory
  readonly locks: LockTable
  readonly attempts: Attempts
  readonly now: () => number
  readonly carryOut: (state: State, work: LateEffect) => void
}

const PAGE = 500
/** Most healthy rows in one report; STALE ones are always all there. */
const MAX_ROWS = 10_000

export const doctor = async (
  ports: DoctorPorts,
  options: { readonly workspace?: string; readonly repair?: boolean },
): Promise<DoctorReport> => {
  const { store, programs, now } = ports
  const rows: DoctorReport['rows'] = []
  const stale: DoctorReport['stale'] = []
  let open = 0
  for (let after: string | undefined; ; ) {
    const ids = await store.instances.open({
      limit: PAGE,
      ...(after === undefined ? {} : { after }),
      ...(options.workspace === undefined ? {} : { workspace: options.workspace }),
    })
    const states = await store.instances.load(ids)
    for (const id of ids) {
      const state = states.get(id)
      if (state === undefined) continue
      open++
      const version = await programs.load(state.workspace, state.workflow, state.version)
      const why = explainState(state, version, ports)
      if (why === undefined) continue
      const row = { instance: id, workflow: state.workflow, title: state.title, status: state.status, why }
      if (!isLost(ports, state, why)) {
        if (rows.length < MAX_ROWS) rows.push(row)
        continue
      }
      const repaired = options.repair === true && repair(ports, state)
      stale.push({ ...row, why: { ...why, code: 'STALE' }, ...(options.repair === true ? { repaired } : {}) })
    }
    after = ids.at(-1)
    if (after === undefined || ids.length < PAGE) break
  }
  return { open, stale, rows, checkedAtMs: now() }
}

/** Nothing alive will move it: no step at all, an attempt nobody runs, a place in no queue. */
const isLost = ({ attempts, locks, now }: DoctorPorts, state: State, why: Why): boolean => {
  if (why.code === 'STALE') return true
  if (state.status === 'QUEUED') return locks.place(state.id) === undefined
  if (state.status !== 'RUNNING') return false
  // An attempt's result may be on its way to the writer: give it a moment before calling it lost.
  return Object.values(state.steps).some(
    (step) => isAttemptRunning(step) && now() - step.openedAtMs > SETTLE_MS && !attempts.isRunning(state.id, step.n),
  )
}

const SETTLE_MS = 2_000

const repair = ({ carryOut }: DoctorPorts, state: State): boolean => {
  const work = unfinishedWork(state)
  for (const each of work) carryOut(state, each)
  return work.length > 0
}
