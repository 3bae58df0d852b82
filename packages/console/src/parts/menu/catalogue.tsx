import type { CatalogueEntry } from '../catalogue-entry.ts'
import { Icon } from '../icon/Icon.tsx'
import { KeyHint } from '../key-hint/KeyHint.tsx'
import { Menu, MenuItem } from './Menu.tsx'

const nothing = () => {}

const items = (
  <>
    <MenuItem onSelect={nothing} end={<KeyHint keys="d" />}>
      Delegate…
    </MenuItem>
    <MenuItem onSelect={nothing} icon={<Icon name="edit" />}>
      Change data…
    </MenuItem>
    <MenuItem onSelect={nothing} isDisabled>
      Not now
    </MenuItem>
    <MenuItem onSelect={nothing} isDanger>
      Terminate…
    </MenuItem>
  </>
)

export const catalogue: readonly CatalogueEntry[] = [
  {
    name: 'menu: with a word, with an icon, quiet',
    show: () => (
      <>
        <Menu button="Actions">{items}</Menu>{' '}
        <Menu label="More" isIcon button={<Icon name="more" />} align="end">
          {items}
        </Menu>{' '}
        <Menu look="quiet" size="small" icon={<Icon name="filter" size={14} />} button="Filter" head="What to filter by">
          {items}
        </Menu>
      </>
    ),
  },
]
