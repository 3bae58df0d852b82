import ts from '@typescript/typescript6'
import { type Code, lineOf, walk } from '../code.ts'
import type { Finding } from '../finding.ts'
import type { CodeRule } from '../rule.ts'

export const noAny: CodeRule = {
  rule: 'no `any`: what comes from outside is `unknown` and parsed once with a schema',
  check,
  refuses: [
    ['packages/model/src/a.ts', 'export function f(a: any) {}'],
    ['packages/model/src/a.test.ts', 'const a = b as any'],
    ['packages/model/src/a.ts', 'export type F = (...args: readonly any[]) => void'],
  ],
  accepts: [['packages/model/src/a.ts', '/** Takes any value. */ export type Join = "any" | "all"; const any: Join = "any"; f(any)']],
}

function check({ path, ast }: Code): readonly Finding[] {
  const findings: Finding[] = []
  walk(ast, (node) => {
    if (node.kind === ts.SyntaxKind.AnyKeyword)
      findings.push({ path, line: lineOf(node), message: 'use `unknown`, a type parameter or the real type' })
  })
  return findings
}
