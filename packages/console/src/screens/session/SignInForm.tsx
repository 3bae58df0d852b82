import { MillraceError } from '@millrace/client'
import { type SubmitEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useData } from '../../data/use-data.ts'
import { Button } from '../../parts/button/Button.tsx'
import { Field } from '../../parts/field/Field.tsx'
import { typedText } from '../../parts/field/typed-text.ts'
import { useErrorText } from '../../parts/notice/ErrorNotice.tsx'
import { Notice } from '../../parts/notice/Notice.tsx'
import classes from './SignInForm.module.css'

export interface SignInFormProps {
  /** Asked for again: only the password of this person. */
  readonly user?: string
  readonly onSignedIn: () => void
}

export const SignInForm = ({ user, onSignedIn }: SignInFormProps) => {
  const { t } = useTranslation()
  const { signIn } = useData()
  const errorText = useErrorText()
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const id = useId()

  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const values = new FormData(form)
    setBusy(true)
    setProblem(undefined)
    try {
      await signIn(user ?? typedText(values, 'user').trim(), typedText(values, 'password'))
      onSignedIn()
    } catch (error) {
      setProblem(textOf(error))
      const password = form.elements.namedItem('password')
      if (password instanceof HTMLInputElement) password.select()
    } finally {
      setBusy(false)
    }
  }

  const textOf = (error: unknown): string => {
    if (!(error instanceof MillraceError)) return errorText(error)
    if (error.code === 'UNAUTHENTICATED') return t(user === undefined ? 'signIn.wrong' : 'signIn.wrongAgain')
    if (error.code === 'RATE_LIMITED') {
      const seconds = error.details.retryAfterSeconds
      return t('signIn.limited', { count: typeof seconds === 'number' ? Math.ceil(seconds / 60) : 1 })
    }
    return errorText(error)
  }

  return (
    <form
      className={classes.form}
      onSubmit={(event) => void submit(event)}
      aria-describedby={problem === undefined ? undefined : `${id}-problem`}
    >
      {problem === undefined ? null : (
        <div id={`${id}-problem`}>
          <Notice tone="error">{problem}</Notice>
        </div>
      )}
      {user === undefined ? (
        <Field label={t('signIn.user')} name="user" autoComplete="username" autoCapitalize="none" spellCheck={false} required autoFocus />
      ) : (
        <input type="hidden" name="user" autoComplete="username" value={user} readOnly />
      )}
      <Field
        label={t('signIn.password')}
        name="password"
        type="password"
        autoComplete="current-password"
        required
        autoFocus={user !== undefined}
      />
      <Button type="submit" look="primary" isBusy={isBusy}>
        {isBusy ? t('signIn.busy') : t('signIn.submit')}
      </Button>
    </form>
  )
}
