import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { isolateValue } from './isolate.ts'
import { isLanguage, type Language } from './language.ts'
import type { Texts } from './texts.ts'

const load = async (language: Language): Promise<Texts> => {
  switch (language) {
    case 'en':
      return (await import('./en/index.ts')).en
    case 'de':
      return (await import('./de/index.ts')).de
  }
}

/** Makes the texts ready in the language that boot.js chose; a page never shows keys or flashes another language. */
export const startI18n = async (): Promise<void> => {
  const wanted = document.documentElement.lang
  const language = isLanguage(wanted) ? wanted : 'en'
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    resources: { [language]: { translation: await load(language) } },
    // React escapes; ours only keeps what turns direction, and what is long, from spoiling the sentence.
    interpolation: { escapeValue: true, escape: isolateValue },
    returnNull: false,
  })
}

/** Changes the language of everything on the page, and remembers it for this browser's next first paint. */
export const changeLanguage = async (language: Language): Promise<void> => {
  if (!i18next.hasResourceBundle(language, 'translation')) i18next.addResourceBundle(language, 'translation', await load(language))
  await i18next.changeLanguage(language)
  document.documentElement.lang = language
  try {
    localStorage.setItem('millrace.language', language)
  } catch {
    // No storage: it holds for this tab.
  }
}
