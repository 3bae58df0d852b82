import { useState } from 'react'
import type { CatalogueEntry } from '../catalogue-entry.ts'
import { GroupNames, PeopleNames, PersonName } from './PersonName.tsx'
import { PersonPicker } from './PersonPicker.tsx'

const Picker = () => {
  const [value, setValue] = useState<string>()
  return <PersonPicker label="To" hint="“Review /content/home” becomes theirs." value={value} onChange={setValue} isClearable />
}

export const catalogue: readonly CatalogueEntry[] = [
  {
    name: 'person: somebody, the reader, a group, the system, nobody known, several, groups alone',
    show: () => (
      <>
        <PersonName principal="user:ana" /> · <PersonName principal="user:admin" /> · <PersonName principal="group:editors" /> ·{' '}
        <PersonName principal="system" /> · <PersonName principal="user:gone" /> ·{' '}
        <PeopleNames principals={['user:ana', 'user:bo', 'group:finance']} /> · <GroupNames names={['editors', 'finance']} />
      </>
    ),
  },
  { name: 'person: picker', show: () => <Picker /> },
]
