import { useTranslation } from 'react-i18next'
import { Button } from '../../parts/button/Button.tsx'
import { Dialog } from '../../parts/dialog/Dialog.tsx'
import { Secret } from '../../parts/secret/Secret.tsx'

/** A password the server made: shown once, then only its hash is left. */
export const PasswordShown = ({
  user,
  password,
  onClose,
}: {
  readonly user: string
  readonly password: string
  readonly onClose: () => void
}) => {
  const { t } = useTranslation()
  return (
    <Dialog
      title={t('people.passwordOf', { name: user })}
      size={420}
      onClose={onClose}
      actions={
        <Button look="primary" onClick={onClose}>
          {t('people.noted')}
        </Button>
      }
    >
      <p>{t('people.passwordOnce')}</p>
      <Secret text={password} />
    </Dialog>
  )
}
