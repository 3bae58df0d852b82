import type { FieldProblem } from '@millrace/kernel'
import type { JsonSchema, JsonValue } from '@millrace/model'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormatsModule from 'ajv-formats'

/** Compiled schemas are kept by identity: a version's forms are the same objects for as long as its program is loaded. */
const compiled = new WeakMap<object, ValidateFunction | string>()

// ajv-formats is CommonJS: its function stands under `default` when imported from a module.
const addFormats = addFormatsModule as unknown as (ajv: Ajv2020) => void

// multipleOf divides: without a precision 19.99 is no multiple of 0.01, and no form could ask for money.
const ajv = new Ajv2020({ allErrors: true, strict: false, validateFormats: true, logger: false, multipleOfPrecision: 6 })
addFormats(ajv)

/** Problems of a value against a JSON Schema; a schema that is itself wrong is one problem, never an exception. */
export const validate = (schema: JsonSchema, value: JsonValue): readonly FieldProblem[] => {
  let check = compiled.get(schema)
  if (check === undefined) {
    try {
      check = ajv.compile(schema)
    } catch (error) {
      check = error instanceof Error ? error.message : String(error)
    }
    compiled.set(schema, check)
  }
  if (typeof check === 'string') return [{ pointer: '', message: `cannot be checked: the schema is wrong (${check})` }]
  if (check(value) === true) return []
  return (check.errors ?? []).map((error) => ({
    pointer: error.keyword === 'required' ? `${error.instancePath}/${String(error.params['missingProperty'])}` : error.instancePath,
    message: error.keyword === 'required' ? 'is required' : (error.message ?? 'is not valid'),
  }))
}
