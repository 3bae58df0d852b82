import { createWords } from '../words/create-words.ts'
import de from './timeline.de.json' with { type: 'json' }
import en from './timeline.en.json' with { type: 'json' }

export const useWords = createWords({ en, de })
