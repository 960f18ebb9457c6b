// Addresses that may tell of doors.
import { BlockList, isIP } from 'node:net'

/** Whether an address is among the named ones or their networks; IPv4 in IPv6's clothes counts as IPv4. */
export function openFrom(named: readonly string[]): (address: string | undefined) => boolean {
  const list = new BlockList()
  for (const one of named) {
    const [address = '', bits] = one.split('/')
    const kind = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    if (bits === undefined) list.addAddress(address, kind)
    else list.addSubnet(address, Number(bits), kind)
  }
  return given => {
    const address = given?.replace(/^::ffff:(?=\d+\.)/i, '') ?? ''
    const version = isIP(address)
    return version !== 0 && list.check(address, version === 6 ? 'ipv6' : 'ipv4')
  }
}
