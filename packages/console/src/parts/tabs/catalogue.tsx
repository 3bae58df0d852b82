import type { CatalogueEntry } from '../catalogue-entry.ts'
import { TabLinks } from './TabLinks.tsx'

const links = (names: readonly string[], current: number) =>
  names.map((name, at) => (
    <a key={name} href="/catalogue" aria-current={at === current ? 'page' : undefined}>
      {name}
    </a>
  ))

export const catalogue: readonly CatalogueEntry[] = [
  { name: 'tabs', show: () => <TabLinks label="Parts">{links(['Run', 'Data', 'History', 'Lineage'], 1)}</TabLinks> },
  {
    name: 'tabs: more than there is room for fade, and the current one is in view',
    show: () => (
      <div style={{ width: 280 }}>
        <TabLinks label="Views">{links(['Eingang 6', 'Meine 1', 'Meine Gruppen 5', 'Erledigt 1', 'Gestartet 6', 'Alle'], 0)}</TabLinks>
      </div>
    ),
  },
]
