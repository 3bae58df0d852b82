/**
 * Rule Definitions: the JSON tree that AEM's rule editor saves. Every node has a `nodeName` and either `items` (a sequence) or a
 * `choice` (one alternative); leaves have a `value`.
 */
import { all, any, type CompareOp, type Condition, not } from './condition.ts'
import { compare, entrySubject, isPresent, isTruthy, type Literal, type Subject, testText, type Uses } from './subject.ts'

interface RuleNode {
  readonly nodeName: string
  readonly items?: readonly unknown[]
  readonly choice?: unknown
  readonly value?: unknown
  readonly isValid?: unknown
  readonly enabled?: unknown
}

/** Deeper than the editor can nest; keeps the recursion off the stack's end. */
const MAX_DEPTH = 60

/** Whether a rule is a Rule Definition, whatever it says. */
export function isDefinition(text: string): boolean {
  return /^\s*\{\s*"/.test(text) && text.includes('"nodeName"')
}

/** The condition, or undefined when the tree is invalid, disabled or asks something Millrace has no words for. */
export function translateDefinition(text: string, uses: Uses): Condition | undefined {
  let tree: unknown
  try {
    tree = JSON.parse(text)
  } catch {
    return undefined
  }
  return condition(tree, uses, 0)
}

function condition(node: unknown, uses: Uses, depth: number): Condition | undefined {
  if (!isNode(node) || node.isValid === false || node.enabled === false || depth > MAX_DEPTH) return undefined
  switch (node.nodeName) {
    case 'ROOT':
    case 'STATEMENT':
    case 'CONDITION':
    case 'CONDITIONORALWAYS':
    case 'BOOLEAN_EXPRESSION': {
      const inside = node.choice ?? onlyItem(node)
      return inside === undefined ? undefined : condition(inside, uses, depth + 1)
    }
    case 'BOOLEAN_BINARY_EXPRESSION':
      return combination(node, uses, depth)
    case 'COMPARISON_EXPRESSION':
      return comparison(node, uses)
    case 'BOOLEAN_LITERAL':
    case 'True':
    case 'False': {
      const literal = literalOf(node)
      return typeof literal === 'boolean' ? { kind: 'constant', value: literal } : undefined
    }
    default:
      return undefined
  }
}

function combination(node: RuleNode, uses: Uses, depth: number): Condition | undefined {
  const [left, op, right] = node.items ?? []
  const a = condition(left, uses, depth + 1)
  const b = condition(right, uses, depth + 1)
  if (a === undefined || b === undefined) return undefined
  switch (operatorName(op)) {
    case 'AND':
      return all(a, b)
    case 'OR':
      return any(a, b)
    default:
      return undefined
  }
}

const COMPARE_OPS: { readonly [name: string]: CompareOp } = {
  EQUALS_TO: '==',
  NOT_EQUALS_TO: '!=',
  GREATER_THAN: '>',
  GREATER_THAN_EQUALS_TO: '>=',
  LESS_THAN: '<',
  LESS_THAN_EQUALS_TO: '<=',
}

function comparison(node: RuleNode, uses: Uses): Condition | undefined {
  const [left, op, right] = node.items ?? []
  const subject = subjectOf(left, uses)
  const name = operatorName(op)
  if (subject === undefined || name === undefined) return undefined
  const literal = literalOf(right)
  const compareOp = Object.hasOwn(COMPARE_OPS, name) ? COMPARE_OPS[name] : undefined
  if (compareOp !== undefined) return literal === undefined ? undefined : compare(subject, { op: compareOp, literal, uses })
  switch (name) {
    case 'STARTS_WITH':
      return typeof literal === 'string' ? testText(subject, { test: 'startsWith', text: literal, uses }) : undefined
    case 'ENDS_WITH':
      return typeof literal === 'string' ? testText(subject, { test: 'endsWith', text: literal, uses }) : undefined
    case 'CONTAINS':
      return typeof literal === 'string' ? testText(subject, { test: 'contains', text: literal, uses }) : undefined
    case 'IS_EMPTY':
    case 'IS_NOT_EMPTY':
      return emptiness(subject, name === 'IS_EMPTY', uses)
    case 'IS_TRUE':
      return isFlag(subject, uses)
    case 'IS_FALSE':
      return negated(isFlag(subject, uses))
    default:
      return undefined
  }
}

function isFlag(subject: Subject, uses: Uses): Condition | undefined {
  return subject.kind === 'entry' ? isTruthy({ ...subject, fallback: false }, uses) : undefined
}

function emptiness(subject: Subject, isEmpty: boolean, uses: Uses): Condition | undefined {
  if (subject.kind === 'text') return undefined
  const type = uses.get(subject.key)
  const filled =
    type === undefined || type === 'string'
      ? compare({ ...subject, fallback: '' }, { op: '!=', literal: '', uses })
      : isPresent(subject.key, uses)
  return isEmpty ? negated(filled) : filled
}

function negated(of: Condition | undefined): Condition | undefined {
  return of === undefined ? undefined : not(of)
}

/** Only variables of the workflow: `displayPath` is `workflow_variables/<name>/`. */
function subjectOf(node: unknown, uses: Uses): Subject | undefined {
  const leaf = leafOf(node)
  if (leaf?.nodeName !== 'COMPONENT' || typeof leaf.value !== 'object' || leaf.value === null) return undefined
  const path: unknown = 'displayPath' in leaf.value ? leaf.value.displayPath : undefined
  const key = typeof path === 'string' ? /^\/?workflow_variables\/([^/]+)\/?$/.exec(path)?.[1] : undefined
  return key === undefined ? undefined : entrySubject(key, { uses })
}

function literalOf(node: unknown): Literal | undefined {
  const leaf = leafOf(node)
  if (leaf === undefined) return undefined
  switch (leaf.nodeName) {
    case 'STRING_LITERAL':
      return typeof leaf.value === 'string' ? leaf.value : undefined
    case 'NUMERIC_LITERAL':
      return leaf.value !== '' && Number.isFinite(Number(leaf.value)) ? Number(leaf.value) : undefined
    case 'BOOLEAN_LITERAL':
      return typeof leaf.value === 'boolean' ? leaf.value : leaf.value === 'true' ? true : leaf.value === 'false' ? false : undefined
    case 'True':
      return true
    case 'False':
      return false
    default:
      return undefined
  }
}

/** Follows the alternatives down to the node that has a value. */
function leafOf(node: unknown): RuleNode | undefined {
  let current = node
  for (let depth = 0; isNode(current) && depth < MAX_DEPTH; depth++) {
    if (current.choice === undefined || current.choice === null) return current
    current = current.choice
  }
  return undefined
}

function operatorName(node: unknown): string | undefined {
  return isNode(node) && node.nodeName === 'OPERATOR' && isNode(node.choice) ? node.choice.nodeName : undefined
}

function onlyItem(node: RuleNode): unknown {
  return node.items?.length === 1 ? node.items[0] : undefined
}

function isNode(node: unknown): node is RuleNode {
  if (typeof node !== 'object' || node === null || !('nodeName' in node) || typeof node.nodeName !== 'string') return false
  return !('items' in node) || Array.isArray(node.items)
}
