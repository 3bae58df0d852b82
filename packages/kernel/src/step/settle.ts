import type { StepInput } from '../input.ts'
import type { Turn } from '../turn.ts'
import { closeStep } from './close.ts'

/** A call's answer that was held while the function handled another. */
export const settleCall = (turn: Turn, input: Extract<StepInput, { kind: 'settle' }>): void => {
  const step = turn.state.steps[input.step]
  // Withdrawn meanwhile: the loser of a race.
  if (step === undefined) return
  const { kind: _, step: __, ...closing } = input
  closeStep(turn, step, closing)
}
