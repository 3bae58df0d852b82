import { useMantineColorScheme } from '@mantine/core'
import i18next from 'i18next'
import { useEffect } from 'react'
import { changeLanguage } from '../../i18n/start-i18n.ts'
import { setSingleKeys } from '../keys/use-keys.ts'
import { usePreferences } from './use-preferences.ts'

/** Makes the page follow the person's preferences, also those they changed in another browser. */
export const useApplyPreferences = (): void => {
  const { preferences, isLoaded } = usePreferences()
  const { theme, language, keys, compact } = preferences
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  useEffect(() => {
    // Until the server has said it, what boot.js read from this browser stands: anything else would flash.
    if (isLoaded && colorScheme !== theme) setColorScheme(theme)
  }, [isLoaded, theme, colorScheme, setColorScheme])
  useEffect(() => {
    if (language !== undefined && language !== i18next.language) void changeLanguage(language)
  }, [language])
  useEffect(() => setSingleKeys(keys), [keys])
  useEffect(() => {
    document.documentElement.toggleAttribute('data-compact', compact)
  }, [compact])
}
