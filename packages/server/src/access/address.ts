import type { FastifyRequest } from 'fastify'

/**
 * Where a request comes from, for limits. Of an IPv6 address the first 64 bits: a home or a rented machine has all the rest to itself, and could
 * otherwise guess from a new address each time.
 */
export const addressOf = (request: Pick<FastifyRequest, 'ip'>): string => {
  const { ip } = request
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(ip)?.[1]
  if (mapped !== undefined) return mapped
  if (!ip.includes(':')) return ip
  const [head = '', tail] = ip.split('%', 1)[0]?.split('::') ?? []
  const groups = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  const filled = tail === undefined ? groups : [...groups, ...Array<string>(8 - groups.length - after.length).fill('0'), ...after]
  return `${filled
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`
}
