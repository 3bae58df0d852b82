/** Connections of `http.request`: pooled, and, where the host says so, never to a private address. */
import { lookup as lookupName } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import { Agent, buildConnector } from 'undici'
import { TaskFailure } from '../task-failure.ts'
import { isPrivateAddress } from './private-address.ts'

/** Longest wait for a connection; an attempt's own limit may be shorter. */
const CONNECT_TIMEOUT_MS = 10_000

/**
 * The check sits where the connection is made and not on the URL: a name may resolve to another address a moment later, and a redirect leads
 * somewhere else.
 */
export function openAgent(privateAddresses: 'allow' | 'refuse'): Agent {
  if (privateAddresses === 'allow') return new Agent({ connect: { timeout: CONNECT_TIMEOUT_MS } })
  const connect = buildConnector({ timeout: CONNECT_TIMEOUT_MS, lookup: publicLookup })
  return new Agent({
    connect: (options, callback) => {
      const host = options.hostname.replace(/^\[|\]$/g, '')
      // Node looks up names only: an address written in the URL does not pass `lookup`.
      if (isIP(host) !== 0 && isPrivateAddress(host)) callback(refusal(host, host), null)
      else connect(options, callback)
    },
  })
}

const refusal = (host: string, address: string): TaskFailure =>
  new TaskFailure(
    'HTTP_REFUSED',
    `${host === address ? address : `${host} (${address})`} is a private address, and this host calls public ones only. Allow private addresses in the configuration if the service is yours.`,
  )

const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookupName(hostname, { ...options, all: true }, (error, addresses) => {
    if (error !== null) return callback(error, '', 0)
    const refused = addresses.find(({ address }) => isPrivateAddress(address))
    const first = addresses[0]
    if (refused !== undefined) return callback(refusal(hostname, refused.address), '', 0)
    if (first === undefined) return callback(new Error(`No address for ${hostname}.`), '', 0)
    if (options.all === true) callback(null, addresses)
    else callback(null, first.address, first.family)
  })
}
