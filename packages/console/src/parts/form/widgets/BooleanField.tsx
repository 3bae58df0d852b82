import { useId } from 'react'
import { useForm } from '../form-context.ts'
import { emptyOf, type WidgetProps } from '../widget.ts'
import { useWords } from '../words.ts'
import { Radios } from './Radios.tsx'
import classes from './widgets.module.css'

/**
 * A box to tick. Where an answer is needed and none is given beforehand it is a choice of yes and no: an empty box would look like a "no"
 * that nobody gave.
 */
export const BooleanField = (props: WidgetProps) => {
  const { schema, label, hint, isRequired, problem, pointer, value, onChange } = props
  const t = useWords()
  const { touch } = useForm()
  const id = useId()
  if ((isRequired && schema.default === undefined) || props.isNullable) {
    const options = [
      { value: true, label: t('yes') },
      { value: false, label: t('no') },
    ]
    return <Radios {...props} options={options} />
  }
  const described = [hint === undefined ? '' : `${id}-hint`, problem === undefined ? '' : `${id}-problem`]
    .filter((one) => one !== '')
    .join(' ')
  return (
    <div className={classes.box}>
      <label className={classes.tick}>
        <input
          type="checkbox"
          data-pointer={pointer}
          aria-describedby={described === '' ? undefined : described}
          aria-invalid={problem === undefined ? undefined : true}
          checked={value === true}
          onChange={(event) =>
            onChange(event.currentTarget.checked ? true : isRequired || schema.default !== undefined ? false : emptyOf(props))
          }
          onBlur={() => touch(pointer)}
        />
        <bdi>{label}</bdi>
      </label>
      {hint === undefined ? null : (
        <p id={`${id}-hint`} className={classes.hint}>
          <bdi>{hint}</bdi>
        </p>
      )}
      {problem === undefined ? null : (
        <p id={`${id}-problem`} className={classes.problem}>
          {problem}
        </p>
      )}
    </div>
  )
}
