import type { Realm } from '../realm.ts'

/** What a bare realm lacks and code expects: pure functions of Node, and `queueMicrotask` on the realm's own queue. */
export const installWebGlobals = (realm: Realm): void => {
  Object.assign(realm.global, { URL, URLSearchParams, TextEncoder, TextDecoder, atob, btoa, structuredClone })
  realm.global['queueMicrotask'] = realm.adopt((work: () => void) => {
    realm.primitives.follow(
      undefined,
      () => work(),
      () => undefined,
    )
  })
}
