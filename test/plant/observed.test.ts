// Network parents by LLDP: nearer to the core, never in a circle, never over what people drew; kept over restarts and while a neighbour is dead.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { pino } from 'pino'
import type { Neighbour } from '../../daemon/domain/collector.ts'
import { Device } from '../../daemon/domain/device.ts'
import { cutOff } from '../../daemon/plant/network.ts'
import { type Linked, observedParents, remembered } from '../../daemon/plant/observed.ts'
import { openRecords } from '../../daemon/store/records.ts'
import { openTopology } from '../../daemon/topology.ts'
import { right } from './support/plants.ts'

const linked = (id: string, network: string[] = [], more: Partial<Linked> = {}): Linked => ({
  id,
  name: id.toUpperCase(),
  kind: 'switch',
  sysName: null,
  network,
  ...more,
})
const sees = (...names: string[]): Neighbour[] => names.map((sysName, i) => ({ localPort: `Gi0/${i}`, sysName, port: 'Gi0/1', chassis: '' }))

/** Two cores above two floor switches, a server below one of them; only one line is drawn. */
const DEVICES = [linked('core-1'), linked('core-2'), linked('sw-1', ['core-1', 'core-2']), linked('sw-2'), linked('srv', [], { kind: 'server' })]
const SEEN = new Map([
  ['core-1', sees('SW-1', 'SW-2')],
  ['core-2', sees('sw-1.dc.example.go.id', 'sw-2.dc.example.go.id')],
  ['sw-2', sees('CORE-1', 'CORE-2', 'SRV', 'PRINTER')],
])

describe('network parents by LLDP', () => {
  it('are the neighbours nearer to the core, by any name they give themselves', () =>
    assert.deepEqual(
      [...observedParents(DEVICES, SEEN)],
      [
        ['sw-2', ['core-1', 'core-2']],
        ['srv', ['sw-2']],
      ],
    ))

  it('are the other way round for nobody: what is drawn wins, and a switch beside another is not above it', () => {
    const seen = new Map([...SEEN, ['sw-1', sees('SW-2')]])
    const found = observedParents(DEVICES, seen)
    assert.equal(found.has('sw-1'), false)
    assert.deepEqual(found.get('sw-2'), ['core-1', 'core-2'])
  })

  it('cannot be told from a name that two devices have', () => {
    const twins = [linked('core'), linked('sw-1', ['core']), linked('a', [], { sysName: 'switch' }), linked('b', [], { sysName: 'switch' })]
    assert.equal(observedParents(twins, new Map([['core', sees('switch')]])).size, 0)
  })

  it('begin at the device that connects most where nobody drew anything', () => {
    const plain = [linked('core'), linked('x'), linked('y'), linked('z')]
    assert.deepEqual(
      [...observedParents(plain, new Map([['core', sees('X', 'Y', 'Z')]]))],
      [
        ['x', ['core']],
        ['y', ['core']],
        ['z', ['core']],
      ],
    )
  })

  it('never run in a circle, whatever is drawn and seen, and never over what is drawn', () =>
    fc.assert(
      fc.property(
        fc.array(fc.record({ drawn: fc.uniqueArray(fc.nat(9), { maxLength: 2 }), sees: fc.uniqueArray(fc.nat(9), { maxLength: 4 }) }), {
          minLength: 2,
          maxLength: 10,
        }),
        given => {
          const known = (n: number) => n < given.length
          // What is drawn has no circles: the inventory refuses them.
          const devices = given.map(({ drawn }, i) =>
            linked(
              `d${i}`,
              drawn.filter(n => known(n) && n < i).map(n => `d${n}`),
            ),
          )
          const seen = new Map(given.map((one, i) => [`d${i}`, sees(...one.sees.filter(n => known(n) && n !== i).map(n => `D${n}`))]))
          const found = observedParents(devices, seen)
          const parents = new Map(devices.map(({ id, network }) => [id, found.get(id) ?? network]))
          for (const { id, network } of devices) {
            if (network.length > 0) assert.equal(found.has(id), false)
            for (const parent of found.get(id) ?? []) {
              const [mine, theirs] = [seen.get(id) ?? [], seen.get(parent) ?? []]
              assert.ok(
                [...mine.map(({ sysName }) => sysName === parent.toUpperCase()), ...theirs.map(({ sysName }) => sysName === id.toUpperCase())].some(
                  Boolean,
                ),
              )
            }
            const above = new Set<string>()
            const edge = [...(parents.get(id) ?? [])]
            for (let one = edge.pop(); one !== undefined; one = edge.pop()) {
              assert.notEqual(one, id)
              if (above.has(one)) continue
              above.add(one)
              edge.push(...(parents.get(one) ?? []))
            }
          }
        },
      ),
    ))

  it('last while a port is silent, give way to who is seen there next, and end after a month', () => {
    const day = 86_400_000
    const first = remembered([], sees('SW-1', 'SW-2'), 0)
    const dead = remembered(first, sees('SW-1'), day)
    assert.deepEqual(
      dead.map(({ sysName, at }) => [sysName, at]),
      [
        ['SW-1', day],
        ['SW-2', 0],
      ],
    )
    assert.deepEqual(
      remembered(dead, [...sees('SW-1'), { localPort: 'Gi0/1', sysName: 'SW-9', port: '', chassis: '' }], 2 * day).map(({ sysName }) => sysName),
      ['SW-1', 'SW-9'],
    )
    assert.deepEqual(
      remembered(dead, sees('SW-1'), 31 * day).map(({ sysName }) => sysName),
      ['SW-1'],
    )
  })
})

