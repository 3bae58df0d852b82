import { createWords } from '../../parts/words/create-words.ts'
import de from './model.de.json' with { type: 'json' }
import en from './model.en.json' with { type: 'json' }

/** Texts of the model page, in its own lazy chunk. */
export const useModelWords = createWords({ en, de })
