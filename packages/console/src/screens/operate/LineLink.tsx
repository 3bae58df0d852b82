import type { OperateLine } from '@millrace/protocol'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { readInstancesSearch } from '../instance/instances-search.ts'
import { readInboxSearch } from '../work-item/inbox-search.ts'

/** The list with exactly the rows of a line: the server's address of it, as an address of the console. */
export const LineLink = ({ line }: { readonly line: OperateLine }) => {
  const { t } = useTranslation()
  const { link } = line
  if (link === undefined) return null
  const text = t('operate.open')
  switch (link.to) {
    case 'instances':
      return (
        <Link to="/instances" search={{ ...readInstancesSearch(link.query), tab: 'all' }}>
          {text}
        </Link>
      )
    case 'inbox':
      return (
        <Link to="/inbox/$view" params={{ view: link.query.view ?? 'all' }} search={readInboxSearch(link.query)}>
          {text}
        </Link>
      )
    case 'incidents': {
      const { group } = link.query
      return (
        <Link to="/incidents" search={group === undefined ? {} : { group }}>
          {text}
        </Link>
      )
    }
    case 'doctor':
      return (
        <Link to="/doctor" search={{ code: line.code }}>
          {text}
        </Link>
      )
  }
}
