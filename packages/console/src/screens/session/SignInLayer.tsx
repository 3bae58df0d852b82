import { useTranslation } from 'react-i18next'
import { useData, useMe } from '../../data/use-data.ts'
import { places, Sentence } from '../../i18n/sentence.tsx'
import { Button } from '../../parts/button/Button.tsx'
import { Dialog } from '../../parts/dialog/Dialog.tsx'
import { UserText } from '../../parts/user-text/UserText.tsx'
import classes from './SignInForm.module.css'
import { SignInForm } from './SignInForm.tsx'

/** The session ended: the page and everything typed into it stay; what was asked for meanwhile is done after the password. */
export const SignInLayer = () => {
  const { t } = useTranslation()
  const me = useMe()
  const { session } = useData()
  return (
    <Dialog title={t('signIn.again')} size={400}>
      <div className={classes.form}>
        <p>
          <Sentence text={t('signIn.againText', places('name'))} parts={{ name: <UserText>{me.displayName}</UserText> }} />
        </p>
        <SignInForm user={me.user} onSignedIn={() => {}} />
        <Button
          look="quiet"
          onClick={() => {
            session.signedOut()
            location.assign('/sign-in')
          }}
        >
          {t('signIn.other')}
        </Button>
      </div>
    </Dialog>
  )
}
