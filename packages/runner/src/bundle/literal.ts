import type { ESTree } from 'rolldown/utils'

/** The value of an expression that is written out; `undefined` when it must be computed. */
export const literalOf = (node: ESTree.Expression): { readonly value: unknown } | undefined => {
  switch (node.type) {
    case 'Literal':
      return 'regex' in node || 'bigint' in node ? undefined : { value: node.value }
    case 'TemplateLiteral':
      return node.expressions.length === 0 ? { value: node.quasis[0]?.value.cooked } : undefined
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'ParenthesizedExpression':
      return literalOf(node.expression)
    case 'ArrayExpression':
      return listOf(node)
    case 'ObjectExpression':
      return objectOf(node)
    default:
      return undefined
  }
}

/** Properties of an object as written; a spread or a computed name makes it unknown. */
export const propertiesOf = (node: ESTree.ObjectExpression): ReadonlyMap<string, ESTree.Expression> | undefined => {
  const properties = new Map<string, ESTree.Expression>()
  for (const property of node.properties) {
    if (property.type !== 'Property' || property.computed) return undefined
    const name =
      property.key.type === 'Identifier' ? property.key.name : property.key.type === 'Literal' ? String(property.key.value) : undefined
    if (name === undefined) return undefined
    properties.set(name, property.value)
  }
  return properties
}

const listOf = (node: ESTree.ArrayExpression): { readonly value: unknown } | undefined => {
  const value: unknown[] = []
  for (const element of node.elements) {
    const item = element === null || element.type === 'SpreadElement' ? undefined : literalOf(element)
    if (item === undefined) return undefined
    value.push(item.value)
  }
  return { value }
}

const objectOf = (node: ESTree.ObjectExpression): { readonly value: unknown } | undefined => {
  const properties = propertiesOf(node)
  if (properties === undefined) return undefined
  const value: Record<string, unknown> = {}
  for (const [name, expression] of properties) {
    const item = literalOf(expression)
    if (item === undefined) return undefined
    value[name] = item.value
  }
  return { value }
}
