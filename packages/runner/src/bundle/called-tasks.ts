import { parseSync, Visitor } from 'rolldown/utils'

/** Names of the tasks a bundle calls: of the references it kept, and of `run.task('…')` with a name. */
export const calledTasks = (code: string): readonly string[] => {
  const names = new Set<string>()
  const { program } = parseSync('bundle.js', code)
  new Visitor({
    CallExpression: ({ callee, arguments: [first] }) => {
      const bare = callee.type === 'ParenthesizedExpression' ? callee.expression : callee
      const called = bare.type === 'SequenceExpression' ? bare.expressions.at(-1) : bare
      if (called?.type !== 'MemberExpression' || called.property.type !== 'Identifier') return
      if (called.property.name === 'task' && first?.type === 'Literal' && typeof first.value === 'string') names.add(first.value)
      if (called.property.name !== 'taskReference' || first?.type !== 'ObjectExpression') return
      for (const property of first.properties) {
        if (property.type !== 'Property' || property.value.type !== 'Literal' || typeof property.value.value !== 'string') continue
        const key =
          property.key.type === 'Identifier' ? property.key.name : property.key.type === 'Literal' ? property.key.value : undefined
        if (key === 'name') names.add(property.value.value)
      }
    },
  }).visit(program)
  return [...names].sort()
}
