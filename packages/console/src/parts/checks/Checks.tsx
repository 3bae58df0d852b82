import { UserText } from '../user-text/UserText.tsx'
import classes from './Checks.module.css'

export interface ChecksProps {
  readonly legend: string
  readonly name: string
  readonly options: readonly { readonly value: string; readonly label: string; readonly hint?: string }[]
  readonly checked: readonly string[]
  /** Several beside each other. */
  readonly isWide?: boolean
}

/** Any of several, as native boxes of one name in their form. */
export const Checks = ({ legend, name, options, checked, isWide = false }: ChecksProps) => (
  <fieldset className={classes.root} data-wide={isWide || undefined}>
    <legend>{legend}</legend>
    {options.map(({ value, label, hint }) => (
      <label key={value} className={classes.choice}>
        <input type="checkbox" name={name} value={value} defaultChecked={checked.includes(value)} />
        <span>
          <UserText most={80}>{label}</UserText>
          {hint === undefined ? null : <span className={classes.hint}>{hint}</span>}
        </span>
      </label>
    ))}
  </fieldset>
)
