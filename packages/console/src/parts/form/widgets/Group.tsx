import { type ReactNode, useId } from 'react'
import type { WidgetProps } from '../widget.ts'
import classes from './widgets.module.css'

export interface GroupProps extends Pick<WidgetProps, 'label' | 'hint' | 'isRequired' | 'problem' | 'pointer'> {
  readonly children: ReactNode
  /** Fields of their own inside, set off by a line. */
  readonly isNested?: boolean
}

/** Several inputs that are one field, with its label, hint and problem tied to all of them. */
export const Group = ({ label, hint, isRequired, problem, pointer, children, isNested = false }: GroupProps) => {
  const id = useId()
  const described = [hint === undefined ? '' : `${id}-hint`, problem === undefined ? '' : `${id}-problem`]
    .filter((one) => one !== '')
    .join(' ')
  return (
    <fieldset
      className={isNested ? `${classes.group} ${classes.nested}` : classes.group}
      aria-describedby={described === '' ? undefined : described}
      data-pointer={pointer}
      data-invalid={problem === undefined ? undefined : true}
      tabIndex={-1}
    >
      <legend className={classes.label}>
        <bdi>{label}</bdi>
        {isRequired ? (
          <span className={classes.required} aria-hidden="true">
            {' '}
            *
          </span>
        ) : null}
      </legend>
      {hint === undefined ? null : (
        <p id={`${id}-hint`} className={classes.hint}>
          <bdi>{hint}</bdi>
        </p>
      )}
      {children}
      {problem === undefined ? null : (
        <p id={`${id}-problem`} className={classes.problem}>
          {problem}
        </p>
      )}
    </fieldset>
  )
}
