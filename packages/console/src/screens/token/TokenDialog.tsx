import { type SubmitEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useData } from '../../data/use-data.ts'
import { Button } from '../../parts/button/Button.tsx'
import { Dialog } from '../../parts/dialog/Dialog.tsx'
import classes from '../../parts/dialog/dialog-form.module.css'
import { ChoiceField, Field } from '../../parts/field/Field.tsx'
import { typedText } from '../../parts/field/typed-text.ts'
import { useErrorText } from '../../parts/notice/ErrorNotice.tsx'
import { Notice } from '../../parts/notice/Notice.tsx'
import { Secret } from '../../parts/secret/Secret.tsx'

/** Days until it expires; 0 = never. */
const DAYS = [30, 90, 365, 0] as const

/** Makes a token; its secret is shown here and nowhere else. */
export const TokenDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const { t } = useTranslation()
  const { client, wrote } = useData()
  const errorText = useErrorText()
  const form = useId()
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const [secret, setSecret] = useState<string>()

  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const values = new FormData(event.currentTarget)
    const days = Number(values.get('days'))
    setBusy(true)
    setProblem(undefined)
    try {
      const made = await client.tokens.create({ name: typedText(values, 'name').trim(), ...(days > 0 ? { expiresInDays: days } : {}) })
      wrote('token', made.token.id, ['token'])
      setSecret(made.secret)
    } catch (error) {
      setProblem(errorText(error))
    } finally {
      setBusy(false)
    }
  }
  if (secret !== undefined)
    return (
      <Dialog
        title={t('tokens.made')}
        actions={
          <Button look="primary" onClick={onClose}>
            {t('people.noted')}
          </Button>
        }
      >
        <p>{t('tokens.once')}</p>
        <Secret text={secret} />
      </Dialog>
    )
  return (
    <Dialog
      title={t('tokens.new')}
      size={420}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button type="submit" form={form} look="primary" isBusy={isBusy}>
            {t('tokens.create')}
          </Button>
        </>
      }
    >
      <form id={form} className={classes.form} onSubmit={(event) => void submit(event)}>
        {problem === undefined ? null : <Notice tone="error">{problem}</Notice>}
        <Field
          label={t('tokens.name')}
          hint={t('tokens.nameHint')}
          name="name"
          required
          maxLength={100}
          autoComplete="off"
          data-autofocus
        />
        <ChoiceField label={t('tokens.expires')} name="days" defaultValue="90">
          {DAYS.map((days) => (
            <option key={days} value={days}>
              {days === 0 ? t('tokens.endless') : t('tokens.days', { count: days })}
            </option>
          ))}
        </ChoiceField>
      </form>
    </Dialog>
  )
}
