/** Transient instances (DESIGN 5.6): while one only runs one automatic step after another nothing of it is written. */
import { type Input, isFinal, type State } from '@millrace/kernel'
import type { Clock } from '../clock.ts'
import type { Programs } from '../programs.ts'
import type { Piece } from '../tick/piece.ts'
import type { RunAttempt } from './carry-out.ts'

interface TransientPorts {
  readonly programs: Programs
  readonly clock: Clock
  readonly runAttempt: RunAttempt
}

/** A transient instance runs its tasks before anything is written; undefined when it must be written now, or has ended. */
export const transientWork = ({ programs, clock, runAttempt }: TransientPorts, piece: Piece): Promise<Input> | undefined => {
  const { unit } = piece
  if (unit.input?.kind !== 'start' || piece.isShared || unit.input.parent !== undefined) return undefined
  const program = programs.get(unit.input.workspace, unit.input.workflow, unit.input.version)?.program
  if (program?.kind !== 'graph' || !program.isTransient) return undefined
  const state = piece.state(unit.instance)
  if (state === undefined) return undefined
  if (isFinal(state.status)) {
    piece.changes.clear()
    piece.answer = { id: state.id, status: state.status, run: state.run, facts: state.facts, seq: 0 }
    return undefined
  }
  if (mustPersist(state)) return undefined
  const [late] = piece.late.splice(0)
  const [step] = Object.values(state.steps)
  if (late?.effect.kind === 'attempt') return Promise.resolve(runAttempt(state, late.effect))
  const retryAtMs = step?.wait.kind === 'task' ? step.wait.retryAtMs : undefined
  if (step === undefined || retryAtMs === undefined) return undefined
  return new Promise((resolve) => clock.after(Math.max(0, retryAtMs - clock.now()), () => resolve({ kind: 'timer', step: step.n })))
}

/** It met an AND split, a person, a callback, a wait, a child or an incident: from now on it is written like every other. */
const mustPersist = (state: State): boolean => {
  if (isFinal(state.status)) return false
  if (state.status !== 'RUNNING') return true
  const steps = Object.values(state.steps)
  if (steps.length !== 1 || Object.keys(state.tokens).length > 0) return true
  const [step] = steps
  if (step?.wait.kind !== 'task' || step.wait.awaitsCallback === true || step.incident !== undefined) return true
  // A service may ask to wait for hours; the policy's own waits are the author's choice.
  return step.wait.asked === true
}
