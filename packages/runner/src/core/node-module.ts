import * as crypto from 'node:crypto'
import { type Chance, randomFill, randomFraction, randomUuid } from './chance.ts'
import { refusedFunction } from './realm/refusals.ts'
import type { Realm } from './realm.ts'

/** Modules whose every function follows from its arguments. */
const PURE = new Set(['assert', 'assert/strict', 'path', 'path/posix', 'path/win32', 'querystring', 'string_decoder', 'url', 'punycode'])

/** Functions of `node:crypto` whose result follows from their arguments. */
const PURE_CRYPTO = new Set(['createHash', 'createHmac', 'hash', 'timingSafeEqual', 'getHashes', 'getCiphers', 'constants'])

const WHY = 'it reaches outside of the workflow, which a replay would do again. Do it in a task (a file called *.task.ts)'

/** True for modules a workflow can use in full or in part. */
export const isUsableInWorkflows = (name: string): boolean => PURE.has(name) || name === 'crypto'

/** A module of Node as a workflow sees it: as it is, repeatable, or refused name by name with what to do instead. */
export const nodeModule = (realm: Realm, specifier: string): unknown => {
  const name = specifier.slice('node:'.length)
  const real = process.getBuiltinModule(specifier) as Record<string, unknown> | undefined
  if (real === undefined) throw realm.typeError(`Node has no module ${specifier}.`)
  if (PURE.has(name)) return real
  const refused = Object.fromEntries(Object.keys(real).map((key) => [key, refusedFunction(realm, `${specifier} ${key}`, WHY)]))
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
