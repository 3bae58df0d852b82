import { createWords } from '../words/create-words.ts'
import de from './value.de.json' with { type: 'json' }
import en from './value.en.json' with { type: 'json' }

export const useWords = createWords({ en, de })
