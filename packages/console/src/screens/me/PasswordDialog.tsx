import { MillraceError } from '@millrace/client'
import { type SubmitEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useData, useMe } from '../../data/use-data.ts'
import { Button } from '../../parts/button/Button.tsx'
import { Dialog } from '../../parts/dialog/Dialog.tsx'
import classes from '../../parts/dialog/dialog-form.module.css'
import { Field } from '../../parts/field/Field.tsx'
import { typedText } from '../../parts/field/typed-text.ts'
import { useErrorText } from '../../parts/notice/ErrorNotice.tsx'
import { Notice } from '../../parts/notice/Notice.tsx'
import { toast } from '../../parts/toast/toasts.ts'
import { MIN_PASSWORD_LENGTH } from './min-password.ts'

/** A new password for oneself: all other sessions end. */
export const PasswordDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const { t } = useTranslation()
  const { client } = useData()
  const me = useMe()
  const errorText = useErrorText()
  const form = useId()
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<{ readonly field: 'current' | 'next' | 'again' | 'all'; readonly text: string }>()
  const problemOf = (field: 'current' | 'next' | 'again') => (problem?.field === field ? problem.text : undefined)

  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const values = new FormData(event.currentTarget)
    const [current, next, again] = ['current', 'next', 'again'].map((name) => typedText(values, name)) as [string, string, string]
    if (next !== again) return setProblem({ field: 'again', text: t('password.differs') })
    setBusy(true)
    try {
      await client.me.changePassword({ current, next })
      toast(t('password.changed'))
      onClose()
    } catch (error) {
      if (error instanceof MillraceError && error.code === 'UNAUTHENTICATED') setProblem({ field: 'current', text: t('password.wrong') })
      else setProblem({ field: error instanceof MillraceError && error.code === 'BAD_REQUEST' ? 'next' : 'all', text: errorText(error) })
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog
      title={t('password.title')}
      size={400}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button type="submit" form={form} look="primary" isBusy={isBusy}>
            {t('password.submit')}
          </Button>
        </>
      }
    >
      <form id={form} className={classes.form} onSubmit={(event) => void submit(event)}>
        {problem?.field === 'all' ? <Notice tone="error">{problem.text}</Notice> : null}
        <input type="hidden" name="user" autoComplete="username" value={me.user} readOnly />
        <Field
          label={t('password.current')}
          name="current"
          type="password"
          autoComplete="current-password"
          required
          data-autofocus
          problem={problemOf('current')}
        />
        <Field
          label={t('password.next')}
          hint={t('password.hint', { count: MIN_PASSWORD_LENGTH })}
          name="next"
          type="password"
          autoComplete="new-password"
          minLength={MIN_PASSWORD_LENGTH}
          required
          problem={problemOf('next')}
        />
        <Field label={t('password.again')} name="again" type="password" autoComplete="new-password" required problem={problemOf('again')} />
      </form>
    </Dialog>
  )
}
