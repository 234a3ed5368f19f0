// Which network a request comes from, and whether that says anything.
import { BlockList, isIP, isIPv6 } from 'node:net'

/** The /24 of an IPv4 address, the /56 of an IPv6 one. */
export function networkOf(address: string): string {
  const v4 = plain(address)
  if (!isIPv6(v4)) return v4.split('.').slice(0, 3).join('.')
  const [head = '', tail = ''] = v4.split('::')
  const before = head.split(':').filter(Boolean)
  const after = tail.split(':').filter(Boolean)
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => '0')
  const groups = [...before, ...zeros, ...after].map((group) => group.padStart(4, '0'))
  return groups.join('').slice(0, 14)
}

/**
 * null for an address of this machine or of a private network: that is a proxy that TRUST_PROXY does
 * not count, or Tor in front of an onion service, and everybody comes from there.
 */
export function publicNetworkOf(address: string): string | null {
  const bare = plain(address)
  const family = isIP(bare)
  if (family === 0) return null
  return own.check(bare, family === 6 ? 'ipv6' : 'ipv4') ? null : networkOf(bare)
}

const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '')

const own = new BlockList()
own.addSubnet('127.0.0.0', 8)
own.addSubnet('10.0.0.0', 8)
own.addSubnet('172.16.0.0', 12)
own.addSubnet('192.168.0.0', 16)
own.addSubnet('169.254.0.0', 16)
own.addAddress('::1', 'ipv6')
own.addSubnet('fc00::', 7, 'ipv6')
own.addSubnet('fe80::', 10, 'ipv6')
