import type { Realm } from '../realm.ts'

const TIMER = "its timer would be lost when the server restarts. Use await run.sleep('5m')"
const NETWORK = 'a replay would send it again. Do it in a task (a file called *.task.ts) and await run.task(…)'
const CANCEL = 'Use run.race({ … }) or run.scope(…), which also withdraw what waits'

const REFUSED: { readonly [name: string]: string } = {
  setTimeout: TIMER,
  setInterval: TIMER,
  setImmediate: 'there is nothing to wait for: await what you need, or use run.sleep',
  clearTimeout: TIMER,
  clearInterval: TIMER,
  clearImmediate: TIMER,
  fetch: NETWORK,
  WebSocket: NETWORK,
  EventSource: NETWORK,
  XMLHttpRequest: NETWORK,
  Request: NETWORK,
  Response: NETWORK,
  Headers: NETWORK,
  BroadcastChannel: NETWORK,
  MessageChannel: NETWORK,
  Worker: 'a thread cannot be replayed. Do it in a task (a file called *.task.ts)',
  AbortSignal: `it could only stop what a task does. ${CANCEL}`,
  AbortController: `it could only stop what a task does. ${CANCEL}`,
  Buffer: 'use Uint8Array with TextEncoder, TextDecoder, atob and btoa, or do it in a task',
}

/** What depends on the garbage collector or blocks the thread: taken away, so that code which looks for it finds nothing. */
const REMOVED = ['WeakRef', 'FinalizationRegistry', 'SharedArrayBuffer', 'Atomics', 'WebAssembly']

/** Names that code looks for on any object, to tell what it is. */
const PROBES = new Set<unknown>(['then', 'toJSON', 'constructor', 'prototype', '__esModule', 'default'])

/** Puts a sentence that teaches in the place of everything that cannot be replayed. */
export const installRefusals = (realm: Realm): void => {
  for (const name of REMOVED) delete realm.global[name]
  for (const [name, why] of Object.entries(REFUSED)) {
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
      throw refusal(
        realm,
        `${name}.${property}`,
        'what it says may be different at the next replay. Pass the value in the input, or read it in a task',
      )
    },
    set: (_, property) => {
      throw refusal(realm, `${name}.${String(property)}`, 'a workflow changes nothing outside of itself. Do it in a task')
    },
  })

export const refusal = (realm: Realm, name: string, why: string): Error =>
  realm.typeError(`${name} is not available in a workflow: ${why}.`)
