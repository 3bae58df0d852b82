import { isLanguage, type Language } from '../../i18n/language.ts'

/** What a person set for themselves: kept on the server, so that it is the same in every browser. */
export interface Preferences {
  readonly theme: 'auto' | 'light' | 'dark'
  /** Absent = the browser's. */
  readonly language?: Language | undefined
  /** IANA time zone; absent = the browser's. */
  readonly zone?: string | undefined
  /** Single keys act (WCAG 2.1.4: they can be switched off). */
  readonly keys: boolean
  /** Rows of 28 px. */
  readonly compact: boolean
  /** Width of the inbox's list in pixels. */
  readonly listWidth?: number | undefined
}

export const DEFAULT_PREFERENCES: Preferences = { theme: 'auto', keys: true, compact: false }

/** What the server kept may come from another release: what is not understood is the default. */
export const readPreferences = (value: unknown): Preferences => {
  if (typeof value !== 'object' || value === null) return DEFAULT_PREFERENCES
  const { theme, language, zone, keys, compact, listWidth } = value as { readonly [name: string]: unknown }
  return {
    theme: theme === 'light' || theme === 'dark' ? theme : 'auto',
    language: isLanguage(language) ? language : undefined,
    zone: typeof zone === 'string' && isZone(zone) ? zone : undefined,
    keys: keys !== false,
    compact: compact === true,
    listWidth: typeof listWidth === 'number' && Number.isFinite(listWidth) ? listWidth : undefined,
  }
}

export const isZone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
