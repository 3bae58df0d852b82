/**
 * Which addresses a host on the internet must not be talked into calling: loopback, private and link-local networks (cloud metadata services
 * live there), multicast and reserved ranges. IANA's special-purpose registries, IPv4 and IPv6.
 */
import { BlockList, isIP } from 'node:net'

const SUBNETS: readonly (readonly [string, number, 'ipv4' | 'ipv6'])[] = [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['192.0.2.0', 24, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['198.51.100.0', 24, 'ipv4'],
  ['203.0.113.0', 24, 'ipv4'],
  ['224.0.0.0', 4, 'ipv4'],
  ['240.0.0.0', 4, 'ipv4'],
  ['::', 127, 'ipv6'],
  // NAT64 and 6to4 carry an IPv4 address that is not looked at: refuse them whole.
  ['64:ff9b::', 32, 'ipv6'],
  ['2002::', 16, 'ipv6'],
  ['2001:db8::', 32, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
  ['fec0::', 10, 'ipv6'],
  ['ff00::', 8, 'ipv6'],
]

const special = new BlockList()
for (const [network, prefix, family] of SUBNETS) special.addSubnet(network, prefix, family)

/**
 * Whether an IP address is private or otherwise special. IPv4 inside IPv6 (`::ffff:10.0.0.1`) counts as the IPv4 address. What is no IP address
 * is not private: names are looked up first.
 *
 * @example isPrivateAddress('169.254.169.254') // true
 */
export function isPrivateAddress(address: string): boolean {
  const family = isIP(address)
  return family !== 0 && special.check(address, family === 4 ? 'ipv4' : 'ipv6')
}
