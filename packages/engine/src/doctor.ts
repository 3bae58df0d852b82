/**
 * Explains every open instance. One that nothing explains is STALE: a defect of the host, repaired by running its lost step again (DESIGN 5.7).
 */
import { isAttemptRunning, type Program, type State } from '@millrace/kernel'
import type { DoctorReport, Store, Why } from '@millrace/protocol'
import type { Directory } from './directory.ts'
import type { Attempts } from './effects/attempts.ts'
import type { Deliveries } from './effects/deliveries.ts'
import type { LockTable } from './locks/lock-table.ts'
import type { Programs } from './programs.ts'
import { hasHeldResult, unfinishedWork } from './recover.ts'
import type { LateEffect } from './tick/piece.ts'
import { explainState } from './views/why.ts'

export interface DoctorPorts {
  readonly store: Store
  readonly programs: Programs
  readonly directory: Directory
  readonly locks: LockTable
  readonly attempts: Attempts
  readonly deliveries: Deliveries
  /** Something of the instance is being decided or written, or waits for its turn. */
  readonly isAtWork: (instance: string) => boolean
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
      const lost = isLost(ports, state, why) ? await stillLost(ports, state) : undefined
      if (lost === undefined) {
        if (rows.length < MAX_ROWS) rows.push(row)
        continue
      }
      const repaired = options.repair === true && repair(ports, lost, version?.program)
      stale.push({ ...row, why: { ...why, code: 'STALE' }, ...(options.repair === true ? { repaired } : {}) })
    }
    after = ids.at(-1)
    if (after === undefined || ids.length < PAGE) break
  }
  return { open, stale, rows, checkedAtMs: now() }
}

/** Nothing alive will move it: no step at all, an attempt or code that nobody runs, a place in no queue. */
const isLost = ({ attempts, deliveries, locks, isAtWork }: DoctorPorts, state: State, why: Why): boolean => {
  if (isAtWork(state.id)) return false
  if (why.code === 'STALE') return true
  if (state.status === 'QUEUED') return locks.place(state.id) === undefined
  if (state.status !== 'RUNNING') return false
  if (state.code?.delivering !== undefined && state.incident === undefined && !deliveries.isRunning(state.id)) return true
  return Object.values(state.steps).some(
    (step) => isAttemptRunning(step) && !hasHeldResult(state, step.n) && !attempts.isRunning(state.id, step.n),
  )
}

/**
 * It may have gone on since its state was read: what ended before the first look is written by now. So a state read afterwards that says the same, with still
 * nobody at work, is lost indeed.
 */
const stillLost = async (ports: DoctorPorts, before: State): Promise<State | undefined> => {
  const state = (await ports.store.instances.load([before.id])).get(before.id)
  if (state === undefined) return undefined
  const why = explainState(state, await ports.programs.load(state.workspace, state.workflow, state.version), ports)
  return why !== undefined && isLost(ports, state, why) ? state : undefined
}

/** The state of an instance that nothing will move, looked at twice; undefined for one that is explained. */
export const whereLost = async (ports: DoctorPorts, state: State): Promise<State | undefined> => {
  const why = explainState(state, await ports.programs.load(state.workspace, state.workflow, state.version), ports)
  return why !== undefined && isLost(ports, state, why) ? stillLost(ports, state) : undefined
}

const repair = ({ carryOut }: DoctorPorts, state: State, program: Program | undefined): boolean => {
  const work = unfinishedWork(state, program)
  for (const each of work) carryOut(state, each)
  return work.length > 0
}
