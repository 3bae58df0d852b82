import { type ReactNode, type SubmitEvent, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { dateLimit, dayOf, type TimeStyle } from '../../app/time/format.ts'
import { useTimeStyle } from '../../app/time/use-time-style.ts'
import { Button } from '../button/Button.tsx'
import { Chip } from '../chip/Chip.tsx'
import { ChoiceField, Field } from '../field/Field.tsx'
import { typedText } from '../field/typed-text.ts'
import { instantOf } from '../form/schema/zoned-time.ts'
import { Icon } from '../icon/Icon.tsx'
import { Menu, MenuItem } from '../menu/Menu.tsx'
import { UserText } from '../user-text/UserText.tsx'
import classes from './FilterBar.module.css'

export interface FilterField {
  readonly name: string
  readonly label: string
  readonly hint?: string
  readonly kind: 'text' | 'date' | 'choice' | 'pair'
  readonly options?: readonly { readonly value: string; readonly label: string }[]
}

export interface FilterBarProps {
  readonly fields: readonly FilterField[]
  /** What is filtered by; of a `pair` field each path is a filter of its own, named `name.path`. */
  readonly values: { readonly [name: string]: string | undefined }
  readonly onChange: (name: string, value: string | undefined) => void
  readonly children?: ReactNode
}

/** Filters as chips, and a menu to add one by any field. */
export const FilterBar = ({ fields, values, onChange, children }: FilterBarProps) => {
  const { t } = useTranslation()
  const style = useTimeStyle()
  const [edited, setEdited] = useState<FilterField>()
  const chips = fields.flatMap((field) =>
    Object.entries(values).flatMap(([name, value]) => {
      if (value === undefined) return []
      if (name === field.name) return [{ name, value: textOf(field, value, style), label: field.label }]
      if (field.kind === 'pair' && name.startsWith(`${field.name}.`)) return [{ name, value, label: name.slice(field.name.length + 1) }]
      return []
    }),
  )
  return (
    <div className={classes.bar}>
      {chips.map(({ name, label, value }) => (
        <Chip key={name} onRemove={() => onChange(name, undefined)} removeLabel={t('filter.remove', { name: label })}>
          <span className={classes.name}>{label}</span> <UserText>{value}</UserText>
        </Chip>
      ))}
      {edited === undefined ? (
        <Menu look="quiet" size="small" icon={<Icon name="filter" size={14} />} button={t('filter.add')}>
          {fields.map((field) => (
            <MenuItem key={field.name} onSelect={() => setEdited(field)}>
              {field.label}
            </MenuItem>
          ))}
        </Menu>
      ) : (
        <FilterInput
          field={edited}
          value={values[edited.name]}
          onCancel={() => setEdited(undefined)}
          onDone={(name, value) => {
            onChange(name, value)
            setEdited(undefined)
          }}
        />
      )}
      {children}
    </div>
  )
}

const textOf = (field: FilterField, value: string, style: TimeStyle): string => {
  if (field.kind !== 'date') return field.options?.find((option) => option.value === value)?.label ?? value
  const ms = Date.parse(value)
  return Number.isNaN(ms) ? value : dateLimit(ms, style)
}

/** The instant a day begins for the reader, and back. */
const startOfDay = (day: string, { zone }: TimeStyle): string | undefined => {
  const instant = instantOf({ local: `${day}T00:00`, zone: zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone })
  return instant === undefined ? undefined : new Date(instant.text).toISOString()
}
const dayIn = (value: string | undefined, style: TimeStyle): string | undefined =>
  value === undefined || Number.isNaN(Date.parse(value)) ? undefined : dayOf(Date.parse(value), style)

interface FilterInputProps {
  readonly field: FilterField
  readonly value: string | undefined
  readonly onDone: (name: string, value: string | undefined) => void
  readonly onCancel: () => void
}

const FilterInput = ({ field, value, onDone, onCancel }: FilterInputProps) => {
  const { t } = useTranslation()
  const style = useTimeStyle()
  const form = useRef<HTMLFormElement>(null)
  const id = useId()
  // The menu gives the focus back to its button, which is gone: it belongs here.
  useEffect(() => {
    const timer = setTimeout(() => form.current?.querySelector<HTMLElement>('input, select')?.focus())
    return () => clearTimeout(timer)
  }, [])
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const values = new FormData(event.currentTarget)
    const text = typedText(values, 'value').trim()
    const path = typedText(values, 'path').trim()
    const name = field.kind === 'pair' ? `${field.name}.${path}` : field.name
    onDone(name, text === '' ? undefined : field.kind === 'date' ? startOfDay(text, style) : text)
  }
  return (
    <form
      ref={form}
      id={id}
      className={classes.form}
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          event.stopPropagation()
          onCancel()
        }
      }}
    >
      {field.kind === 'pair' ? (
        <Field label={t('filter.path')} name="path" placeholder="order.id" required spellCheck={false} autoCapitalize="none" />
      ) : null}
      {field.kind === 'choice' ? (
        <ChoiceField label={field.label} name="value" defaultValue={value ?? ''}>
          {field.options?.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </ChoiceField>
      ) : (
        <Field
          label={field.kind === 'pair' ? t('filter.value') : field.label}
          hint={field.hint}
          name="value"
          type={field.kind === 'date' ? 'date' : 'text'}
          defaultValue={field.kind === 'date' ? dayIn(value, style) : value}
          required
          spellCheck={false}
        />
      )}
      <Button type="submit">{t('filter.apply')}</Button>
      <Button look="quiet" onClick={onCancel}>
        {t('action.cancel')}
      </Button>
    </form>
  )
}
