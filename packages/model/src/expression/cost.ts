/**
 * Cost limit of an evaluation, laid over the tree that cel-js evaluates.
 *
 * CEL has no loops but comprehensions (`all`, `exists`, `map`, `filter`), and no growth but concatenation; nested over a long list
 * they still take minutes or gigabytes. So each pass of a comprehension and each operation whose work grows with its operands is
 * charged to a budget. The library has no hook for it, hence the tree's `meta.evaluate` is wrapped; the exact pinned version makes
 * that safe, and `cost.test.ts` fails when a release changes it.
 *
 * Invariant: an exhausted budget stays exhausted until the next `withBudget`. CEL's `||`, `&&` and quantifiers swallow errors of
 * their operands, so the error may not reach the caller by itself; the counter does.
 */
import { MAX_EXPRESSION_COST } from './limits.ts'

/** The parts of cel-js's syntax tree used here (its own types keep `meta` private). */
interface TreeNode {
  readonly op: string
  readonly args: unknown
  readonly meta: { readonly evaluate: Evaluate; readonly alternate?: TreeNode; readonly macro?: { readonly [key: string]: unknown } }
  setMeta(key: 'evaluate', value: Evaluate): unknown
}
type Evaluate = (evaluator: unknown, node: TreeNode, context: unknown) => unknown

/** Evaluation is synchronous and never re-enters itself, so one counter serves all. */
let remaining = 0

/** One error for all: it may be thrown once per entry of a long list before the evaluation ends, and a stack each would cost more. */
const EXHAUSTED = new Error('The cost limit is reached.')

export function withBudget<T>(evaluate: () => T): { readonly value: T } | 'exhausted' {
  remaining = MAX_EXPRESSION_COST
  try {
    const value = evaluate()
    return remaining < 0 ? 'exhausted' : { value }
  } catch (error) {
    if (remaining < 0) return 'exhausted'
    throw error
  }
}

/** Charges what may grow in this tree. Call once, after the type check (which replaces some evaluators) and before the first run. */
export function chargeTree(root: unknown): void {
  if (!isTreeNode(root)) return
  visit(root, new Set())
}

function visit(node: TreeNode, seen: Set<TreeNode>): number {
  if (seen.has(node)) return 1
  seen.add(node)
  let size = 1
  if (node.meta.alternate !== undefined) return visit(node.meta.alternate, seen)
  for (const child of children(node)) size += visit(child, seen)
  if (node.op === 'comprehension') chargeSteps(node)
  else if (GROWING.has(node.op)) chargeResult(node)
  else if (node.op === 'in') chargeOperand(node)
  else if (node.op === '==' || node.op === '!=') chargeComparison(node)
  return size
}

/** Operations whose result may be larger than their operands; functions among them. */
const GROWING: ReadonlySet<string> = new Set(['+', 'call', 'rcall'])

function chargeSteps(node: TreeNode): void {
  const step = (node.args as { readonly step: TreeNode }).step
  const evaluate = step.meta.evaluate
  const cost = countNodes(step)
  step.setMeta('evaluate', (evaluator, self, context) => {
    charge(cost)
    return evaluate(evaluator, self, context)
  })
}

function chargeResult(node: TreeNode): void {
  wrap(node, (result) => charge(1 + weight(result)))
}

/** `x in list` compares with every entry. */
function chargeOperand(node: TreeNode): void {
  const evaluate = node.meta.evaluate
  const list = (node.args as readonly TreeNode[])[1]
  if (list === undefined) return
  const measured = list.meta.evaluate
  if (list.meta.alternate === undefined && list.meta.macro === undefined) {
    list.setMeta('evaluate', (evaluator, self, context) => {
      const value = measured(evaluator, self, context)
      charge(weight(value))
      return value
    })
  }
  node.setMeta('evaluate', (evaluator, self, context) => {
    charge(1)
    return evaluate(evaluator, self, context)
  })
}

function chargeComparison(node: TreeNode): void {
  for (const operand of node.args as readonly TreeNode[]) {
    if (operand.op === 'value' || operand.meta.alternate !== undefined || operand.meta.macro !== undefined) continue
    wrap(operand, (value) => {
      if (typeof value === 'object') charge(deepWeight(value))
    })
  }
}

function wrap(node: TreeNode, after: (value: unknown) => void): void {
  const evaluate = node.meta.evaluate
  node.setMeta('evaluate', (evaluator, self, context) => {
    const value = evaluate(evaluator, self, context)
    after(value)
    return value
  })
}

function charge(units: number): void {
  remaining -= units
  if (remaining < 0) throw EXHAUSTED
}

/** Length of the value itself. Strings count for little: copying a character is a hundredth of an operation. */
function weight(value: unknown): number {
  if (typeof value === 'string') return value.length / 128
  if (Array.isArray(value)) return value.length
  return 0
}

function deepWeight(value: unknown): number {
  let sum = 0
  const open: unknown[] = [value]
  while (open.length > 0 && sum <= remaining) {
    const next = open.pop()
    sum += 1 + (typeof next === 'string' ? next.length / 128 : 0)
    if (typeof next !== 'object' || next === null) continue
    for (const entry of Array.isArray(next) ? next : Object.values(next)) open.push(entry)
  }
  return sum
}

function countNodes(node: TreeNode): number {
  let count = 1
  if (node.meta.alternate !== undefined) return countNodes(node.meta.alternate)
  for (const child of children(node)) count += countNodes(child)
  return count
}

function children(node: TreeNode): readonly TreeNode[] {
  const found: TreeNode[] = []
  collect(node.args, found)
  if (node.meta.macro !== undefined) collect([node.meta.macro.val, node.meta.macro.exp], found)
  return found
}

function collect(value: unknown, found: TreeNode[]): void {
  if (isTreeNode(value)) found.push(value)
  else if (Array.isArray(value)) for (const entry of value) collect(entry, found)
  else if (typeof value === 'object' && value !== null && 'iterable' in value && 'step' in value)
    collect([value.iterable, value.step], found)
}

function isTreeNode(value: unknown): value is TreeNode {
  return typeof value === 'object' && value !== null && 'op' in value && 'setMeta' in value && 'meta' in value
}
