import { useForm } from '../form-context.ts'
import { SchemaFields } from '../SchemaField.tsx'
import { effectiveOf } from '../schema/effective.ts'
import { isObject } from '../schema/json.ts'
import { asVariant, variantAt, variantsOf } from '../schema/variant.ts'
import type { WidgetProps } from '../widget.ts'
import { Group } from './Group.tsx'
import { JsonField } from './JsonField.tsx'
import { Radios } from './Radios.tsx'
import { SelectField } from './SelectField.tsx'
import classes from './widgets.module.css'

/** More variants than these are a list to open. */
const MOST_RADIOS = 5

/** First which of several records it is, then that one's fields. What both have in common stays when another is chosen. */
export const OneOfField = (props: WidgetProps) => {
  const { schema, pointer, value, onChange } = props
  const { root, problemAt } = useForm()
  const variants = variantsOf(schema, (one) => effectiveOf(one, undefined, root).schema)
  if (variants === undefined) return <JsonField {...props} />
  const chosen = variantAt(variants, value)
  const discriminator = `${pointer}/${variants.discriminator}`
  const choice = {
    ...props,
    pointer: discriminator,
    problem: problemAt(discriminator) ?? props.problem,
    value: chosen?.value,
    options: variants.list.map((variant) => ({ value: variant.value, label: variant.title })),
    onChange: (next: WidgetProps['value']) => {
      const variant = variants.list.find((one) => one.value === next)
      onChange(variant === undefined ? undefined : asVariant(variants, variant, value))
    },
  }
  const Chooser = variants.list.length > MOST_RADIOS ? SelectField : Radios
  return (
    <div className={classes.fields}>
      <Chooser {...choice} />
      {chosen === undefined ? null : (
        <Group label={chosen.title} hint={undefined} isRequired={false} problem={undefined} pointer={pointer} isNested>
          <div className={classes.fields}>
            <SchemaFields
              schema={effectiveOf(chosen.schema, value, root).schema}
              pointer={pointer}
              value={isObject(value) ? value : {}}
              onChange={onChange}
              without={variants.discriminator}
            />
          </div>
        </Group>
      )}
    </div>
  )
}
