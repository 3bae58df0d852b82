import { Field } from '../../field/Field.tsx'
import { useForm } from '../form-context.ts'
import { emptyOf, type WidgetProps } from '../widget.ts'

/** Keyboards of phones by format. The browser's own checks stay off: the schema decides. */
const TYPES: Readonly<Record<string, { readonly type: string; readonly autoComplete?: string }>> = {
  email: { type: 'email', autoComplete: 'email' },
  uri: { type: 'url' },
  'uri-reference': { type: 'text' },
}

export const ShortText = (props: WidgetProps) => {
  const { schema, pointer, label, hint, isRequired, problem, value, onChange } = props
  const { touch } = useForm()
  const { type = 'text', autoComplete = 'off' } = typeof schema.format === 'string' ? (TYPES[schema.format] ?? {}) : {}
  return (
    <Field
      label={label}
      hint={hint}
      problem={problem}
      required={isRequired}
      type={type}
      autoComplete={autoComplete}
      dir="auto"
      data-pointer={pointer}
      placeholder={exampleOf(schema)}
      value={shownText(value)}
      onChange={(event) => onChange(event.currentTarget.value === '' ? emptyOf(props) : event.currentTarget.value)}
      onBlur={() => touch(pointer)}
    />
  )
}

/** A value of another type, from an older form or from a program, is shown as it is, so that it can be corrected. */
export function shownText(value: WidgetProps['value']): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}

export function exampleOf({ examples }: WidgetProps['schema']): string | undefined {
  const [first] = Array.isArray(examples) ? examples : []
  return typeof first === 'string' || typeof first === 'number' ? String(first) : undefined
}
