import '@mantine/core/styles/Combobox.layer.css'
import '@mantine/core/styles/Input.layer.css'
import '@mantine/core/styles/InlineInput.layer.css'
import '@mantine/core/styles/ScrollArea.layer.css'
import { Select } from '@mantine/core'
import { type ReactNode, useDeferredValue, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { usePeopleSearch } from '../../data/queries/people.ts'
import { UserText } from '../user-text/UserText.tsx'

export interface PersonPickerProps {
  readonly label: ReactNode
  readonly hint?: ReactNode
  /** Principal: `user:ana`, `group:finance`. */
  readonly value: string | undefined
  readonly onChange: (principal: string | undefined) => void
  /** Only people, only groups, or both. */
  readonly kind?: 'user' | 'group'
  readonly autoFocus?: boolean
  readonly isClearable?: boolean
}

/** Finds a person or a group by name. */
export const PersonPicker = ({ label, hint, value, onChange, kind, autoFocus = false, isClearable = false }: PersonPickerProps) => {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const search = useDeferredValue(typed)
  const { data, isFetching } = usePeopleSearch(search)
  const options = useMemo(
    () =>
      (data?.items ?? [])
        .filter(({ principal }) => kind === undefined || principal.startsWith(`${kind}:`))
        .map(({ principal, title }) => ({ value: principal, label: labelOf(principal, title, t('person.group')) })),
    [data, kind, t],
  )
  const all = value === undefined || options.some((option) => option.value === value) ? options : [...options, { value, label: value }]
  return (
    <Select
      label={label}
      description={hint}
      data={all}
      value={value ?? null}
      onChange={(next) => onChange(next ?? undefined)}
      searchable
      clearable={isClearable}
      searchValue={typed}
      onSearchChange={setTyped}
      // The server has searched already, by name and title.
      filter={({ options: found }) => found}
      nothingFoundMessage={isFetching ? t('palette.searching') : t('person.nobody')}
      renderOption={({ option }) => <UserText most={80}>{option.label}</UserText>}
      comboboxProps={{ withinPortal: true }}
      {...(autoFocus ? { 'data-autofocus': true } : {})}
    />
  )
}

const labelOf = (principal: string, title: string, group: string): string => {
  const name = principal.slice(principal.indexOf(':') + 1)
  const words = title === name ? name : `${title} (${name})`
  return principal.startsWith('group:') ? `${group} ${words}` : words
}
