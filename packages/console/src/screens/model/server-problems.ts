import type { Problem } from '@millrace/model'
import type { Draft } from '@millrace/protocol'

/** Problems found here, and those that only the server can know: a task that nobody offers, a group that nobody is in. In the order of the text. */
export const withServerProblems = (own: readonly Problem[], server: Draft['problems']): readonly Problem[] => {
  const places = new Set(own.map(placeOf))
  const further = server.map(toProblem).filter((problem) => !places.has(placeOf(problem)))
  return further.length === 0 ? own : [...own, ...further].toSorted((a, b) => a.line - b.line || a.column - b.column)
}

const toProblem = ({ code, severity, message, line = 1, column = 1, hint, node }: Draft['problems'][number]): Problem => ({
  code,
  severity: severity === 'error' ? 'error' : 'warning',
  message,
  line,
  column,
  ...(hint === undefined ? {} : { hint }),
  ...(node === undefined ? {} : { node }),
})

const placeOf = ({ code, line, column }: Problem): string => `${code} ${line} ${column}`
