import { useTranslation } from 'react-i18next'
import { usePreferences } from '../preferences/use-preferences.ts'
import type { TimeStyle } from './format.ts'

/** Language and zone of the reader. English is written the international way: day before month, 24 hours. */
export const useTimeStyle = (): TimeStyle => {
  const { i18n } = useTranslation()
  const { zone } = usePreferences().preferences
  return { language: i18n.language === 'en' ? 'en-GB' : i18n.language, zone }
}
