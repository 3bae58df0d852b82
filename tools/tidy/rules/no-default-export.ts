import ts from '@typescript/typescript6'
import { lineOf } from '../code.ts'
import type { CodeRule } from '../rule.ts'

/** Where somebody else's loader asks for a default export: tools' configurations, and modules written by workflow authors. */
const ASKED_FOR = /(^|\/)(vite|vitest)(\.\w+)?\.config\.ts$|^examples\/|\/fixtures\/|^packages\/workflow\/src\/lint\/plugin\.ts$/

export const noDefaultExport: CodeRule = {
  rule: 'no default exports: a thing has one name, the same at every import (workflow modules and tool configurations excepted)',
  check: ({ path, ast }) =>
    ASKED_FOR.test(path)
      ? []
      : ast.statements.filter(isDefaultExport).map((statement) => ({ path, line: lineOf(statement), message: 'export it by name' })),
  refuses: [
    ['packages/model/src/a.ts', 'export default 1'],
    ['packages/model/src/a.ts', 'export default function parse() {}'],
    ['packages/console/src/page.tsx', 'const Page = () => <p />; export { Page as default }'],
  ],
  accepts: [
    ['packages/console/vite.config.ts', 'export default {}'],
    ['examples/refund.ts', 'export default workflow({}, async () => {})'],
    ['packages/runner/src/bundle.ts', 'const text = "export default 1"'],
  ],
}

function isDefaultExport(statement: ts.Statement): boolean {
  if (ts.isExportAssignment(statement)) return true
  if (ts.isExportDeclaration(statement) && statement.exportClause !== undefined && ts.isNamedExports(statement.exportClause)) {
    return statement.exportClause.elements.some(({ name }) => name.text === 'default')
  }
  return ts.canHaveModifiers(statement) && (ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword) ?? false)
}
