import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { buttonClass } from '../../parts/button/Button.tsx'
import { EmptyState } from '../../parts/empty-state/EmptyState.tsx'

export const NotFoundPage = () => {
  const { t } = useTranslation()
  return (
    <EmptyState
      title={t('error.notFound')}
      action={
        <Link to="/" className={buttonClass({})}>
          {t('rail.home')}
        </Link>
      }
    >
      {t('error.notFoundText')}
    </EmptyState>
  )
}
