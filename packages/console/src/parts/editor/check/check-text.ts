import { checkModel } from '@millrace/model'
import type { Checked } from '../checked.ts'

/** States searched as one types; Sync searches further. */
const LIVE_BUDGET = 50_000

/** Everything that Sync would say about a text, as far as a browser can tell. */
export function checkText(text: string): Checked {
  const { problems, soundness, model, draft, positions } = checkModel(text, { budget: LIVE_BUDGET })
  const shown = model ?? draft
  return {
    problems,
    lines: Object.fromEntries(Object.entries(positions.nodes).map(([id, place]) => [id, place.line])),
    ...(shown === undefined ? {} : { model: shown }),
    ...(soundness === undefined ? {} : { verdict: soundness.verdict, states: soundness.states }),
    ...(soundness?.counterexample === undefined ? {} : { counterexample: soundness.counterexample }),
  }
}
