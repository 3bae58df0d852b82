/**
 * References: what a bundle has in place of the tasks and workflows it imports. Names and policies are read from the text where they are
 * written out, because evaluating a task's file runs its drivers; only where they are computed the file is evaluated, in a process.
 */
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { type ESTree, parseSync } from 'rolldown/utils'
import { ANSWER } from './answer.ts'
import { literalOf, propertiesOf } from './literal.ts'
import { isTaskFile } from './problem.ts'

/** A task or workflow that a file exports, under the name it is exported with. */
export type Reference =
  | { readonly exported: string; readonly kind: 'task'; readonly name: string; readonly retry?: unknown; readonly timeout?: unknown }
  | { readonly exported: string; readonly kind: 'workflow'; readonly id: string }

/** What is kept of a task's definition. */
const KEPT = ['name', 'retry', 'timeout'] as const

/** Longest time a file may take to evaluate. */
const EVALUATE_MS = 15_000

/** All references of a `*.task.ts` or `*.workflow.ts`. @throws Error when the file must be evaluated and that fails. */
export const referencesOf = async (file: string, text: string): Promise<readonly Reference[]> =>
  readReferences(file, text) ?? (await evaluate(file))

/** The module that stands for the file in a bundle. */
export const referenceModule = (references: readonly Reference[]): string =>
  [
    `import { taskReference, workflowReference } from 'millrace:1/reference'`,
    ...references.map((reference) => {
      const { exported, kind, ...rest } = reference
      const made =
        kind === 'task'
          ? `taskReference(${JSON.stringify(rest)})`
          : `workflowReference(${JSON.stringify(reference.kind === 'workflow' ? reference.id : '')})`
      return exported === 'default' ? `export default /* @__PURE__ */ ${made}` : `export const ${exported} = /* @__PURE__ */ ${made}`
    }),
  ].join('\n')

/** Undefined: something must be computed. */
const readReferences = (file: string, text: string): readonly Reference[] | undefined => {
  const { program, errors } = parseSync(file, text)
  if (errors.length > 0) return []
  const references: Reference[] = []
  for (const statement of program.body) {
    const found = readStatement(statement)
    if (found === undefined) return undefined
    references.push(...found)
  }
  return references
}

const readStatement = (statement: ESTree.Program['body'][number]): readonly Reference[] | undefined => {
  switch (statement.type) {
    case 'ExportDefaultDeclaration':
      return isExpression(statement.declaration) ? readExpression('default', statement.declaration) : []
    case 'ExportAllDeclaration':
      return statement.exportKind === 'type' ? [] : undefined
    case 'ExportNamedDeclaration':
      return readNamed(statement)
    default:
      return []
  }
}

const readNamed = (statement: ESTree.ExportNamedDeclaration): readonly Reference[] | undefined => {
  if (statement.exportKind === 'type') return []
  if (statement.specifiers.length > 0) return undefined
  if (statement.declaration?.type !== 'VariableDeclaration') return []
  const references: Reference[] = []
  for (const { id, init } of statement.declaration.declarations) {
    if (id.type !== 'Identifier') return undefined
    const found = init === null ? [] : readExpression(id.name, init)
    if (found === undefined) return undefined
    references.push(...found)
  }
  return references
}

/** `defineTask({ … })` and `workflow({ … })` with what matters written out; other calls may make a task and must be evaluated. */
const readExpression = (exported: string, expression: ESTree.Expression): readonly Reference[] | undefined => {
  if (expression.type !== 'CallExpression')
    return expression.type === 'Identifier' || expression.type === 'AwaitExpression' ? undefined : []
  const [options] = expression.arguments
  if (expression.callee.type !== 'Identifier' || options?.type !== 'ObjectExpression') return undefined
  const properties = propertiesOf(options)
  if (properties === undefined) return undefined
  if (expression.callee.name === 'workflow') {
    const id = literal(properties, 'id')
    return typeof id?.value === 'string' ? [{ exported, kind: 'workflow', id: id.value }] : undefined
  }
  if (expression.callee.name !== 'defineTask') return undefined
  const kept: Record<string, unknown> = {}
  for (const name of KEPT) {
    const found = literal(properties, name)
    if (found !== undefined) kept[name] = found.value
    else if (properties.has(name)) return undefined
  }
  return typeof kept['name'] === 'string' ? [{ exported, kind: 'task', ...kept, name: kept['name'] }] : undefined
}

const literal = (properties: ReadonlyMap<string, ESTree.Expression>, name: string): { readonly value: unknown } | undefined => {
  const expression = properties.get(name)
  return expression === undefined ? undefined : literalOf(expression)
}

const isExpression = (node: ESTree.ExportDefaultDeclaration['declaration']): node is ESTree.Expression =>
  !['FunctionDeclaration', 'ClassDeclaration', 'TSDeclareFunction', 'TSInterfaceDeclaration'].includes(node.type)

const evaluate = (file: string): Promise<readonly Reference[]> =>
  new Promise((resolve, reject) => {
    const entry = fileURLToPath(new URL(`./reference-process${import.meta.url.slice(-3)}`, import.meta.url))
    const flags = ['--disable-warning=ExperimentalWarning']
    execFile(process.execPath, [...flags, entry, file], { timeout: EVALUATE_MS, maxBuffer: 1 << 24 }, (error, stdout, stderr) => {
      const answer = stdout.split('\n').findLast((line) => line.startsWith(ANSWER))
      if (answer !== undefined) return resolve(JSON.parse(answer.slice(ANSWER.length)) as readonly Reference[])
      const why =
        stderr
          .trim()
          .split('\n')
          .find((line) => /Error|error/.test(line)) ??
        error?.message ??
        'it printed nothing'
      const noun = isTaskFile(file) ? 'task' : 'workflow'
      reject(
        new Error(
          `The names in it are computed, and evaluating it failed: ${why.trim().replace(/\.$/, '')}. Write the name of each ${noun} as a text.`,
        ),
      )
    })
  })
