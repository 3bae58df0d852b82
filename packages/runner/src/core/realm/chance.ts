import { type Chance, createChance, randomFill, randomFraction, randomUuid } from '../chance.ts'
import type { Realm } from '../realm.ts'

/** Most bytes of one call, as in browsers. */
const MAX_RANDOM_BYTES = 65_536

/** `Math.random` and `crypto` draw from the stream of the instance; of the module's own while it loads. */
export const installChance = (realm: Realm, seed: string): void => {
  const loading = createChance(seed)
  const chance = (): Chance => realm.inside?.chance ?? loading
  ;(realm.global['Math'] as Math).random = realm.adopt(() => randomFraction(chance()))
  realm.global['crypto'] = {
    randomUUID: realm.adopt(() => randomUuid(chance())),
    getRandomValues: realm.adopt(<T extends ArrayBufferView>(array: T): T => {
      if (array.byteLength > MAX_RANDOM_BYTES)
        throw realm.typeError(`crypto.getRandomValues fills ${MAX_RANDOM_BYTES} bytes at most; asked for ${array.byteLength}.`)
      randomFill(chance(), new Uint8Array(array.buffer, array.byteOffset, array.byteLength))
      return array
    }),
    get subtle(): never {
      throw realm.typeError(
        'crypto.subtle is not available in a workflow: it works in the background, which a replay cannot repeat. Do it in a task (a file called *.task.ts).',
      )
    },
  }
}
