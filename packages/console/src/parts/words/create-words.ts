import i18next, { type TOptions } from 'i18next'
import { useTranslation } from 'react-i18next'
import { isolateValue } from '../../i18n/isolate.ts'

/** Texts of one part by key, flat; keys ending in `_one` and `_other` are the numbers of one text. */
type Texts = Readonly<Record<string, string>>

/** A key as it is asked for, without its number. */
export type WordKey<T extends Texts> = { [K in keyof T & string]: K extends `${infer Base}_${'one' | 'other'}` ? Base : K }[keyof T &
  string]

export type Words<T extends Texts> = (key: WordKey<T>, values?: TOptions) => string

/**
 * Texts that travel with a part in its own lazy chunk, in the page's language: the first page does not load them, and a part needs no
 * registration.
 *
 * @example
 * export const useWords = createWords({ en, de })
 * const t = useWords(); t('fit')
 */
export const createWords = <T extends Texts>(texts: {
  readonly en: T
  readonly de: { readonly [K in keyof T]: string }
}): (() => Words<T>) => {
  const instance = i18next.createInstance()
  void instance.init({
    lng: 'en',
    fallbackLng: 'en',
    // The texts are here: nothing to wait for.
    initAsync: false,
    keySeparator: false,
    nsSeparator: false,
    resources: { en: { part: texts.en }, de: { part: texts.de } },
    defaultNS: 'part',
    // React escapes; ours only keeps what turns direction, and what is long, from spoiling the sentence.
    interpolation: { escapeValue: true, escape: isolateValue },
  } as Parameters<typeof instance.init>[0])
  const byLanguage = new Map<string, Words<T>>()
  return () => {
    const { i18n } = useTranslation()
    const language = i18n.language ?? 'en'
    const known = byLanguage.get(language)
    if (known !== undefined) return known
    const fixed = instance.getFixedT(language) as unknown as Words<T>
    byLanguage.set(language, fixed)
    return fixed
  }
}
