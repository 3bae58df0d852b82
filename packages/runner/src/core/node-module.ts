import * as crypto from 'node:crypto'
import { PURE_NODE_MODULES, REACHES_OUTSIDE } from '@millrace/workflow/abi'
import { type Chance, randomFill, randomFraction, randomUuid } from './chance.ts'
import { refusedFunction } from './realm/refusals.ts'
import type { Realm } from './realm.ts'

/** Functions of `node:crypto` whose result follows from their arguments. */
const PURE_CRYPTO = new Set(['createHash', 'createHmac', 'hash', 'timingSafeEqual', 'getHashes', 'getCiphers', 'constants'])

/** A module of Node as a workflow sees it: as it is, repeatable, or refused name by name with what to do instead. */
export const nodeModule = (realm: Realm, specifier: string): unknown => {
  const name = specifier.slice('node:'.length)
  const real = process.getBuiltinModule(specifier) as Record<string, unknown> | undefined
  if (real === undefined) throw realm.typeError(`Node has no module ${specifier}.`)
  if (PURE_NODE_MODULES.has(name)) return real
  const refused = Object.fromEntries(Object.keys(real).map((key) => [key, refusedFunction(realm, `${specifier} ${key}`, REACHES_OUTSIDE)]))
  return name === 'crypto' ? { ...refused, ...repeatableCrypto(realm, real) } : refused
}

const repeatableCrypto = (realm: Realm, real: Record<string, unknown>): Record<string, unknown> => {
  const chance = (): Chance => {
    if (realm.inside !== undefined) return realm.inside.chance
    throw realm.typeError(
      'node:crypto has no chance to offer while a workflow module loads: every instance has its own. Call it inside the function.',
    )
  }
  const pure = Object.fromEntries(Object.entries(real).filter(([key]) => PURE_CRYPTO.has(key)))
  return {
    ...pure,
    randomUUID: () => randomUuid(chance()),
    randomBytes: (size: number) => {
      const bytes = Buffer.alloc(size)
      randomFill(chance(), bytes)
      return bytes
    },
    randomInt: (first: number, second?: number) => {
      const [min, max] = second === undefined ? [0, first] : [first, second]
      return min + Math.floor(randomFraction(chance()) * (max - min))
    },
    timingSafeEqual: crypto.timingSafeEqual,
  }
}
