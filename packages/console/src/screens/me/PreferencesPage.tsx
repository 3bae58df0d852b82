import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { overlay } from '../../app/frame/overlays.ts'
import type { Preferences } from '../../app/preferences/preferences.ts'
import { usePreferences } from '../../app/preferences/use-preferences.ts'
import { useMe } from '../../data/use-data.ts'
import { isLanguage, LANGUAGE_NAMES, LANGUAGES } from '../../i18n/language.ts'
import { changeLanguage } from '../../i18n/start-i18n.ts'
import { Button } from '../../parts/button/Button.tsx'
import { ChoiceField } from '../../parts/field/Field.tsx'
import { useErrorText } from '../../parts/notice/ErrorNotice.tsx'
import { Page, Section } from '../../parts/page/Page.tsx'
import { GroupNames } from '../../parts/person/PersonName.tsx'
import { toast } from '../../parts/toast/toasts.ts'
import { UserText } from '../../parts/user-text/UserText.tsx'
import classes from './PreferencesPage.module.css'

const THEMES = ['auto', 'light', 'dark'] as const

/** What a person sets for themselves; it holds in every browser they use. */
export const PreferencesPage = () => {
  const { t, i18n } = useTranslation()
  const me = useMe()
  const errorText = useErrorText()
  const { preferences, change } = usePreferences()
  const zones = useMemo(() => Intl.supportedValuesOf('timeZone'), [])
  const here = new Intl.DateTimeFormat().resolvedOptions().timeZone
  const set = (part: Partial<Preferences>) => {
    change(part).catch((error: unknown) => toast(errorText(error), 'error'))
  }
  return (
    <Page title={t('frame.preferences')}>
      <div className={classes.page}>
        <Section title={t('preferences.look')}>
          <div className={classes.fields}>
            <ChoiceField
              label={t('preferences.theme')}
              value={preferences.theme}
              onChange={(event) => set({ theme: THEMES.find((each) => each === event.currentTarget.value) ?? 'auto' })}
            >
              {THEMES.map((theme) => (
                <option key={theme} value={theme}>
                  {t(`preferences.themes.${theme}`)}
                </option>
              ))}
            </ChoiceField>
            <ChoiceField
              label={t('preferences.language')}
              value={i18n.language}
              onChange={(event) => {
                const { value } = event.currentTarget
                if (!isLanguage(value)) return
                void changeLanguage(value)
                set({ language: value })
              }}
            >
              {LANGUAGES.map((language) => (
                <option key={language} value={language} lang={language}>
                  {LANGUAGE_NAMES[language]}
                </option>
              ))}
            </ChoiceField>
            <ChoiceField
              label={t('preferences.zone')}
              value={preferences.zone ?? ''}
              onChange={(event) => set({ zone: event.currentTarget.value === '' ? undefined : event.currentTarget.value })}
            >
              <option value="">{t('preferences.zoneHere', { zone: here })}</option>
              {zones.map((zone) => (
                <option key={zone} value={zone}>
                  {zone.replaceAll('_', ' ')}
                </option>
              ))}
            </ChoiceField>
            <label className={classes.switch}>
              <input type="checkbox" checked={preferences.compact} onChange={(event) => set({ compact: event.currentTarget.checked })} />
              <span>{t('preferences.compact')}</span>
            </label>
          </div>
        </Section>
        <Section title={t('frame.keys')}>
          <label className={classes.switch}>
            <input type="checkbox" checked={preferences.keys} onChange={(event) => set({ keys: event.currentTarget.checked })} />
            <span>{t('keys.on')}</span>
          </label>
          <div className={classes.below}>
            <Button onClick={() => overlay.set({ kind: 'help' })}>{t('preferences.showKeys')}</Button>
          </div>
        </Section>
        <Section title={t('preferences.you')}>
          <dl className={classes.facts}>
            <dt>{t('people.name')}</dt>
            <dd className="mr-mono">{me.user}</dd>
            <dt>{t('people.displayName')}</dt>
            <dd>
              <UserText>{me.displayName}</UserText>
            </dd>
            <dt>{t('people.email')}</dt>
            <dd>{me.email === undefined ? t('people.none') : <UserText>{me.email}</UserText>}</dd>
            <dt>{t('people.roles')}</dt>
            <dd>{me.roles.map((role) => t(`role.${role}`)).join(', ')}</dd>
            <dt>{t('people.groups')}</dt>
            <dd>{me.groups.length === 0 ? t('people.none') : <GroupNames names={me.groups} />}</dd>
          </dl>
          {me.via === 'session' ? <Button onClick={() => overlay.set({ kind: 'password' })}>{t('frame.changePassword')}</Button> : null}
        </Section>
      </div>
    </Page>
  )
}
