import { useForm } from '../form-context.ts'
import { isEqual, isList, isObject } from '../schema/json.ts'
import { optionsOf } from '../schema/kind.ts'
import { emptyOf, type WidgetProps } from '../widget.ts'
import { Group } from './Group.tsx'
import classes from './widgets.module.css'

/** Some of several: a box each, in the order of the schema. */
export const Choices = (props: WidgetProps) => {
  const { schema, pointer, isRequired, value, onChange } = props
  const { touch } = useForm()
  const options = isObject(schema.items) ? (optionsOf(schema.items) ?? []) : []
  const chosen = isList(value) ? value : []
  return (
    <Group {...props}>
      <div className={classes.options}>
        {options.map((option) => (
          <label key={JSON.stringify(option.value)} className={classes.tick}>
            <input
              type="checkbox"
              checked={chosen.some((one) => isEqual(one, option.value))}
              onChange={(event) => {
                const isChosen = event.currentTarget.checked
                const next = options.flatMap((one) => {
                  const was = chosen.some((other) => isEqual(other, one.value))
                  return (one === option ? isChosen : was) ? [one.value] : []
                })
                onChange(next.length === 0 && !isRequired ? emptyOf(props) : next)
              }}
              onBlur={() => touch(pointer)}
            />
            <bdi>{option.label}</bdi>
          </label>
        ))}
      </div>
    </Group>
  )
}
