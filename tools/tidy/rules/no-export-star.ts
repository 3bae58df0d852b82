import ts from '@typescript/typescript6'
import { lineOf } from '../code.ts'
import type { CodeRule } from '../rule.ts'

export const noExportStar: CodeRule = {
  rule: 'no `export *`: the names a package offers are a decision, read in one list and grepped by name',
  check: ({ path, ast }) =>
    ast.statements
      .filter((statement) => ts.isExportDeclaration(statement))
      .filter(({ exportClause }) => exportClause === undefined || ts.isNamespaceExport(exportClause))
      .map((statement) => ({ path, line: lineOf(statement), message: 'name what you export: `export { a, type B } from …`' })),
  refuses: [
    ['packages/model/src/index.ts', "export * from './model.ts'"],
    ['packages/model/src/index.ts', "export * as model from './model.ts'"],
  ],
  accepts: [['packages/model/src/index.ts', "export { parse, type Model } from './model.ts' // not export * from"]],
}
