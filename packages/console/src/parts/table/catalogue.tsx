import type { CatalogueEntry } from '../catalogue-entry.ts'
import { UserText } from '../user-text/UserText.tsx'
import { Table } from './Table.tsx'

const head = (
  <>
    <th>Name</th>
    <th>Kind</th>
    <th data-align="end">Open</th>
  </>
)

const rows = [
  { name: 'Publish a page', kind: 'Model', open: 4 },
  { name: 'مراجعة الصفحة قبل نشرها', kind: 'Model', open: 12 },
  { name: 'Donaudampfschifffahrtsgesellschaft'.repeat(6), kind: 'Code', open: 0 },
]

export const catalogue: readonly CatalogueEntry[] = [
  {
    name: 'table: names of any length; on a phone each row is a block',
    show: () => (
      <Table label="Workflows" head={head}>
        {rows.map(({ name, kind, open }) => (
          <tr key={name}>
            <td data-label="Name">
              <UserText>{name}</UserText>
            </td>
            <td data-label="Kind">{kind}</td>
            <td data-label="Open" data-align="end">
              {open}
            </td>
          </tr>
        ))}
      </Table>
    ),
  },
]
