import { createWords } from '../words/create-words.ts'
import de from './graph.de.json' with { type: 'json' }
import en from './graph.en.json' with { type: 'json' }

export const useWords = createWords({ en, de })
