// One simulated device on the network: a UDP socket of its own that answers SNMP while the device has power and a path.
import { createSocket } from 'node:dgram'
import type { Log } from '../../daemon/domain/call.ts'
import type { Address } from '../../daemon/domain/device.ts'
import { done, failed, type Outcome } from '../../daemon/domain/outcome.ts'
import { answer, type Table } from './answer.ts'
import type { World } from './world.ts'

export interface Agent {
  readonly address: Address
  close(): Promise<void>
}

export interface AgentOptions {
  readonly address: Address
  readonly community: string
  readonly table: Table
  /** The world to answer from, or null while the device is dark. */
  readonly world: () => World | null
  readonly log: Log
}

/** Binds to its address; port 0 lets the system choose. A taken port or an address the machine lacks is a failure that names it. */
export function openAgent({ address, community, table, world, log }: AgentOptions): Promise<Outcome<Agent>> {
  const socket = createSocket('udp4')
  const where = `${address.host}:${address.port}`
  return new Promise(resolve => {
    const refused = (error: NodeJS.ErrnoException): void => resolve(failed(...reason(where, error)))
    socket.once('error', refused)
    socket.on('message', (datagram, peer) => {
      const now = world()
      if (now === null) return
      const reply = answer(table, now, community, datagram)
      // Whoever asked may be gone; that concerns nobody here.
      if (reply !== null)
        socket.send(reply, peer.port, peer.address, error => error && log.debug({ agent: where, error: error.message }, 'answer not sent'))
    })
    socket.bind({ address: address.host, port: address.port, exclusive: true }, () => {
      socket.off('error', refused)
      socket.on('error', error => log.warn({ agent: where, error: error.message }, 'simulated device lost its socket'))
      resolve(
        done({ address: { host: address.host, port: socket.address().port }, close: () => new Promise(closed => socket.close(() => closed())) }),
      )
    })
  })
}

function reason(where: string, error: NodeJS.ErrnoException): Parameters<typeof failed> {
  const lead = `The demonstration cannot use ${where}`
  if (error.code === 'EADDRINUSE') return ['conflict', `${lead}: another program has it. Stop that program or set another demonstration.port.`]
  if (error.code === 'EADDRNOTAVAIL')
    return ['unreachable', `${lead}: this machine has no such address. Use addresses of 127.0.0.0/8, and on macOS add them to lo0.`, false]
  if (error.code === 'EACCES') return ['forbidden', `${lead}: not permitted. Choose a demonstration.port above 1023.`]
  return ['unreachable', `${lead}: ${error.message}.`, false]
}
