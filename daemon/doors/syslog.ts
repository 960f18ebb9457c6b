// Events told by syslog over UDP (RFC 5426), RFC 5424 or RFC 3164, from addresses that are named: what a line means each controller's own expression says.
import { createSocket } from 'node:dgram'
import type { Clock, Instant, Log } from '../domain/call.ts'
import type { DoorEvent } from '../domain/opening.ts'
import { done, failed, type Outcome } from '../domain/outcome.ts'
import { openFrom } from './from.ts'
import type { DoorSettings } from './settings.ts'

/** Longer ones are cut: an expression is tried on no more than this (RFC 5426 3.2 asks for 2,048 at least). */
const LONGEST = 2_048

/** The time in an RFC 5424 header; RFC 3164 has neither year nor zone, so that when it came counts. */
const stamped = (line: string): Instant | null => {
  const found = /^<\d{1,3}>1 (\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:\d{2})) /.exec(line)?.[1]
  const at = found === undefined ? Number.NaN : Date.parse(found)
  return Number.isNaN(at) ? null : at
}

/** What a line says, or null when it says nothing of doors. */
export function readSyslog(controllers: DoorSettings['controllers']): (line: string, address: string, received: Instant) => readonly DoorEvent[] {
  const known = Object.entries(controllers).flatMap(([name, controller]) =>
    controller.via === 'syslog'
      ? [
          {
            name,
            isFrom: openFrom(controller.from),
            expression: new RegExp(controller.expression, 'u'),
            events: new Map(Object.entries(controller.events)),
          },
        ]
      : [],
  )
  return (given, address, received) => {
    const line = given.slice(0, LONGEST)
    const teller = known.find(one => one.isFrom(address))
    if (teller === undefined) return []
    const event = { controller: teller.name, card: null, leaving: false, told: received, received, sequence: null, via: 'syslog' } as const
    const alive: DoorEvent = { ...event, reader: '', kind: 'alive' }
    const groups = teller.expression.exec(line)?.groups
    const kind = teller.events.get(groups?.['event'] ?? '')
    if (groups?.['door'] === undefined || kind === undefined) return [alive]
    return [
      alive,
      { ...event, reader: groups['door'], kind, card: groups['card'] ?? null, told: stamped(line) ?? received, sequence: groups['sequence'] ?? null },
    ]
  }
}

export interface Listening {
  close(): Promise<void>
}

/** `conflict`: the port is taken. */
export async function listenToSyslog(
  { host, port }: { readonly host: string; readonly port: number },
  { read, hear, clock, log }: { read: ReturnType<typeof readSyslog>; hear: (events: readonly DoorEvent[]) => void; clock: Clock; log: Log },
): Promise<Outcome<Listening>> {
  const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4')
  socket.on('message', (octets, { address }) => {
    const events = read(octets.toString('utf8'), address, clock())
    if (events.length > 0) hear(events)
  })
  const bound = await new Promise<Error | null>(resolve => {
    socket.once('error', resolve)
    socket.bind(port, host, () => resolve(null))
  })
  if (bound !== null) {
    socket.close()
    return failed('conflict', `Syslog cannot be heard on ${host}:${port}: ${bound.message}. Change doors.syslog in suar.yaml.`)
  }
  socket.on('error', error => log.warn({ reason: error.message }, 'the syslog socket has trouble'))
  return done({ close: () => new Promise<void>(resolve => socket.close(() => resolve())) })
}
