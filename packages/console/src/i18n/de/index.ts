import type { Texts } from '../texts.ts'
import { batch } from './batch.ts'
import { frame } from './frame.ts'
import { inbox } from './inbox.ts'
import { instance } from './instance.ts'
import { operate } from './operate.ts'
import { people } from './people.ts'
import { shared } from './shared.ts'

/** All texts in German. */
export const de: Texts = { ...shared, ...frame, ...inbox, ...people, ...operate, ...instance, ...batch }
