/**
 * A condition on the way from an AEM rule to CEL: small enough to simplify, so that the result reads as if a person wrote it.
 */
export type Condition =
  | { readonly kind: 'constant'; readonly value: boolean }
  /** CEL that binds tighter than any operator. */
  | { readonly kind: 'test'; readonly cel: string }
  | { readonly kind: 'compare'; readonly left: string; readonly op: CompareOp; readonly right: string }
  | { readonly kind: 'not'; readonly of: Condition }
  | { readonly kind: 'all' | 'any'; readonly of: readonly Condition[] }

export type CompareOp = '==' | '!=' | '<' | '<=' | '>' | '>='

const OPPOSITE: { readonly [op in CompareOp]: CompareOp } = { '==': '!=', '!=': '==', '<': '>=', '<=': '>', '>': '<=', '>=': '<' }

export const TRUE: Condition = { kind: 'constant', value: true }
export const FALSE: Condition = { kind: 'constant', value: false }

export function constant(value: boolean): Condition {
  return value ? TRUE : FALSE
}

export function all(...of: readonly Condition[]): Condition {
  return combine('all', of)
}

export function any(...of: readonly Condition[]): Condition {
  return combine('any', of)
}

export function not(condition: Condition): Condition {
  switch (condition.kind) {
    case 'constant':
      return constant(!condition.value)
    case 'not':
      return condition.of
    case 'compare':
      return { ...condition, op: OPPOSITE[condition.op] }
    case 'all':
      return any(...condition.of.map(not))
    case 'any':
      return all(...condition.of.map(not))
    case 'test':
      return { kind: 'not', of: condition }
  }
}

/** `when ? then : otherwise` */
export function choose(when: Condition, then: Condition, otherwise: Condition): Condition {
  if (printCondition(then) === printCondition(otherwise)) return then
  if (then.kind === 'constant') return then.value ? any(when, otherwise) : all(not(when), otherwise)
  if (otherwise.kind === 'constant') return otherwise.value ? any(not(when), then) : all(when, then)
  return any(all(when, then), all(not(when), otherwise))
}

function combine(kind: 'all' | 'any', of: readonly Condition[]): Condition {
  const neutral = kind === 'all'
  const flat = of.flatMap((part) => (part.kind === kind ? part.of : [part]))
  if (flat.some((part) => part.kind === 'constant' && part.value !== neutral)) return constant(!neutral)
  const rest = flat.filter((part) => part.kind !== 'constant')
  const [only] = rest
  if (only === undefined) return constant(neutral)
  return rest.length === 1 ? only : { kind, of: rest }
}

/** Whether a condition has more parts than `limit`; stops counting there, as parts may be shared many times over. */
export function isLarger(condition: Condition, limit: number): boolean {
  return remaining(condition, limit) < 0
}

function remaining(condition: Condition, limit: number): number {
  if (limit < 0) return limit
  if (condition.kind === 'not') return remaining(condition.of, limit - 1)
  return condition.kind === 'all' || condition.kind === 'any'
    ? condition.of.reduce((left, part) => remaining(part, left), limit - 1)
    : limit - 1
}

/** CEL source. */
export function printCondition(condition: Condition): string {
  switch (condition.kind) {
    case 'constant':
      return String(condition.value)
    case 'test':
      return condition.cel
    case 'compare':
      return `${condition.left} ${condition.op} ${condition.right}`
    case 'not':
      return `!${condition.of.kind === 'test' ? condition.of.cel : `(${printCondition(condition.of)})`}`
    case 'all':
      return condition.of.map((part) => (part.kind === 'any' ? `(${printCondition(part)})` : printCondition(part))).join(' && ')
    case 'any':
      return condition.of.map((part) => (part.kind === 'all' ? `(${printCondition(part)})` : printCondition(part))).join(' || ')
  }
}
