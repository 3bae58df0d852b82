import { type ComponentPropsWithRef, type ReactNode, useId } from 'react'
import { ClampedText } from '../user-text/ClampedText.tsx'
import classes from './Field.module.css'

export interface FieldProps extends Omit<ComponentPropsWithRef<'input'>, 'className' | 'id'> {
  readonly label: ReactNode
  /** A sentence under the label. */
  readonly hint?: ReactNode
  /** What is wrong, under the input. */
  readonly problem?: string | undefined
}

/** A labelled native input in our look. */
export const Field = ({ label, hint, problem, ...rest }: FieldProps) => {
  const id = useId()
  return (
    <FieldFrame id={id} label={label} hint={hint} problem={problem} isRequired={rest.required}>
      <input {...rest} {...describedBy(id, hint, problem)} id={id} className={classes.input} />
    </FieldFrame>
  )
}

export interface AreaProps extends Omit<ComponentPropsWithRef<'textarea'>, 'className' | 'id'> {
  readonly label: ReactNode
  readonly hint?: ReactNode
  readonly problem?: string | undefined
}

/** The same for several lines; grows with its text where the browser can. */
export const AreaField = ({ label, hint, problem, ...rest }: AreaProps) => {
  const id = useId()
  return (
    <FieldFrame id={id} label={label} hint={hint} problem={problem} isRequired={rest.required}>
      <textarea rows={2} {...rest} {...describedBy(id, hint, problem)} id={id} className={`${classes.input} ${classes.area}`} />
    </FieldFrame>
  )
}

export interface ChoiceProps extends Omit<ComponentPropsWithRef<'select'>, 'className' | 'id'> {
  readonly label: ReactNode
  readonly hint?: ReactNode
  readonly problem?: string | undefined
}

/** One of a few, as the platform's own list: it works on every device and for every reader. */
export const ChoiceField = ({ label, hint, problem, children, ...rest }: ChoiceProps) => {
  const id = useId()
  return (
    <FieldFrame id={id} label={label} hint={hint} problem={problem} isRequired={rest.required}>
      <select {...rest} {...describedBy(id, hint, problem)} id={id} className={`${classes.input} ${classes.select}`}>
        {children}
      </select>
    </FieldFrame>
  )
}

/** Hints come with forms, from anywhere: beyond this they are unfolded. */
const LONG_HINT = 400

interface FrameProps {
  readonly id: string
  readonly label: ReactNode
  readonly hint: ReactNode
  readonly problem: string | undefined
  readonly isRequired: boolean | undefined
  readonly children: ReactNode
}

const FieldFrame = ({ id, label, hint, problem, isRequired, children }: FrameProps) => (
  <div className={classes.field}>
    <label htmlFor={id} className={classes.label}>
      <bdi>{label}</bdi>
      {isRequired === true ? (
        <span className={classes.required} aria-hidden="true">
          {' '}
          *
        </span>
      ) : null}
    </label>
    {hint === undefined ? null : (
      <div id={`${id}-hint`} className={classes.hint}>
        {typeof hint === 'string' && hint.length > LONG_HINT ? <ClampedText>{hint}</ClampedText> : <bdi>{hint}</bdi>}
      </div>
    )}
    {children}
    {problem === undefined ? null : (
      <div id={`${id}-problem`} className={classes.problem}>
        {problem}
      </div>
    )}
  </div>
)

const describedBy = (id: string, hint: ReactNode, problem: string | undefined) => {
  const ids = [hint === undefined ? '' : `${id}-hint`, problem === undefined ? '' : `${id}-problem`].filter((each) => each !== '')
  return {
    ...(ids.length === 0 ? {} : { 'aria-describedby': ids.join(' ') }),
    ...(problem === undefined ? {} : { 'aria-invalid': true as const }),
  }
}

/** Class of our input, for the few that stand without a frame. */
export const inputClass = classes.input ?? ''
