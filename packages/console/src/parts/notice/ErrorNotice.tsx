import { MillraceError } from '@millrace/client'
import { useTranslation } from 'react-i18next'
import { Button } from '../button/Button.tsx'
import { Notice } from './Notice.tsx'

/** What a refusal or a lost connection says: the server's own sentence, which names what to do next. */
export const useErrorText = (): ((error: unknown) => string) => {
  const { t } = useTranslation()
  return (error) => {
    if (!(error instanceof MillraceError)) return t('error.unexpected', { message: error instanceof Error ? error.message : String(error) })
    if (error.code === 'UNREACHABLE') return t('error.unreachable')
    if (error.code === 'STORE_FULL') return t('error.storeFull')
    return error.message
  }
}

/** A failed request, with the way to ask again. */
export const ErrorNotice = ({ error, retry }: { readonly error: unknown; readonly retry?: (() => void) | undefined }) => {
  const { t } = useTranslation()
  const textOf = useErrorText()
  return (
    <Notice
      tone="error"
      action={
        retry === undefined ? undefined : (
          <Button size="small" onClick={retry}>
            {t('error.retry')}
          </Button>
        )
      }
    >
      {textOf(error)}
      {error instanceof MillraceError ? <code className="mr-mono"> {error.code}</code> : null}
    </Notice>
  )
}
