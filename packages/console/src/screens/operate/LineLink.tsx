import type { OperateLine } from '@millrace/protocol'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { readInstancesSearch } from '../instance/instances-search.ts'
import { readInboxSearch } from '../work-item/inbox-search.ts'

/** The list with exactly the rows of a line: the server's address of it, as an address of the console. */
export const LineLink = ({
  line,
  describedBy,
  children,
}: {
  readonly line: OperateLine
  readonly describedBy?: string
  readonly children: ReactNode
}) => {
  const { link } = line
  if (link === undefined) return null
  switch (link.to) {
    case 'instances':
      return (
        <Link to="/instances" search={{ ...readInstancesSearch(link.query), tab: 'all' }} aria-describedby={describedBy}>
          {children}
        </Link>
      )
    case 'inbox':
      return (
        <Link
          to="/inbox/$view"
          params={{ view: link.query.view ?? 'all' }}
          search={readInboxSearch(link.query)}
          aria-describedby={describedBy}
        >
          {children}
        </Link>
      )
    case 'incidents': {
      const { group } = link.query
      return (
        <Link to="/incidents" search={group === undefined ? {} : { group }} aria-describedby={describedBy}>
          {children}
        </Link>
      )
    }
    case 'doctor':
      return (
        <Link to="/doctor" search={{ code: line.code }} aria-describedby={describedBy}>
          {children}
        </Link>
      )
  }
}
