import type { Place } from './scenario.ts'

/** What is wrong with a scenario, or what did not come as it says. */
export interface ScenarioProblem extends Partial<Place> {
  /** SCENARIO_INVALID: the file; STEP_REFUSED: a step that could not be done; EXPECTATION_FAILED: something else happened. */
  readonly code: 'SCENARIO_INVALID' | 'STEP_REFUSED' | 'EXPECTATION_FAILED'
  readonly severity: 'error'
  readonly message: string
  readonly hint?: string
}
