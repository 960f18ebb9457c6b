// The demonstration data centre, running: its world steps with the clock, its agents answer, its operator panel breaks and mends things.
import type { Clock, Log } from '../../daemon/domain/call.ts'
import type { Inventory } from '../../daemon/domain/inventory.ts'
import { done, failed, type Outcome } from '../../daemon/domain/outcome.ts'
import type { DemoScenario } from '../../daemon/domain/scenario.ts'
import { type Agent, openAgent } from './agent.ts'
import { makeTable } from './answer.ts'
import { DEFAULTS } from './defaults.ts'
import { mibOf } from './mibs/index.ts'
import { makePlan } from './plan.ts'
import { isFault, scenarios } from './scenarios.ts'
import type { DemoSite } from './site.ts'
import { advance, beginWorld, type World } from './world.ts'

export interface DemonstrationOptions {
  /** Port 0: each agent takes one that is free. */
  readonly site: DemoSite
  readonly log: Log
  /** Same seed, same noise. */
  readonly seed?: number
  /** World seconds in a second. */
  readonly speed?: number
  readonly clock?: Clock
}

export interface Demonstration {
  readonly inventory: Inventory
  scenarios(): DemoScenario[]
  set(id: string, active: boolean): Outcome<void>
  onChange(changed: () => void): void
  /** The world as it is now. */
  world(): World
  close(): Promise<void>
}

/** Milliseconds between steps of the world. */
const BEAT = 1000
/** World seconds caught up at most in one beat, after the machine has slept. */
const CATCH_UP = 120

/** Opens every agent or none. */
export async function openDemonstration(options: DemonstrationOptions): Promise<Outcome<Demonstration>> {
  const { site, seed = DEFAULTS.seed, speed = DEFAULTS.speed, log, clock = Date.now } = options
  const plan = makePlan(site, seed, clock())
  let world = beginWorld(plan, seed, clock())
  const listeners = new Set<() => void>()
  const agents: Agent[] = []
  const closeAgents = async (): Promise<void> => {
    await Promise.all(agents.map(agent => agent.close()))
  }

  for (const device of plan.inventory.devices) {
    const community = device.access.via === 'snmp' && device.access.version !== '3' ? device.access.community : 'public'
    const opened = await openAgent({
      address: device.address,
      community,
      table: makeTable(mibOf(plan, device)),
      world: () => (world.answering.has(device.id) ? world : null),
      log,
    })
    if (!opened.ok) {
      await closeAgents()
      return opened
    }
    agents.push(opened.value)
  }

  let last = clock()
  const beat = setInterval(() => {
    const now = clock()
    world = advance(plan, world, Math.min(CATCH_UP, Math.max(0, (now - last) / 1000) * speed))
    last = now
  }, BEAT)
  log.info({ devices: agents.length, ...agents[0]?.address }, 'the demonstration data centre is running')

  return done({
    inventory: {
      ...plan.inventory,
      devices: plan.inventory.devices.map((device, k) => ({ ...device, address: agents[k]?.address ?? device.address })),
    },
    scenarios: () => scenarios(world.faults),
    set(id, active) {
      if (!isFault(id)) return failed('notFound', `The demonstration has no scenario ${JSON.stringify(id)}.`)
      if (world.faults.has(id) === active) return done(undefined)
      const faults = new Set(world.faults)
      if (active) faults.add(id)
      else faults.delete(id)
      world = { ...world, faults }
      log.info({ scenario: id, active }, 'demonstration scenario')
      for (const changed of listeners) changed()
      return done(undefined)
    },
    onChange: changed => void listeners.add(changed),
    world: () => world,
    async close() {
      clearInterval(beat)
      listeners.clear()
      await closeAgents()
    },
  })
}
