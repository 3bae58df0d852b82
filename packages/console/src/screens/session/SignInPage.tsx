import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { BrandMark } from '../../app/frame/Brand.tsx'
import { ServerAway } from '../../app/frame/ServerAway.tsx'
import { usePageTitle } from '../../app/page-title.ts'
import { useCell } from '../../data/cell.ts'
import { useData } from '../../data/use-data.ts'
import { LANGUAGE_NAMES, LANGUAGES } from '../../i18n/language.ts'
import { changeLanguage } from '../../i18n/start-i18n.ts'
import { Button } from '../../parts/button/Button.tsx'
import { SignInForm } from './SignInForm.tsx'
import classes from './SignInPage.module.css'

export const SignInPage = () => {
  const { t, i18n } = useTranslation()
  const { session } = useData()
  const { status } = useCell(session)
  const { to } = useSearch({ from: '/sign-in' })
  const navigate = useNavigate()
  usePageTitle(t('signIn.title'))
  useEffect(() => {
    if (status === 'signed-in') void navigate({ href: ownAddress(to), replace: true })
  }, [status, to, navigate])
  if (status === 'loading') return <ServerAway />
  return (
    <main className={classes.page}>
      <div className={classes.box}>
        <div className={classes.brand}>
          <BrandMark size={28} />
          <span>Millrace</span>
        </div>
        <h1 className={classes.title}>{t('signIn.title')}</h1>
        <SignInForm onSignedIn={() => {}} />
        <p className={classes.help}>{t('signIn.help')}</p>
        <div className={classes.languages}>
          {LANGUAGES.map((language) => (
            <Button
              key={language}
              look="quiet"
              size="small"
              lang={language}
              aria-pressed={i18n.language === language}
              onClick={() => void changeLanguage(language)}
            >
              {LANGUAGE_NAMES[language]}
            </Button>
          ))}
        </div>
      </div>
    </main>
  )
}

/** Where to go after signing in: only inside this console, whatever the link says. */
const ownAddress = (to: string | undefined): string =>
  to !== undefined && /^\/(?![/\\])/.test(to) && !to.startsWith('/sign-in') ? to : '/'
