// A calm demonstration world at a fixed hour, and a clock that the tests turn.

import { inlet } from '../../collectors/simulator/physics/room.ts'
import { makePlan, type Plan } from '../../collectors/simulator/plan.ts'
import type { Fault } from '../../collectors/simulator/scenarios.ts'
import { readSite } from '../../collectors/simulator/site.ts'
import { advance, beginWorld, type World } from '../../collectors/simulator/world.ts'

/** Friday 20 November 2026, 10.22 in Pangkalpinang. */
export const MORNING = Date.parse('2026-11-20T03:22:00Z')

const site = readSite('127.42.0.0', 1161)
if (!site.ok) throw new Error(site.failure.message)
export const plan: Plan = makePlan(site.value, 7, MORNING)
export const calm: World = beginWorld(plan, 7, MORNING)

export interface Story {
  readonly world: World
  /** Breaks things. */
  breaks(...faults: Fault[]): Story
  /** Mends everything, or what is named. */
  mends(...faults: Fault[]): Story
  after(seconds: number): Story
  /** Turns the clock second by second until it holds; throws after `deadline` seconds of world time. */
  until(what: string, holds: (world: World) => boolean, deadline: number): Story
}

export function tell(world: World = calm): Story {
  return {
    world,
    breaks: (...faults) => tell({ ...world, faults: new Set([...world.faults, ...faults]) }),
    mends: (...faults) => tell({ ...world, faults: new Set([...world.faults].filter(fault => faults.length > 0 && !faults.includes(fault))) }),
    after: seconds => tell(advance(plan, world, seconds)),
    until(what, holds, deadline) {
      let now = world
      for (let t = 0; t < deadline; t++) {
        if (holds(now)) return tell(now)
        now = advance(plan, now, 1)
      }
      throw new Error(`${what}: not within ${deadline} s`)
    },
  }
}

/** °C at the top of a rack's front. */
export function top(world: World, rack: string): number {
  const air = plan.racks.find(({ id }) => id === rack)
  if (air === undefined) throw new Error(`no rack ${rack}`)
  return inlet(world.room, world.cracs, air, 40 / 42)
}

export const hottest = (world: World): number => Math.max(...plan.racks.map(({ id }) => top(world, id)))

/** Number of a PDU in the plan. */
function pdu(id: string): number {
  const k = plan.pdus.findIndex(one => one.id === id)
  if (k < 0) throw new Error(`no PDU ${id}`)
  return k
}

export const watts = (world: World, id: string): number => [...(world.outlets[pdu(id)] ?? [])].reduce((sum, one) => sum + one, 0)
