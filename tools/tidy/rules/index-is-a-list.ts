import ts from '@typescript/typescript6'
import { lineOf } from '../code.ts'
import type { CodeRule } from '../rule.ts'

export const indexIsAList: CodeRule = {
  rule: 'src/index.ts of a package is the list of what it offers, and nothing else: code has a file named after its concept',
  check: ({ path, ast }) =>
    /^packages\/[^/]+\/src\/index\.ts$/.test(path)
      ? ast.statements
          .filter((statement) => !(ts.isExportDeclaration(statement) && statement.moduleSpecifier !== undefined))
          .map((statement) => ({ path, line: lineOf(statement), message: 'move this to a file of its own and re-export it by name' }))
      : [],
  refuses: [
    ['packages/model/src/index.ts', 'export const limit = 1'],
    ['packages/model/src/index.ts', "import { a } from './a.ts'\nexport { a }"],
  ],
  accepts: [
    ['packages/model/src/index.ts', "/** The model. */\nexport { parse } from './parse.ts'\nexport type { Model } from './model.ts'"],
    ['packages/model/src/text/index.ts', 'export const limit = 1'],
  ],
}
