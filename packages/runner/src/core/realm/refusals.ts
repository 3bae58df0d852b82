import { notAvailable, OUTSIDE_MAY_CHANGE, REFUSED_GLOBALS, REMOVED_GLOBALS } from '@millrace/workflow/abi'
import type { Realm } from '../realm.ts'

/** Names that code looks for on any object, to tell what it is. */
const PROBES = new Set<unknown>(['then', 'toJSON', 'constructor', 'prototype', '__esModule', 'default'])

/** Puts a sentence that teaches in the place of everything that cannot be replayed. */
export const installRefusals = (realm: Realm): void => {
  for (const name of REMOVED_GLOBALS) delete realm.global[name]
  for (const [name, why] of Object.entries(REFUSED_GLOBALS)) {
    realm.global[name] = refusedFunction(realm, name, why)
  }
  realm.global['process'] = refusedObject(realm, 'process', (name) =>
    name === 'env' ? refusedObject(realm, 'process.env', (variable) => (variable === 'NODE_ENV' ? 'production' : undefined)) : undefined,
  )
}

/** Throws when it is called, at any depth: `fs.promises.readFile(…)` says its whole name. What only looks at it is not stopped. */
export const refusedFunction = (realm: Realm, name: string, why: string): object => {
  const refuse = () => {
    throw refusal(realm, name, why)
  }
  return new Proxy(function () {}, {
    get: (_, property) =>
      typeof property === 'symbol' || PROBES.has(property) ? undefined : refusedFunction(realm, `${name}.${property}`, why),
    apply: refuse,
    construct: refuse,
  })
}

/** An object whose every property throws, but those `allow` knows. */
export const refusedObject = (realm: Realm, name: string, allow: (property: string) => unknown): object =>
  new Proxy(Object.create(null) as object, {
    get: (_, property) => {
      if (typeof property === 'symbol' || PROBES.has(property)) return undefined
      const allowed = allow(property)
      if (allowed !== undefined) return allowed
      throw refusal(realm, `${name}.${property}`, OUTSIDE_MAY_CHANGE)
    },
    set: (_, property) => {
      throw refusal(realm, `${name}.${String(property)}`, 'a workflow changes nothing outside of itself. Do it in a task')
    },
  })

export const refusal = (realm: Realm, name: string, why: string): Error => realm.typeError(notAvailable(name, why))
