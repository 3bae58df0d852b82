import { useCallback, useLayoutEffect, useRef } from 'react'
import { useForm } from './form-context.ts'
import { effectiveOf } from './schema/effective.ts'
import { isObject, type JsonObject, type JsonSchema, type JsonValue, pointerTo, textsOf } from './schema/json.ts'
import { kindOf } from './schema/kind.ts'
import { labelOf } from './schema/label.ts'
import { variantsOf } from './schema/variant.ts'
import { ReadOnlyField } from './widgets/ReadOnlyField.tsx'
import classes from './widgets/widgets.module.css'

export interface SchemaFieldProps {
  readonly schema: JsonValue | undefined
  readonly pointer: string
  readonly label: string
  readonly isRequired: boolean
  /** For entries of a list, which say what they are by where they stand; screen readers still hear it. */
  readonly isLabelHidden?: boolean
  readonly value: JsonValue | undefined
  readonly onChange: (value: JsonValue | undefined) => void
}

/** One field: works out what its schema asks of the value as it is, and shows the widget for it. */
export const SchemaField = ({ schema, pointer, label, isRequired, isLabelHidden = false, value, onChange }: SchemaFieldProps) => {
  const { root, problemAt, isReadOnly, widgets } = useForm()
  const { schema: here, isNullable } = effectiveOf(schema, value, root)
  const hint = typeof here.description === 'string' ? here.description : undefined
  const kind =
    kindOf(here) === 'json' && variantsOf(here, (one) => effectiveOf(one, undefined, root).schema) !== undefined ? 'one-of' : kindOf(here)
  if (isReadOnly || here.readOnly === true) return <ReadOnlyField schema={here} label={label} hint={hint} value={value} />
  const Widget = widgets[kind]
  const field = (
    <Widget
      schema={here}
      pointer={pointer}
      label={label}
      hint={hint}
      isRequired={isRequired}
      isNullable={isNullable}
      problem={problemAt(pointer)}
      value={value}
      onChange={onChange}
    />
  )
  return isLabelHidden ? <div className={classes.unlabelled}>{field}</div> : field
}

export interface SchemaFieldsProps {
  readonly schema: JsonSchema
  readonly pointer: string
  readonly value: JsonObject
  readonly onChange: (value: JsonObject) => void
  /** A property that is shown elsewhere: the one that tells variants apart. */
  readonly without?: string
}

/** The fields of a record, in the order of its schema. */
export const SchemaFields = ({ schema, pointer, value, onChange, without }: SchemaFieldsProps) => {
  const properties = isObject(schema.properties) ? Object.entries(schema.properties) : []
  const required = textsOf(schema.required)
  // Two fields may change in one turn (a constant that fills itself in): each goes on from the latest.
  const latest = useRef(value)
  useLayoutEffect(() => {
    latest.current = value
  }, [value])
  const change = useCallback(
    (name: string, next: JsonValue | undefined) => {
      const { [name]: _before, ...others } = latest.current
      const changed = next === undefined ? others : { ...latest.current, [name]: next }
      latest.current = changed
      onChange(changed)
    },
    [onChange],
  )
  return properties
    .filter(([name]) => name !== without)
    .map(([name, property]) => (
      <SchemaField
        key={name}
        schema={property}
        pointer={pointerTo(pointer, name)}
        label={labelOf(property, name)}
        isRequired={required.includes(name)}
        value={Object.hasOwn(value, name) ? value[name] : undefined}
        onChange={(next) => change(name, next)}
      />
    ))
}
