import type { Diagnostic } from '@codemirror/lint'
import type { Text } from '@codemirror/state'
import type { Problem } from '@millrace/model'

/** Problems as CodeMirror marks them: from their place to the end of the word, or of the line where that is empty. */
export function diagnosticsOf(problems: readonly Problem[], text: Text): Diagnostic[] {
  return problems.map((problem) => {
    const line = text.line(Math.min(Math.max(1, problem.line), text.lines))
    const from = Math.min(line.from + problem.column - 1, line.to)
    const word = /^[^\s,:\]}]+/.exec(line.text.slice(from - line.from))?.[0].length ?? 0
    const to = word > 0 ? from + word : line.to
    return {
      from: to > from ? from : Math.max(line.from, from - 1),
      to,
      severity: problem.severity,
      message: problem.hint === undefined ? problem.message : `${problem.message}\n${problem.hint}`,
      source: problem.code,
    }
  })
}
