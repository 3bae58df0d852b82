/** What the rule needs of a linter (ESLint 9 and oxlint offer the same), as far as it needs it: this package depends on neither. */
export interface SyntaxNode {
  readonly type: string
  readonly parent?: SyntaxNode
  readonly name?: string
  readonly kind?: string
  readonly computed?: boolean
  readonly importKind?: string
  readonly object?: SyntaxNode
  readonly property?: SyntaxNode
  readonly callee?: SyntaxNode
  readonly source?: SyntaxNode
  readonly value?: unknown
  readonly arguments?: readonly SyntaxNode[]
}

export interface Reference {
  readonly identifier: SyntaxNode
}

export interface Scope {
  /** References that no declaration in the file answers. */
  readonly through: readonly Reference[]
  /** Globals the linter was told of have no definition. */
  readonly variables: readonly { readonly defs: readonly unknown[]; readonly references: readonly Reference[] }[]
}

export interface RuleContext {
  readonly sourceCode: { getScope(node: SyntaxNode): Scope }
  report(problem: { readonly node: SyntaxNode; readonly message: string }): void
}

export interface Rule {
  readonly meta: { readonly type: 'problem'; readonly docs: { readonly description: string }; readonly schema: readonly [] }
  create(context: RuleContext): { readonly [node: string]: (node: SyntaxNode) => void }
}

/** `now` of `Date.now`; none for `Date[name]`. */
export const memberOf = (identifier: SyntaxNode): string | undefined => {
  const { parent } = identifier
  if (parent?.type !== 'MemberExpression' || parent.object !== identifier || parent.computed === true) return undefined
  return parent.property?.name
}

export const isCalled = (node: SyntaxNode): boolean => node.parent?.type === 'CallExpression' && node.parent.callee === node

/** In the place of a type, which is gone at run time. */
export const isType = ({ parent }: SyntaxNode): boolean =>
  parent?.type.startsWith('TS') === true && !/^TS(As|Satisfies|NonNull)/.test(parent.type)
