/**
 * The lint rule for workflow files: what the runner would refuse, or what would be another thing at the next replay, said while it is
 * written. It looks at one file; the bundler and the runner look at everything it imports.
 */

import { notAvailable, REACHES_OUTSIDE } from '../replayable.ts'
import { GLOBALS } from './globals.ts'
import { refusedNodeModule } from './node-modules.ts'
import { isType, type Reference, type Rule, type SyntaxNode } from './syntax.ts'

export const deterministic: Rule = {
  meta: {
    type: 'problem',
    docs: { description: 'Keep clock, chance, timers, network and Node out of workflows: they are replayed from their journal.' },
    schema: [],
  },
  create(context) {
    const checkImport = (node: SyntaxNode): void => {
      const specifier = node.source?.value
      if (node.importKind === 'type' || typeof specifier !== 'string') return
      const refused = refusedNodeModule(specifier)
      if (refused === undefined) return
      context.report({
        node: node.source ?? node,
        message: notAvailable(refused, REACHES_OUTSIDE),
      })
    }
    const checkGlobal = ({ identifier }: Reference): void => {
      if (isType(identifier)) return
      const message = GLOBALS.get(identifier.name ?? '')?.(identifier)
      if (message !== undefined) context.report({ node: identifier, message })
    }
    return {
      ImportDeclaration: checkImport,
      ExportNamedDeclaration: checkImport,
      ExportAllDeclaration: checkImport,
      ImportExpression: checkImport,
      MetaProperty(node) {
        if (node.parent?.type !== 'MemberExpression') return
        context.report({
          node,
          message:
            'import.meta is not available in a workflow: a bundle has no place of its own. Import data as JSON, or read files in a task.',
        })
      },
      VariableDeclaration(node) {
        if (node.kind === 'const' || !isTopLevel(node)) return
        context.report({
          node,
          message:
            'A variable of the module is shared by all instances and lost at a restart. Keep it inside the function, or make it a const.',
        })
      },
      'Program:exit'(program) {
        const scope = context.sourceCode.getScope(program)
        const known = scope.variables.filter((variable) => variable.defs.length === 0).flatMap((variable) => variable.references)
        for (const reference of new Set([...scope.through, ...known])) checkGlobal(reference)
      },
    }
  },
}

const isTopLevel = ({ parent }: SyntaxNode): boolean =>
  parent?.type === 'Program' || (parent?.type === 'ExportNamedDeclaration' && parent.parent?.type === 'Program')
