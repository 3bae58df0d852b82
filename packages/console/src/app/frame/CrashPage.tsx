import { MillraceError } from '@millrace/client'
import type { ErrorComponentProps } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Button } from '../../parts/button/Button.tsx'
import { EmptyState } from '../../parts/empty-state/EmptyState.tsx'
import { ErrorNotice } from '../../parts/notice/ErrorNotice.tsx'
import { isNotFetched } from './not-fetched.ts'
import { PageAway } from './PageAway.tsx'

/** A page that threw: what the server refused says so itself; anything else is a defect of ours. */
export const CrashPage = ({ error, reset }: ErrorComponentProps) => {
  const { t } = useTranslation()
  if (isNotFetched(error)) return <PageAway />
  if (error instanceof MillraceError) return <ErrorNotice error={error} retry={reset} />
  return (
    <EmptyState title={t('error.crashed')} action={<Button onClick={() => location.reload()}>{t('error.reload')}</Button>}>
      <p>{t('error.crashedText')}</p>
      <p>
        <code>{error instanceof Error ? error.message : String(error)}</code>
      </p>
    </EmptyState>
  )
}
