// Stories of everything else: doors, smoke, water, a dead switch, a silent sensor, a full disk; and the traffic between.
import assert from 'node:assert/strict'
import { closedDoor, HELD_AFTER, isHeld, PASSAGE } from '../../collectors/simulator/physics/doors.ts'
import { busy, localHour } from '../../collectors/simulator/physics/load.ts'
import { PER_PORT } from '../../collectors/simulator/physics/traffic.ts'
import { probes } from '../../collectors/simulator/probes.ts'
import type { World } from '../../collectors/simulator/world.ts'
import { calm, MORNING, plan, tell } from './story.ts'

const feel = (world: World, unit: string, name: string): number | undefined =>
  probes(plan, unit)
    .find(probe => probe.name === name)
    ?.read(world)

describe('doors', () => {
  it('held open complain after half a minute; forced ones at once; closed ones are quiet', () => {
    const held = tell()
      .breaks('door-held')
      .after(HELD_AFTER - 5)
    const early = held.world.doors[0] ?? closedDoor
    assert.ok(early.openFor !== null && !isHeld(early))
    assert.ok(isHeld(held.after(10).world.doors[0] ?? closedDoor))
    const forced = tell().breaks('door-forced').after(1)
    assert.deepEqual([forced.world.doors[2]?.forced, forced.world.doors[2]?.openFor], [true, 0])
    assert.equal(forced.mends().after(1).world.doors[2]?.openFor, null)
  })

  it('let somebody pass and shut behind: long enough for a poll to see it, too short to be held open', () => {
    for (const [fault, door] of [
      ['door-visitor', 0],
      ['door-opened', 2],
    ] as const) {
      const passes = tell().breaks(fault).after(12)
      assert.ok((passes.world.doors[door]?.openFor ?? -1) >= 10, fault)
      const shut = passes.after(PASSAGE)
      assert.equal(shut.world.doors[door]?.openFor, null, `${fault} is still on, but the door is shut`)
      assert.ok(PASSAGE < HELD_AFTER)
      // Ended and begun anew, somebody passes again.
      assert.notEqual(shut.mends().after(1).breaks(fault).after(2).world.doors[door]?.openFor, null)
    }
  })
})

describe('a dead switch', () => {
  const dead = tell().breaks('switch-dead').after(3)
  const behind = [...plan.devices.values()]
    .filter(({ device }) => device.network.length > 0 && device.network.every(id => id === 'sw-b3'))
    .map(({ device }) => device.id)

  it('silences what is behind it, and only that', () => {
    assert.ok(behind.includes('web-1') && behind.includes('pdu-b1-a') && behind.length >= 8)
    const silent = [...plan.devices.keys()].filter(id => !dead.world.answering.has(id))
    assert.deepEqual(silent.sort(), ['sw-b3', ...behind].sort())
    assert.ok(dead.world.powered.has('web-1'), 'the servers themselves run on')
  })

  it('comes back after its start with counters from zero', () => {
    const back = dead.after(60).mends().after(10)
    assert.equal(back.world.answering.has('sw-b3'), false, 'still starting')
    const up = back.until('answers', world => world.answering.has('web-1'), 120)
    assert.ok(up.world.t - (up.world.powered.get('sw-b3') ?? 0) < 120)
    const k = plan.switches.findIndex(({ id }) => id === 'sw-b3')
    const [before, after] = [calm.traffic[k], up.world.traffic[k]]
    assert.ok(before !== undefined && after !== undefined)
    assert.ok((up.after(60).world.traffic[k]?.[0] ?? 0) > (after[0] ?? 0))
  })
})

describe('sensors', () => {
  it('tell of water and smoke, and a silent one says nothing while its neighbours speak', () => {
    assert.equal(feel(calm, 'env-1', 'raised-floor'), 0)
    assert.equal(feel(tell().breaks('leak').world, 'env-1', 'raised-floor'), 1)
    const silent = tell().breaks('sensor-silent').after(1).world
    assert.equal(feel(silent, 'env-1', 'rack-a6-top'), undefined)
    assert.ok((feel(silent, 'env-1', 'rack-a5-top') ?? 0) > 18)
    assert.ok((feel(tell().mends().world, 'env-1', 'rack-a6-top') ?? 0) > 18)
  })

  it('at one rack are warmer further up and far warmer behind', () => {
    const at = (name: string): number => feel(calm, 'env-1', name) ?? 0
    assert.ok(at('rack-a4-bottom') < at('rack-a4-mid') && at('rack-a4-mid') < at('rack-a4-top'))
    assert.ok(at('rack-a4-out') > at('rack-a4-top') + 8)
  })
})

describe('servers', () => {
  it('fill a disk past 95 % within twenty minutes when told to, and are cleaned', () => {
    const k = plan.hosts.findIndex(({ id }) => id === 'web-1')
    const full = tell().breaks('disk-filling').after(1200)
    assert.ok((full.world.hosts[k]?.full ?? 0) > 0.95)
    assert.ok((full.world.hosts[0]?.full ?? 1) < 0.7, 'others not')
    assert.ok((full.mends().after(600).world.hosts[k]?.full ?? 1) < 0.5)
  })

  it('follow the working day in the time of the site', () => {
    const { hour, day } = localHour(MORNING, plan.offset)
    assert.equal(day, 5)
    assert.ok(Math.abs(hour - (10 + 22 / 60)) < 1e-6, `${hour}`)
    assert.ok(busy(10, 5) > busy(21, 5) + 0.3)
    assert.ok(busy(10, 5) > busy(10, 0) + 0.2)
  })
})

describe('traffic', () => {
  it('grows on ports with something live at the other end only, and the uplinks carry the sum', () => {
    const later = tell().after(60).world
    plan.switches.forEach((self, k) => {
      let edge = 0
      let core = 0
      self.ports.forEach((port, n) => {
        const grown = (later.traffic[k]?.[n * PER_PORT] ?? 0) - (calm.traffic[k]?.[n * PER_PORT] ?? 0)
        const out = (later.traffic[k]?.[n * PER_PORT + 1] ?? 0) - (calm.traffic[k]?.[n * PER_PORT + 1] ?? 0)
        if (port.peer === null || plan.guests.includes(port.peer)) assert.equal(grown, 0, `${self.id} ${port.name}`)
        else assert.ok(grown > 0, `${self.id} ${port.name} to ${port.peer}`)
        if (port.uplink) core += out
        else edge += grown
      })
      assert.ok(Math.abs(core - 0.8 * edge) < 0.01 * edge + 1, `${self.id}: ${core} of ${edge}`)
    })
  })

  it('runs both ways between a core and an edge switch by LLDP', () => {
    for (const self of plan.switches)
      for (const { peer, port, peerPort } of self.neighbours) {
        const other = plan.switches.find(({ id }) => id === peer)
        const back = other?.neighbours.find(neighbour => neighbour.peer === self.id)
        assert.equal(back?.peerPort, self.ports[port]?.name)
        assert.equal(other?.ports[back?.port ?? -1]?.name, peerPort)
      }
  })
})
