/** Shows a JSON Schema of the API document as people read types: `{ workflow: string, payload?: Payload }`, one member per line. */

export interface SchemaNode {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly properties?: { readonly [name: string]: SchemaNode }
  readonly required?: readonly string[]
  readonly items?: SchemaNode
  readonly additionalProperties?: SchemaNode | boolean
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly SchemaNode[]
  readonly oneOf?: readonly SchemaNode[]
  readonly allOf?: readonly SchemaNode[]
  readonly prefixItems?: readonly SchemaNode[]
  readonly format?: string
  readonly default?: unknown
  readonly minimum?: number
  readonly maximum?: number
  readonly maxLength?: number
}

/** zod writes these for "an integer"; as limits they tell nobody anything. */
const isTellingLimit = (value: number | undefined): value is number => value !== undefined && Math.abs(value) < Number.MAX_SAFE_INTEGER

export const schemaText = (schema: SchemaNode | undefined, indent = ''): string => {
  if (schema === undefined) return 'anything'
  if (schema.$ref !== undefined) return nameOfRef(schema.$ref)
  if ('const' in schema) return JSON.stringify(schema.const)
  if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(' | ')
  const union = schema.anyOf ?? schema.oneOf
  if (union !== undefined) return [...new Set(union.map((each) => schemaText(each, indent)))].join(' | ')
  if (schema.allOf !== undefined) return schema.allOf.map((each) => schemaText(each, indent)).join(' & ')
  if (schema.properties !== undefined) return objectText(schema, indent)
  if (schema.prefixItems !== undefined) return `[${schema.prefixItems.map((each) => schemaText(each, indent)).join(', ')}]`
  if (schema.type === 'array') return `${parenthesised(schemaText(schema.items, indent))}[]`
  if (schema.type === 'object') {
    return typeof schema.additionalProperties === 'object' ? `{ [name]: ${schemaText(schema.additionalProperties, indent)} }` : 'object'
  }
  return [schema.type].flat().join(' | ') || 'anything'
}

/** What a value must keep beside its type, in words: `at most 500, default 50`. */
export const limitsText = (schema: SchemaNode): string =>
  [
    schema.format === undefined ? '' : schema.format,
    isTellingLimit(schema.minimum) ? `at least ${schema.minimum}` : '',
    isTellingLimit(schema.maximum) ? `at most ${schema.maximum}` : '',
    schema.maxLength === undefined ? '' : `up to ${schema.maxLength} characters`,
    schema.default === undefined ? '' : `default ${JSON.stringify(schema.default)}`,
  ]
    .filter((part) => part !== '')
    .join(', ')

const objectText = (schema: SchemaNode, indent: string): string => {
  const inner = `${indent}  `
  const required = new Set(schema.required)
  const lines = Object.entries(schema.properties ?? {}).map(([name, member]) => {
    const limits = limitsText(member)
    return `${inner}${name}${required.has(name) ? '' : '?'}: ${schemaText(member, inner)}${limits === '' ? '' : `  // ${limits}`}`
  })
  return lines.length === 0 ? '{}' : `{\n${lines.join('\n')}\n${indent}}`
}

const parenthesised = (text: string): string => (text.includes(' | ') ? `(${text})` : text)

/** Names of schemas stand between these, so that a page can link them and nothing else is taken for one. */
export const NAME_MARKS = /\u2063(\w+)\u2063/g

const nameOfRef = (ref: string): string => `\u2063${(ref.split('/').at(-1) ?? ref).replace(/Input$/, '')}\u2063`
