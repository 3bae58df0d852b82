/** Answers addresses that do not exist, and methods that an address does not take, so that the next try is right. */
import { nearest } from '@millrace/model'
import { API_BASE, type Method, MillraceError, PATH_ALIASES, type Route, routes } from '@millrace/protocol'

interface Address {
  readonly path: string
  readonly parts: readonly string[]
  readonly methods: Method[]
}

const addresses: readonly Address[] = (() => {
  const byPath = new Map<string, Address>()
  const add = (path: string, method: Method) => {
    const address = byPath.get(path) ?? { path, parts: path.split('/').slice(1), methods: [] }
    address.methods.push(method)
    byPath.set(path, address)
  }
  for (const route of Object.values(routes).flatMap((noun): readonly Route[] => Object.values(noun))) {
    add(API_BASE + route.path, route.method)
    for (const [alias, path] of Object.entries(PATH_ALIASES)) {
      if (route.path === path || route.path.startsWith(`${path}/`)) add(API_BASE + alias + route.path.slice(path.length), route.method)
    }
  }
  for (const path of ['/healthz', '/readyz', '/metrics', '/api', `${API_BASE}/openapi.json`]) add(path, 'GET')
  return [...byPath.values()]
})()

const fits = (address: Address, parts: readonly string[]): boolean =>
  address.parts.length === parts.length && address.parts.every((part, n) => part.startsWith(':') || part === parts[n])

/** What to answer when no route took the request. `allow` is for the header. */
export const explainNotFound = (method: string, url: string): { readonly error: MillraceError; readonly allow?: string } => {
  const path = url.split('?', 1)[0] ?? url
  const parts = path.replace(/\/+$/, '').split('/').slice(1)
  const allowed = new Set(addresses.filter((address) => fits(address, parts)).flatMap((address) => address.methods))
  if (allowed.size > 0) {
    const allow = [...allowed].join(', ')
    const hint = path.startsWith(`${API_BASE}/callbacks/`) ? ' Opening a callback address does nothing; it is answered by POST.' : ''
    return {
      allow,
      error: new MillraceError('METHOD_NOT_ALLOWED', `${path} does not take ${method}; it takes ${allow}.${hint}`, {
        details: { allow: [...allowed] },
      }),
    }
  }
  const near = nearestAddress(parts)
  return {
    error: new MillraceError(
      'ROUTE_NOT_FOUND',
      `There is no ${path}.${near === undefined ? '' : ` Did you mean ${near}?`} All addresses: GET /api`,
      {
        details: near === undefined ? {} : { hint: `Did you mean ${near}?` },
      },
    ),
  }
}

/** The address whose fixed parts are most alike; parameters fit anything. A missing `/api/v1` is the commonest mistake. */
const nearestAddress = (parts: readonly string[]): string | undefined => {
  const base = API_BASE.split('/').slice(1)
  const candidates = [parts, [...base, ...parts], [...base, ...parts.slice(1)]]
  for (const wanted of candidates) {
    const exact = addresses.find((address) => fits(address, wanted))
    if (exact !== undefined) return exact.path
  }
  for (const wanted of candidates) {
    const sameLength = addresses.filter((address) => address.parts.length === wanted.length)
    const near = nearest(
      wanted.join('/'),
      sameLength.map((address) => address.parts.map((part, n) => (part.startsWith(':') ? (wanted[n] ?? part) : part)).join('/')),
    )
    const found = sameLength.find(
      (address) => address.parts.map((part, n) => (part.startsWith(':') ? (wanted[n] ?? part) : part)).join('/') === near,
    )
    if (found !== undefined) return found.path
  }
  return undefined
}
