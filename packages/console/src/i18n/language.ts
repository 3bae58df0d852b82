/** Languages the console speaks. boot.js knows them too: it chooses before this file is loaded. */
export const LANGUAGES = ['en', 'de'] as const
export type Language = (typeof LANGUAGES)[number]

export const LANGUAGE_NAMES: { readonly [L in Language]: string } = { en: 'English', de: 'Deutsch' }

export const isLanguage = (value: unknown): value is Language => LANGUAGES.includes(value as Language)
