/** Answers addresses that do not exist, and methods that an address does not take, so that the next try is right. */
import { nearest } from '@millrace/model'
import { API_BASE, listRoutes, type Method, MillraceError, PATH_ALIASES } from '@millrace/protocol'

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
  for (const { route } of listRoutes()) {
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

/** The address whose fixed parts are all the same or nearly so; parameters fit anything. A missing `/api/v1` is the commonest mistake. */
const nearestAddress = (parts: readonly string[]): string | undefined => {
  const base = API_BASE.split('/').slice(1)
  for (const wanted of [parts, [...base, ...parts], [...base, ...parts.slice(1)]]) {
    const near = addresses.filter((address) => isLike(address, wanted)).toSorted((a, b) => wrongParts(a, wanted) - wrongParts(b, wanted))[0]
    if (near !== undefined) return near.path
  }
  return undefined
}

const isLike = (address: Address, wanted: readonly string[]): boolean =>
  address.parts.length === wanted.length &&
  address.parts.every((part, n) => part.startsWith(':') || part === wanted[n] || nearest(wanted[n] ?? '', [part]) !== undefined)

const wrongParts = (address: Address, wanted: readonly string[]): number => address.parts.filter((part, n) => part !== wanted[n]).length
