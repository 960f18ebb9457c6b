// What passes the ports of a switch: counters that grow with the day, stop with the link, and start from zero when the switch restarts.
import { wander } from './noise.ts'

export interface Port {
  /** ifName and ifAlias. */
  readonly name: string
  readonly alias: string
  /** bit/s. */
  readonly speed: number
  readonly ifIndex: number
  /** The machine at the other end: equipment or device id; null when nothing is plugged in. */
  readonly peer: string | null
  /** `up` ports gather what all others carry. */
  readonly uplink: boolean
  /** Mean bit/s into the switch and out of it at full day. */
  readonly bitsIn: number
  readonly bitsOut: number
  readonly channel: number
}

/** Four counters a port: octets in, octets out, packets in, packets out. */
export const PER_PORT = 4

/** Mean octets of a packet, towards the switch and from it. */
const PACKET = { in: 720, out: 840 } as const

/** Adds `dt` seconds of traffic; `up` tells which links carry. */
export function stepTraffic(
  was: Float64Array,
  ports: readonly Port[],
  up: (port: Port) => boolean,
  { seed, t, busyness, dt }: { readonly seed: number; readonly t: number; readonly busyness: number; readonly dt: number },
): Float64Array {
  const next = new Float64Array(was)
  let gathered = 0
  let given = 0
  let uplinks = 0
  const add = (k: number, octetsIn: number, octetsOut: number): void => {
    const at = k * PER_PORT
    next[at] = (next[at] ?? 0) + octetsIn
    next[at + 1] = (next[at + 1] ?? 0) + octetsOut
    next[at + 2] = (next[at + 2] ?? 0) + octetsIn / PACKET.in
    next[at + 3] = (next[at + 3] ?? 0) + octetsOut / PACKET.out
  }
  ports.forEach((port, k) => {
    if (!up(port)) return
    if (port.uplink) {
      uplinks++
      return
    }
    const swing = Math.max(
      0.05,
      (0.35 + 0.65 * busyness) * (1 + 0.45 * wander(seed, port.channel, t, 90) + 0.25 * wander(seed, port.channel + 1, t, 15)),
    )
    const octetsIn = (port.bitsIn * swing * dt) / 8
    const octetsOut = (port.bitsOut * swing * dt) / 8
    gathered += octetsIn
    given += octetsOut
    add(k, octetsIn, octetsOut)
  })
  ports.forEach((port, k) => {
    if (port.uplink && up(port)) add(k, (0.8 * given) / uplinks, (0.8 * gathered) / uplinks)
  })
  return next
}
