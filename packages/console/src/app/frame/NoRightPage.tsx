import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { buttonClass } from '../../parts/button/Button.tsx'
import { EmptyState } from '../../parts/empty-state/EmptyState.tsx'
import type { RailItem } from './rail-items.ts'

/** A page that is for another role: said at once, without asking the server for what it would refuse. */
export const NoRightPage = ({ place }: { readonly place: RailItem }) => {
  const { t } = useTranslation()
  return (
    <EmptyState
      title={t('error.noRight')}
      action={
        <Link to="/" className={buttonClass({})}>
          {t('rail.home')}
        </Link>
      }
    >
      {t('error.noRightText', { role: t(place.group === 'operate' ? 'role.operator' : 'role.administrator') })}
    </EmptyState>
  )
}
