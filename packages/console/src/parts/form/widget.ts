import type { JsonSchema, JsonValue } from './schema/json.ts'

/** What a widget shows and changes: one field of a form, its schema already worked out for the value as it is. */
export interface WidgetProps {
  readonly schema: JsonSchema
  /** JSON pointer into the answer. */
  readonly pointer: string
  readonly label: string
  /** The sentence of the schema's description. */
  readonly hint: string | undefined
  readonly isRequired: boolean
  /** Empty may be `null`. */
  readonly isNullable: boolean
  readonly problem: string | undefined
  readonly value: JsonValue | undefined
  /** `undefined` takes the field out of the answer. */
  readonly onChange: (value: JsonValue | undefined) => void
}

/** What an emptied field means: `null` where that is an answer and something must be there, else nothing. */
export function emptyOf({ isNullable, isRequired }: Pick<WidgetProps, 'isNullable' | 'isRequired'>): null | undefined {
  return isNullable && isRequired ? null : undefined
}
