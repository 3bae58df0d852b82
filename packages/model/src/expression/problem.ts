/** What is wrong with an expression before it runs. */
export interface ExpressionProblem {
  readonly code: 'EXPRESSION_SYNTAX' | 'EXPRESSION_LIMIT' | 'EXPRESSION_FUNCTION' | 'EXPRESSION_UNDECLARED' | 'EXPRESSION_TYPE'
  readonly message: string
  readonly hint?: string
  /** UTF-16 units into the source. */
  readonly offset: number
}
