import type { JsonValue, Model } from '../model.ts'
import { nearest } from '../nearest.ts'
import type { Finding } from '../problem.ts'
import { error, type FindingParts, type ModelRule } from './rule.ts'

const TYPES = ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null']
/** Keywords that say what a value is; a map with none of them is no schema but somebody's list of fields. */
const KEYWORDS = [
  'type',
  'enum',
  'const',
  '$ref',
  'properties',
  'items',
  'anyOf',
  'oneOf',
  'allOf',
  'not',
  'additionalProperties',
  'title',
  'description',
  'default',
  'format',
  'pattern',
  'minimum',
  'maximum',
  'minLength',
  'maxLength',
]
/** Deepest nesting looked into; deeper schemas are left to the validator of values. */
const MAX_DEPTH = 20

/** JSON Schemas of data, payload and forms say what they seem to say. Values are validated with a full validator at the edge. */
export const schemasRule: ModelRule = ({ model }) => {
  const findings: Finding[] = []
  for (const { schema, at } of schemasOf(model)) inspect(findings, schema, at, 0)
  if (model.payloadSchema !== undefined && model.payload !== 'json') {
    const message = `payloadSchema is for JSON payloads, but the payload is ${model.payload}.`
    findings.push(error('SCHEMA_INVALID', { path: 'payloadSchema', message, hint: 'Write payload: json, or remove payloadSchema.' }))
  }
  return findings
}

interface SchemaSite {
  readonly schema: JsonValue
  readonly at: Omit<FindingParts, 'message'>
}

function schemasOf(model: Model): readonly SchemaSite[] {
  const sites: SchemaSite[] = Object.entries(model.data).map(([name, schema]) => ({ schema, at: { path: `data/${name}` } }))
  if (model.payloadSchema !== undefined) sites.push({ schema: model.payloadSchema, at: { path: 'payloadSchema' } })
  for (const node of model.nodes) {
    if (node.type === 'participant' && node.form !== undefined)
      sites.push({ schema: node.form, at: { path: `nodes/${node.id}/form`, node: node.id } })
  }
  for (const { from, route } of model.transitions) {
    if (route?.form !== undefined) sites.push({ schema: route.form, at: { path: `nodes/${from}/routes/${route.name}/form`, node: from } })
  }
  return sites
}

function inspect(findings: Finding[], schema: JsonValue, at: Omit<FindingParts, 'message'>, depth: number): void {
  if (typeof schema === 'boolean' || depth > MAX_DEPTH) return
  if (!isRecord(schema)) {
    findings.push(error('SCHEMA_INVALID', { ...at, message: 'A JSON Schema must be a map.' }))
    return
  }
  const { type } = schema
  for (const word of Array.isArray(type) ? type : type === undefined ? [] : [type]) {
    if (typeof word === 'string' && TYPES.includes(word)) continue
    const near = typeof word === 'string' ? nearest(word, TYPES) : undefined
    const hint = near === undefined ? `Types are ${TYPES.join(', ')}.` : `Did you mean ${near}?`
    findings.push(error('SCHEMA_INVALID', { ...at, message: `A JSON Schema has no type ${JSON.stringify(word)}.`, hint }))
  }
  const keys = Object.keys(schema)
  if (keys.length > 0 && !keys.some((key) => KEYWORDS.includes(key)) && Object.values(schema).every(isRecord)) {
    const hint = `Write { type: object, properties: { ${keys[0]}: … } }.`
    findings.push(error('SCHEMA_INVALID', { ...at, message: 'This is a list of fields, not a JSON Schema.', hint }))
    return
  }
  if (schema.properties !== undefined && !isRecord(schema.properties)) {
    findings.push(error('SCHEMA_INVALID', { ...at, message: 'properties of a JSON Schema must be a map.' }))
  } else for (const property of Object.values(schema.properties ?? {})) inspect(findings, property, at, depth + 1)
  if (schema.required !== undefined && !Array.isArray(schema.required)) {
    findings.push(
      error('SCHEMA_INVALID', {
        ...at,
        message: 'required of a JSON Schema must be a list of names.',
        hint: 'It stands beside properties, not inside one.',
      }),
    )
  }
  if (schema.items !== undefined) inspect(findings, schema.items, at, depth + 1)
}

function isRecord(value: JsonValue | undefined): value is { readonly [key: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
