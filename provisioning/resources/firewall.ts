// What is opened in a host's firewall for a website, besides the web.
import { z } from 'zod'
import { readIp, readSubnet } from '../../daemon/domain/ip.ts'
import { hostThing } from '../host/thing.ts'

const Opening = z.strictObject({
  protocol: z.enum(['tcp', 'udp']),
  port: z.int().min(1).max(65_535),
  from: z.string().refine(text => text === 'any' || readIp(text) !== null || readSubnet(text) !== null, 'an address, a subnet, or any'),
})
const Firewall = z.strictObject({ openings: z.array(Opening).min(1).max(50) })

export default hostThing<z.output<typeof Firewall>>({
  name: 'firewall',
  words: { id: 'Bukaan firewall', en: 'Firewall opening' },
  state: Firewall,
  danger: (_before, after) => (after === null ? 'plain' : 'privileged'),
  says: (_before, after) => {
    if (after === null) return undefined
    const list = after.openings.map(({ protocol, port, from }) => `${port}/${protocol} ← ${from}`).join(', ')
    return { id: list, en: list }
  },
})
