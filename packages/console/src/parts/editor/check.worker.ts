/** Reads, checks, completes and imports models off the page's thread: a soundness search must not hold up a key. */
import { checkModel, importAem, printAemReport, printModel } from '@millrace/model'
import type { Counterexample } from '../graph/play.ts'
import type { CheckAnswer, Checked, CheckRequest, Imported } from './check.ts'
import { completionsAt } from './complete.ts'

/** States searched as one types; Sync searches further. */
const LIVE_BUDGET = 50_000

const check = (text: string): Checked => {
  const { problems, soundness, model, draft, positions } = checkModel(text, { budget: LIVE_BUDGET })
  const shown = model ?? draft
  return {
    problems,
    lines: Object.fromEntries(Object.entries(positions.nodes).map(([id, place]) => [id, place.line])),
    ...(shown === undefined ? {} : { model: shown }),
    ...(soundness === undefined ? {} : { verdict: soundness.verdict, states: soundness.states }),
    ...(soundness?.counterexample === undefined ? {} : { counterexample: soundness.counterexample as Counterexample }),
  }
}

const importFile = (text: string, file: string): Imported => {
  const result = importAem(text, { file })
  const { model, problems } = result
  if (model === undefined) return { problems, report: '' }
  return { problems, id: model.id, text: printModel(model), report: result.report === undefined ? '' : printAemReport(result.report) }
}

const answerOf = (request: CheckRequest): CheckAnswer => {
  const { seq } = request
  switch (request.kind) {
    case 'check':
      return { kind: 'check', seq, checked: check(request.text) }
    case 'complete':
      return { kind: 'complete', seq, ...completionsAt(request.text, request.offset, request.tasks) }
    case 'import':
      return { kind: 'import', seq, imported: importFile(request.text, request.file) }
  }
}

self.onmessage = ({ data }: MessageEvent<CheckRequest>) => self.postMessage(answerOf(data))
