import { frame } from './frame.ts'
import { inbox } from './inbox.ts'
import { people } from './people.ts'
import { shared } from './shared.ts'

/** All texts in English: the language whose keys the others must have. */
export const en = { ...shared, ...frame, ...inbox, ...people } as const