describe('the topology of what is watched', () => {
  const device = (id: string, network: string[] = []) =>
    Device.parse({ id, name: id.toUpperCase(), kind: 'switch', network, address: { host: '127.0.0.1' }, access: { via: 'snmp', version: '2c' } })

  it('learns from a look, says so once, cuts off what hangs on it, and knows it again after a restart', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'suar-topology-'))
    const log = pino({ level: 'silent' })
    try {
      const members = [device('core'), device('sw-1', ['core']), device('sw-2'), device('sw-3')].map((one, i) => ({
        no: i + 1,
        device: one,
        identity: null,
      }))
      const opened = async (told: (ids: readonly string[]) => void) => {
        const records = right(await openRecords({ folder, log, clock: () => 1_000 }))
        const topology = await openTopology({ store: records.neighbours, members: () => members, changed: told, clock: () => 1_000, log })
        return { records, topology }
      }
      const news: string[][] = []
      const first = await new Promise<Awaited<ReturnType<typeof opened>>>((resolve, reject) => {
        opened(ids => {
          news.push([...ids])
          resolve(begun)
        }).then(async is => {
          begun = is
          await is.topology.learn(1, { neighbours: sees('SW-1', 'SW-2') })
          await is.topology.learn(3, { neighbours: sees('SW-3') })
        }, reject)
        let begun: Awaited<ReturnType<typeof opened>>
      })
      assert.deepEqual(news, [['sw-2', 'sw-3']])
      assert.deepEqual(first.topology.of(members[1]!.device), { parents: ['core'], observed: false })
      assert.deepEqual(first.topology.of(members[3]!.device), { parents: ['sw-2'], observed: true })
      // A look that broke off half-way, and a switch that died: nothing is forgotten.
      await first.topology.learn(1, { neighbours: [], partial: true })
      await first.topology.learn(3, { neighbours: [] })
      first.topology.close()
      await first.records.close()

      const second = await opened(ids => news.push([...ids]))
      const wired = members.map(one => ({ id: one.device.id, network: [...second.topology.of(one.device).parents] }))
      assert.deepEqual(cutOff(wired, new Set(['core'])), ['sw-1', 'sw-2', 'sw-3'])
      assert.deepEqual(cutOff(wired, new Set(['sw-2'])), ['sw-3'])
      assert.equal(news.length, 1)
      second.topology.close()
      await second.records.close()
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
