// A thousand SNMP agents in a process of their own: one socket for each address 127.1.x.y, all on one port.
// Told by message how many there are and every how many is dead; answers the port.
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { decodeMessage, encodeMessage } from '../../collectors/wire/message.ts'
import { mib, reply } from '../wire/agent.ts'
import { upsVariables } from './made-ups.ts'

export interface Agents {
  readonly devices: number
  readonly deadEvery: number
}

/** Agent n's own loopback address. */
export const addressOf = (n: number): string => `127.1.${(n >> 8) & 255}.${n & 255}`

export const isDead = (n: number, { deadEvery }: Pick<Agents, 'deadEvery'>): boolean => n % deadEvery === deadEvery - 1

const table = mib(upsVariables())

async function open(agents: Agents): Promise<number> {
  let port = 0
  for (let n = 0; n < agents.devices; n++) {
    const socket = createSocket('udp4')
    if (!isDead(n, agents))
      socket.on('message', (request, from) => {
        const message = decodeMessage(request)
        if (message.ok) socket.send(encodeMessage(reply(table, message.value)), from.port, from.address)
      })
    socket.bind(port, addressOf(n))
    await once(socket, 'listening')
    port = socket.address().port
  }
  return port
}

if (process.send !== undefined && process.argv[1]?.endsWith('agents.ts')) {
  process.once('message', async (agents: Agents) => {
    process.send?.(await open(agents))
  })
  process.once('disconnect', () => process.exit(0))
}
