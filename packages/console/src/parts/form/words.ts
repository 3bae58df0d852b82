import { createWords, type WordKey, type Words } from '../words/create-words.ts'
import de from './form.de.json' with { type: 'json' }
import en from './form.en.json' with { type: 'json' }

export type FormWords = Words<typeof en>
export type FormWord = WordKey<typeof en>

export const useWords = createWords({ en, de })

export function isFormWord(key: string): key is FormWord {
  return Object.hasOwn(en, key) || Object.hasOwn(en, `${key}_other`)
}
