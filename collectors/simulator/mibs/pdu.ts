// What any rack PDU of the demonstration measures, whatever its make.
import { outputVolts } from '../physics/ups.ts'
import type { Plan } from '../plan.ts'
import { pduWatts, type World } from '../world.ts'

export const POWER_FACTOR = 0.95
/** A of its breaker. */
export const RATED = 16

export interface Meter {
  readonly volts: (world: World) => number
  readonly watts: (world: World) => number
  readonly amps: (world: World) => number
  /** Wh since it was made. */
  readonly energy: (world: World) => number
  /** W and A and Wh of an outlet from 1. */
  readonly outletWatts: (world: World, outlet: number) => number
  readonly outletAmps: (world: World, outlet: number) => number
  readonly outletEnergy: (world: World, outlet: number) => number
  readonly hertz: (world: World) => number
}

/** `k` is its number among the PDUs of the plan. */
export function meter(plan: Plan, k: number): Meter {
  const own = plan.pdus[k]
  const volts = (world: World): number => {
    const ups = own === undefined ? undefined : world.ups[own.ups]
    return ups === undefined || own === undefined || world.pduLive[k] !== true ? 0 : outputVolts(ups, own.phase)
  }
  const watts = (world: World): number => (world.pduLive[k] === true ? pduWatts(world.outlets[k]) : 0)
  const amps = (world: World, power: number): number => {
    const voltage = volts(world)
    return voltage > 0 ? power / POWER_FACTOR / voltage : 0
  }
  const outletWatts = (world: World, outlet: number): number => world.outlets[k]?.[outlet - 1] ?? 0
  const outletEnergy = (world: World, outlet: number): number => world.energy[k]?.[outlet - 1] ?? 0
  return {
    volts,
    watts,
    amps: world => amps(world, watts(world)),
    energy: world => {
      let sum = 0
      for (const wh of world.energy[k] ?? []) sum += wh
      return sum
    },
    outletWatts,
    outletAmps: (world, outlet) => amps(world, outletWatts(world, outlet)),
    outletEnergy,
    hertz: world => (own === undefined ? 0 : (world.ups[own.ups]?.input.hertz ?? 0) || 50),
  }
}

/** What each outlet is called: the equipment on it. */
export function outletNames(plan: Plan, k: number, count: number): string[] {
  const names = Array.from({ length: count }, (_, n) => `Outlet ${n + 1}`)
  for (const item of plan.inventory.equipment)
    for (const { power } of item.psus) {
      const outlet = Number(/\d+/.exec(power?.key ?? '')?.[0] ?? 0)
      if (power !== undefined && power.device === plan.pdus[k]?.id && outlet >= 1 && outlet <= count) names[outlet - 1] = item.name
    }
  return names
}
