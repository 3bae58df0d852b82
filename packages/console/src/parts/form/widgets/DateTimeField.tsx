import { useId, useMemo, useState } from 'react'
import fieldClasses from '../../field/Field.module.css'
import { useForm } from '../form-context.ts'
import { instantOf, localOf, zonesOf } from '../schema/zoned-time.ts'
import { emptyOf, type WidgetProps } from '../widget.ts'
import { useWords } from '../words.ts'
import { Group } from './Group.tsx'
import { shownText } from './ShortText.tsx'
import classes from './widgets.module.css'

/** A date, a time and the zone they are meant in, as one instant. The reader's own zone until another is chosen. */
export const DateTimeField = (props: WidgetProps) => {
  const { pointer, label, value, onChange } = props
  const t = useWords()
  const { touch, zone: own } = useForm()
  const [zone, setZone] = useState(own)
  /** What the picker shows while it means no instant yet. */
  const [draft, setDraft] = useState<string>()
  const zoneId = useId()
  const local = typeof value === 'string' ? localOf(value, zone) : undefined
  const shown = local ?? (draft !== undefined && value === draft ? draft : shownText(value))
  const isPickable = shown === '' || /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/.test(shown)
  const instant = instantOf({ local: shown, zone })

  // Some four hundred: not anew with every letter typed elsewhere.
  const options = useMemo(
    () =>
      zonesOf(own).map((one) => (
        <option key={one} value={one}>
          {one.replaceAll('_', ' ')}
        </option>
      )),
    [own],
  )

  const change = (next: string, inZone: string) => {
    setDraft(next)
    if (next === '') onChange(emptyOf(props))
    else onChange(instantOf({ local: next, zone: inZone })?.text ?? next)
  }
  const note =
    instant?.kind === 'gap'
      ? t('gap', { time: localOf(instant.text, zone)?.slice(11) })
      : instant?.kind === 'twice'
        ? t('twice')
        : undefined
  return (
    <Group {...props}>
      <div className={classes.dateTime}>
        <input
          type={isPickable ? 'datetime-local' : 'text'}
          className={fieldClasses.input}
          data-pointer={pointer}
          aria-label={label}
          aria-invalid={props.problem === undefined ? undefined : true}
          required={props.isRequired}
          value={shown}
          onChange={(event) => change(event.currentTarget.value, zone)}
          onBlur={() => touch(pointer)}
        />
        <label htmlFor={zoneId} className="mr-unseen">
          {t('zoneOf', { label })}
        </label>
        <select
          id={zoneId}
          className={`${fieldClasses.input} ${fieldClasses.select} ${classes.zone}`}
          value={zone}
          onChange={(event) => {
            // The clock stays as it was written: it is the zone that was wrong.
            const next = event.currentTarget.value
            setZone(next)
            if (shown !== '') change(shown, next)
          }}
        >
          {options}
        </select>
      </div>
      {note === undefined ? null : <p className={classes.hint}>{note}</p>}
    </Group>
  )
}
