import ts from '@typescript/typescript6'
import { type Code, lineOf, walk } from '../code.ts'
import type { Finding } from '../finding.ts'
import { layers } from '../layers.ts'
import type { CodeRule } from '../rule.ts'

/** Names that belong to a host. The compiler (`types: []`) refuses most of them; this says why, and knows the ones of the language. */
const HOST = new Set(
  'setTimeout setInterval setImmediate queueMicrotask process Buffer performance crypto fetch console globalThis require __dirname'.split(
    ' ',
  ),
)

export const purePackages: CodeRule = {
  rule: `${Object.keys(layers)
    .filter((name) => layers[name]?.isPure)
    .join(', ')} decide and describe, nothing else: time, chance and I/O come in as values, so that a replay decides the same`,
  check: (code) => (code.isProduct && code.package !== undefined && layers[code.package]?.isPure === true ? check(code) : []),
  refuses: [
    ['packages/kernel/src/a.ts', 'const now = Date.now()'],
    ['packages/kernel/src/a.ts', 'const now = new Date()'],
    ['packages/kernel/src/a.ts', 'const now = Date()'],
    ['packages/model/src/a.ts', 'const id = Math.random()'],
    ['packages/model/src/a.ts', 'const { random } = Math'],
    ['packages/workflow/src/a.ts', 'setTimeout(() => {}, 1)'],
    ['packages/protocol/src/a.ts', 'const size = Buffer.byteLength(text)'],
    ['packages/protocol/src/a.ts', "import { readFileSync } from 'node:fs'"],
    ['packages/kernel/src/a.ts', 'const env = { ...process.env }'],
  ],
  accepts: [
    ['packages/kernel/src/a.ts', 'const at = new Date(nowMs); const o = { process: 1 }; o.process; Math.max(1, 2)'],
    ['packages/kernel/src/a.ts', 'function run(process: ProcessNode) { return process.task } // Date.now()'],
    ['packages/kernel/src/a.test.ts', 'const now = Date.now()'],
    ['packages/engine/src/a.ts', 'const now = Date.now()'],
  ],
}

function check({ path, ast, imports }: Code): readonly Finding[] {
  const findings: Finding[] = imports
    .filter(({ specifier }) => specifier.startsWith('node:'))
    .map(({ specifier, line }) => ({ path, line, message: `no ${specifier} here: let the caller do it and pass the result` }))
  const declared = declaredNames(ast)
  walk(ast, (node) => {
    const what = impurity(node, declared)
    if (what !== undefined)
      findings.push({ path, line: lineOf(node), message: `no ${what} here: take it as a value (Env of the kernel) or through a port` })
  })
  return findings
}

function impurity(node: ts.Node, declared: ReadonlySet<string>): string | undefined {
  if (ts.isNewExpression(node) && isNamed(node.expression, 'Date') && (node.arguments?.length ?? 0) === 0)
    return 'new Date() without a time'
  if (ts.isCallExpression(node) && isNamed(node.expression, 'Date')) return 'Date()'
  if (ts.isPropertyAccessExpression(node) && isNamed(node.expression, 'Date') && node.name.text === 'now') return 'Date.now'
  if (ts.isPropertyAccessExpression(node) && isNamed(node.expression, 'Math') && node.name.text === 'random') return 'Math.random'
  if (ts.isBindingElement(node) && (node.propertyName ?? node.name).getText() === 'random') return 'random of Math'
  if (ts.isIdentifier(node) && HOST.has(node.text) && !declared.has(node.text) && isValue(node)) return node.text
  return undefined
}

function isNamed(node: ts.Node, name: string): boolean {
  return ts.isIdentifier(node) && node.text === name
}

/** A use of the name, not a property or a label that happens to have it. */
function isValue(node: ts.Identifier): boolean {
  const { parent } = node
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node
  return !(ts.isTypeElement(parent) || ts.isClassElement(parent) || ts.isLiteralTypeNode(parent) || ts.isQualifiedName(parent))
}

/** Names the file gives to something of its own: a process node may be called `process`. */
function declaredNames(ast: ts.SourceFile): ReadonlySet<string> {
  const names = new Set<string>()
  walk(ast, (node) => {
    const isDeclaration =
      ts.isVariableDeclaration(node) ||
      ts.isParameter(node) ||
      ts.isBindingElement(node) ||
      ts.isImportSpecifier(node) ||
      ts.isFunctionDeclaration(node)
    if (isDeclaration && node.name !== undefined && ts.isIdentifier(node.name)) names.add(node.name.text)
  })
  return names
}
