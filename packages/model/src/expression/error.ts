/** An expression that failed while it ran. `code` is stable; the message names the expression. */
export class ExpressionError extends Error {
  readonly code: 'EXPRESSION_INVALID' | 'EXPRESSION_FAILED' | 'EXPRESSION_COST' | 'EXPRESSION_RESULT'
  readonly source: string

  constructor(code: ExpressionError['code'], source: string, message: string) {
    super(message)
    this.name = 'ExpressionError'
    this.code = code
    this.source = source
  }
}

/** The expression as quoted in messages. */
export function quoted(source: string): string {
  return source.length > 80 ? `"${source.slice(0, 77)}…"` : `"${source}"`
}
