// The wire, opened once: whom to ask decides how, by the version of its access.
import type { Target } from '../../daemon/domain/collector.ts'
import type { Outcome } from '../../daemon/domain/outcome.ts'
import type { SnmpSession } from './session.ts'
import { type Assignment, set } from './set.ts'
import { openSocket, type Socket, type SocketOptions } from './socket.ts'
import { openSession } from './v2c.ts'
import { openV3 } from './v3.ts'

export interface Wire {
  /** For prepared polls over v1 and v2c. */
  readonly socket: Socket
  /** Throws RangeError for targets that are not asked by SNMP. */
  session(target: Target): SnmpSession
  set(target: Target, assignments: readonly Assignment[]): Promise<Outcome<null>>
  /** Packets since the start, by what became of them. */
  counters(): Readonly<Record<string, number>>
  close(): Promise<void>
}

export async function openWire(options: SocketOptions = {}): Promise<Wire> {
  const socket = await openSocket(options)
  const isV3 = ({ access }: Target): boolean => access.via === 'snmp' && access.version === '3'
  return {
    socket,
    session: target => (isV3(target) ? openV3(socket, target) : openSession(socket, target)),
    async set(target, assignments) {
      if (!isV3(target)) return set(socket.hosts, target, assignments, socket)
      const session = openV3(socket, target)
      try {
        return await session.set(assignments)
      } finally {
        session.close()
      }
    },
    counters: socket.counters,
    close: socket.close,
  }
}
