// A Linux server as its agent sees it: processors, memory, disks and what they have done since it started.
import { channel, wander } from './noise.ts'

export interface Host {
  /** Share of the data disk that is full, 0 to 1. */
  readonly full: number
  /** Ticks (1/100 s) of all processors since start: user, system, wait, idle. */
  readonly ticks: readonly [number, number, number, number]
  /** Octets on the network card, in and out, and blocks of the disk, read and written. */
  readonly octets: readonly [number, number]
  readonly blocks: readonly [number, number]
}

export interface HostPlan {
  readonly id: string
  readonly cores: number
  /** KiB. */
  readonly memory: number
  /** Octets of the data disk, and how full it is on a good day. */
  readonly disk: number
  readonly full: number
  readonly mount: string
  readonly busy: number
  readonly channel: number
}

export const hostPlan = (id: string, database: boolean): HostPlan => ({
  id,
  cores: database ? 16 : 8,
  memory: (database ? 128 : 32) * 1_048_576,
  disk: database ? 3.6e12 : 9.6e11,
  full: database ? 0.61 : 0.44,
  mount: database ? '/var/lib/postgresql' : '/var/www',
  busy: database ? 0.55 : 0.45,
  channel: channel(`host ${id}`),
})

export const restingHost = ({ full }: HostPlan): Host => ({ full, ticks: [0, 0, 0, 0], octets: [0, 0], blocks: [0, 0] })

/** 0 to 1: how busy one processor is; `core` −1 is their mean. */
export function coreLoad(plan: HostPlan, core: number, busyness: number, seed: number, t: number): number {
  const shared = plan.busy * (0.25 + 0.75 * busyness) + 0.12 * wander(seed, plan.channel, t, 60)
  return Math.max(0.01, Math.min(0.99, shared + (core < 0 ? 0 : 0.15 * wander(seed, plan.channel + 17 * (core + 1), t, 20))))
}

/** 0 to 1: memory that programs use. */
export const memoryUse = (plan: HostPlan, seed: number, t: number): number => 0.58 + 0.07 * wander(seed, plan.channel + 5, t, 1800)

/** The disk fills to 97 % within a minute or so, faster than any disk would, for people watch it; it is cleaned faster still. */
export function stepHost(was: Host, plan: HostPlan, filling: boolean, at: { busyness: number; seed: number; t: number; dt: number }): Host {
  const load = coreLoad(plan, -1, at.busyness, at.seed, at.t)
  const ticks = 100 * plan.cores * at.dt
  const goal = filling ? 0.97 : plan.full
  const step = 0.008 * at.dt
  const full = was.full + Math.max(-step * 4, Math.min(step, goal - was.full))
  const [user, system, wait, idle] = was.ticks
  return {
    full,
    ticks: [user + ticks * load * 0.75, system + ticks * load * 0.2, wait + ticks * load * 0.05, idle + ticks * (1 - load)],
    octets: [was.octets[0] + 9e6 * load * at.dt, was.octets[1] + 2.2e7 * load * at.dt],
    blocks: [was.blocks[0] + 900 * load * at.dt, was.blocks[1] + 1400 * load * at.dt],
  }
}
