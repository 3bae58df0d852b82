import type { JsonObject, JsonSchema } from '../../../parts/form/schema/json.ts'
import { isObject } from '../../../parts/form/schema/json.ts'

/** What the start dialog asks for beside the payload. */
export interface StartSchema {
  /** `input`: what a code workflow is called with. `data`: variables of a graph, which all have a beginning of their own. */
  readonly kind: 'input' | 'data'
  readonly schema: JsonSchema
  /** Nothing has to be filled in: it is a click away. */
  readonly isOptional: boolean
}

/** From a version as the API gives it: the input's schema of code, or the declared data of a model. */
export const startSchemaOf = (version: {
  readonly kind: 'graph' | 'code'
  readonly inputSchema?: unknown
  readonly model?: unknown
}): StartSchema | undefined => {
  if (version.kind === 'code') {
    const schema = version.inputSchema as JsonSchema | undefined
    return schema === undefined ? undefined : { kind: 'input', schema, isOptional: false }
  }
  const model = version.model as JsonObject | undefined
  const declared = model?.data
  if (declared === undefined || !isObject(declared) || Object.keys(declared).length === 0) return undefined
  return { kind: 'data', schema: { type: 'object', properties: declared }, isOptional: true }
}

/** A payload of kind json is any value: the form's JSON field takes it. */
export const PAYLOAD_SCHEMA: JsonSchema = { type: 'object', properties: { json: {} }, required: ['json'] }
