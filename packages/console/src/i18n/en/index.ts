import { batch } from './batch.ts'
import { frame } from './frame.ts'
import { inbox } from './inbox.ts'
import { instance } from './instance.ts'
import { operate } from './operate.ts'
import { people } from './people.ts'
import { shared } from './shared.ts'

/** All texts in English: the language whose keys the others must have. */
export const en = { ...shared, ...frame, ...inbox, ...people, ...operate, ...instance, ...batch } as const
