import ts from '@typescript/typescript6'
import { type Code, lineOf, walk } from '../code.ts'
import type { Finding } from '../finding.ts'
import type { CodeRule } from '../rule.ts'

export const noFocusedTests: CodeRule = {
  rule: 'no test is left out unseen: `only`, `skip` and `todo` hide the others or themselves; `skipIf(condition)` says when and why',
  check,
  refuses: [
    ['packages/model/src/a.test.ts', "test.only('a', () => {})"],
    ['packages/model/src/a.test.ts', "describe.skip('a', () => {})"],
    ['packages/model/src/a.test.ts', "it.todo('a')"],
    ['packages/model/src/a.test.ts', "describe.each([1]).skip('a', () => {})"],
  ],
  accepts: [['packages/model/src/a.test.ts', "test.skipIf(chromium === undefined)('a', () => { rows.skip(3); page.only('b') })"]],
}

function check({ path, ast }: Code): readonly Finding[] {
  const findings: Finding[] = []
  walk(ast, (node) => {
    if (!ts.isPropertyAccessExpression(node) || !['only', 'skip', 'todo'].includes(node.name.text)) return
    if (!/^(test|it|describe|suite)\b/.test(node.expression.getText())) return
    findings.push({ path, line: lineOf(node), message: `remove .${node.name.text}, or use skipIf with a condition and a reason` })
  })
  return findings
}
