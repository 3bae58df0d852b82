import { createWords } from '../words/create-words.ts'
import de from './chart.de.json' with { type: 'json' }
import en from './chart.en.json' with { type: 'json' }

export const useWords = createWords({ en, de })
