import type { JsonSchema, JsonValue } from '@millrace/model'
import { zodOf } from '../modules.ts'
import type { Realm } from '../realm.ts'

/** What is used of a zod schema of the realm. */
export interface Schema {
  safeParse(
    value: unknown,
  ): { readonly success: true; readonly data: unknown } | { readonly success: false; readonly error: { readonly issues: readonly Issue[] } }
}

interface Issue {
  readonly path: readonly PropertyKey[]
  readonly message: string
}

const cache = new WeakMap<object, JsonSchema>()

export const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null && '_zod' in value

/** JSON Schema of what a person enters. @throws Error when the schema has something JSON has no word for. */
export const jsonSchemaOf = (realm: Realm, schema: unknown, what: string): JsonSchema => {
  if (!isSchema(schema)) throw new Error(`${what} is no zod schema: write z.object({ … })`)
  const known = cache.get(schema)
  if (known !== undefined) return known
  try {
    // Without its $schema: every form of Millrace is 2020-12.
    const { $schema: _, ...made } = zodOf(realm).toJSONSchema(schema, {
      io: 'input',
      target: 'draft-2020-12',
      unrepresentable: 'any',
      override: ({ zodSchema, jsonSchema }) => sayInJson(zodSchema._zod.def, jsonSchema),
    })
    cache.set(schema, made as JsonSchema)
    return made as JsonSchema
  } catch (error) {
    throw new Error(
      `${what} cannot be shown as a form: ${(error as Error).message}. Use texts, numbers, booleans, lists, enums and objects`,
      { cause: error },
    )
  }
}

/** Dates come as texts; what can never come out of JSON is refused, or every answer would fail. */
const sayInJson = ({ type, coerce }: { readonly type: string; readonly coerce?: boolean }, jsonSchema: Record<string, unknown>): void => {
  if (type === 'date' && coerce === true) Object.assign(jsonSchema, { type: 'string', format: 'date-time' })
  else if (type === 'date') throw new Error('z.date() has no JSON; write z.coerce.date()')
  else if (NO_JSON.has(type)) throw new Error(`z.${type}() has no JSON`)
}

const NO_JSON = new Set(['bigint', 'symbol', 'map', 'set', 'function', 'promise', 'nan'])

/** The value as the schema gives it. @throws WorkflowError of the realm with the first problems named. */
export const parseWith = (
  realm: Realm,
  schema: Schema,
  value: unknown,
  { code, what }: { readonly code: string; readonly what: string },
): unknown => {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const { issues } = parsed.error
  const shown = issues
    .slice(0, 5)
    .map((issue) => `${issue.path.length === 0 ? '' : `/${issue.path.map(String).join('/')} `}${issue.message}`)
  throw new realm.WorkflowError(
    code,
    `${what} does not fit its schema: ${shown.join('; ')}${issues.length > 5 ? `; and ${issues.length - 5} more` : ''}.`,
    {
      retryable: false,
      details: issues.map((issue) => ({ path: `/${issue.path.map(String).join('/')}`, message: issue.message })) as JsonValue,
    },
  )
}
