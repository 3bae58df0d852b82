import { createWords } from '../words/create-words.ts'
import de from './editor.de.json' with { type: 'json' }
import en from './editor.en.json' with { type: 'json' }

export const useWords = createWords({ en, de })

/** Words of CodeMirror itself, by the text it has in English. */
export function phrasesOf(language: string | undefined): Readonly<Record<string, string>> {
  return language?.startsWith('de') === true ? de : en
}
