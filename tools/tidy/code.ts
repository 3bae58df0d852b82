import { extname } from 'node:path'
import ts from '@typescript/typescript6'

/** A source file as the rules see it. */
export interface Code {
  /** From the root of the repository, with `/`. */
  readonly path: string
  readonly text: string
  /** The folder under `packages`, if it is in one. */
  readonly package: string | undefined
  /**
   * Part of what runs in a user's process: under `src` of a package and neither a test nor what only tests import. Tests, benches and
   * build configuration may import more and need not be pure.
   */
  readonly isProduct: boolean
  readonly imports: readonly Import[]
  readonly ast: ts.SourceFile
}

/** One place that names another module, whatever the syntax. */
export interface Import {
  readonly specifier: string
  readonly line: number
  /** `import type`: gone when the program runs. */
  readonly isType: boolean
}

export function parseCode(path: string, text: string): Code {
  const ast = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true, scriptKindOf(path))
  const [, folder] = /^packages\/([^/]+)\//.exec(path) ?? []
  return { path, text, package: folder, isProduct: isProduct(path), imports: importsIn(ast), ast }
}

/** Calls `visit` with every node, parents first. */
export function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node)
  ts.forEachChild(node, (child) => walk(child, visit))
}

export function lineOf(node: ts.Node): number {
  const file = node.getSourceFile()
  return file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1
}

function scriptKindOf(path: string): ts.ScriptKind {
  const kinds: Readonly<Record<string, ts.ScriptKind>> = { '.ts': ts.ScriptKind.TS, '.tsx': ts.ScriptKind.TSX }
  return kinds[extname(path)] ?? ts.ScriptKind.JS
}

function isProduct(path: string): boolean {
  if (!/^packages\/[^/]+\/src\//.test(path)) return false
  return !/\.(test|bench|fixture)\.tsx?$|\/fixtures\//.test(path)
}

function importsIn(ast: ts.SourceFile): readonly Import[] {
  const imports: Import[] = []
  walk(ast, (node) => {
    const specifier = specifierOf(node)
    if (specifier !== undefined && ts.isStringLiteralLike(specifier))
      imports.push({ specifier: specifier.text, line: lineOf(node), isType: isType(node) })
  })
  return imports
}

function specifierOf(node: ts.Node): ts.Node | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier
  if (ts.isImportTypeNode(node)) return ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined
  if (ts.isCallExpression(node) && isModuleCall(node)) return node.arguments[0]
  return undefined
}

/** With `verbatimModuleSyntax` only these are erased: `import { type A }` still loads the module. */
function isType(node: ts.Node): boolean {
  if (ts.isImportDeclaration(node)) return node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword
  return ts.isImportTypeNode(node) || (ts.isExportDeclaration(node) && node.isTypeOnly)
}

/** `import('x')` and `import.meta.resolve('x')`. */
function isModuleCall({ expression }: ts.CallExpression): boolean {
  if (expression.kind === ts.SyntaxKind.ImportKeyword) return true
  return ts.isPropertyAccessExpression(expression) && expression.name.text === 'resolve' && ts.isMetaProperty(expression.expression)
}
