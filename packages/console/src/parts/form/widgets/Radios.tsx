import { useId } from 'react'
import { useForm } from '../form-context.ts'
import { isEqual } from '../schema/json.ts'
import type { Option } from '../schema/kind.ts'
import { emptyOf, type WidgetProps } from '../widget.ts'
import { useWords } from '../words.ts'
import { Group } from './Group.tsx'
import classes from './widgets.module.css'

/** One of a few, all in sight. What need not be answered can be taken back. */
export const Radios = (props: WidgetProps & { readonly options: readonly Option[] }) => {
  const { pointer, isRequired, value, onChange, options } = props
  const t = useWords()
  const { touch } = useForm()
  const name = useId()
  const isAnswered = options.some((option) => isEqual(option.value, value))
  return (
    <Group {...props}>
      <div className={classes.options}>
        {options.map((option) => (
          <label key={JSON.stringify(option.value)} className={classes.tick}>
            <input
              type="radio"
              name={name}
              required={isRequired}
              checked={isEqual(option.value, value)}
              onChange={() => onChange(option.value)}
              onBlur={() => touch(pointer)}
            />
            <bdi>{option.label}</bdi>
          </label>
        ))}
        {isAnswered && !isRequired ? (
          <button type="button" className={classes.link} onClick={() => onChange(emptyOf(props))}>
            {t('clear')}
          </button>
        ) : null}
      </div>
    </Group>
  )
}
