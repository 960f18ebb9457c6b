// Polling a device by its compiled points, over real UDP: right, frugal, and patient with what devices do.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { readVarbind } from '../../collectors/profile/decode.ts'
import { fastAsker } from '../../collectors/snmp/asker.ts'
import { newManners, tellUptime } from '../../collectors/snmp/device.ts'
import { newErrand } from '../../collectors/snmp/errand.ts'
import { planOf } from '../../collectors/snmp/plan.ts'
import { openWire, type Wire } from '../../collectors/wire/open.ts'
import { TYPE, type Varbind } from '../../collectors/wire/session.ts'
import type { Errand, ErrandResult, Target } from '../../daemon/domain/collector.ts'
import type { Decode, Point } from '../../daemon/domain/point.ts'
import { type AgentHabits, type RecordingAgent, startAgent } from '../support/recording-agent.ts'
import { gauge, inOrder, integer, text, ticks } from './made-device.ts'

const BASE = '1.3.6.1.4.1.99999'
const plain: Decode = { scale: 1, offset: 0, absent: [], counter: null, decoder: null }
const pointAt = (source: string, decode: Partial<Decode> = {}): Point => ({
  key: source,
  label: { en: source },
  quantity: 'count',
  unit: '1',
  cadence: 'fast',
  source,
  decode: { ...plain, ...decode },
  profile: 'made',
  limits: {},
  states: null,
  rules: [],
})
const uptime = (value = 100_000) => ticks('1.3.6.1.2.1.1.3.0', value)
const row = (column: number, index: number) => `${BASE}.2.1.${column}.${index}`

describe('an errand', () => {
  let wire: Wire
  const agents: RecordingAgent[] = []
  before(async () => {
    wire = await openWire({ timeout: 150, retries: 1 })
  })
  after(() => wire.close())
  afterEach(async () => {
    for (const agent of agents.splice(0)) await agent.close()
  })

  /** A device that serves `variables` (which a test may change), and the means to poll it. */
  async function device(variables: Varbind[], habits: AgentHabits = {}, version: '1' | '2c' = '2c') {
    const agent = await startAgent(variables, habits)
    agents.push(agent)
    const target: Target = { address: { host: '127.0.0.1', port: agent.port }, access: { via: 'snmp', version, community: 'public' } }
    const manners = newManners()
    let now = 0
    const compile = (points: readonly Point[]) =>
      newErrand({
        points,
        asker: fastAsker(wire.socket, target),
        session: () => wire.session(target),
        manners,
        outdated: () => false,
        v1: version === '1',
        now: () => now,
      })
    return {
      agent,
      target,
      manners,
      compile,
      later: (ms: number) => {
        now += ms
      },
    }
  }

  function run(errand: Errand): Promise<ErrandResult & { readonly values: readonly number[] }> {
    const values = new Float64Array(errand.points.length)
    let returned = false
    return new Promise((done, wrong) => {
      errand.run(values, result => (returned ? done({ ...result, values: [...values] }) : wrong(new Error('finished before run returned'))))
      returned = true
    })
  }

  it('reads scalars, dense columns, words and fields of bits in few PDUs', async () => {
    const rows = Array.from({ length: 48 }, (_, n) => [1, 2, 3].map(c => gauge(row(c, n + 1), c * 1000 + n))).flat()
    const variables = inOrder(uptime(), integer(`${BASE}.1.1.0`, 66), text(`${BASE}.1.2.0`, 'Normal'), text(`${BASE}.1.3.0`, ' 54.1 '), ...rows)
    const { compile, agent } = await device(variables)
    const points = [
      pointAt(`${BASE}.1.1.0`, { mask: 0x60 }),
      pointAt(`${BASE}.1.1.0`, { mask: 0x02 }),
      pointAt(`${BASE}.1.2.0`, { words: { normal: 1 } }),
      pointAt(`${BASE}.1.3.0`),
      ...rows.map(one => pointAt(one.oid, { scale: 0.1 })),
    ]
    const result = await run(compile(points))
    assert.deepEqual([result.status, result.why, result.rediscover], ['answered', null, null])
    assert.deepEqual(result.values.slice(0, 4), [64, 2, 1, 54.1])
    assert.deepEqual(
      result.values.slice(4),
      rows.map(one => Number(one.value) / 10),
    )
    assert.equal(result.pdus, agent.asked())
    assert.ok(result.pdus <= 6, `${result.pdus} PDUs`)
  })

  it('gives what a direct GET gives, whatever the device holds (property)', async () => {
    const value = fc.oneof(
      fc.integer({ min: -2_147_483_648, max: 2_147_483_647 }).map(n => ({ type: TYPE.integer, value: n })),
      fc.nat({ max: 4_294_967_295 }).map(n => ({ type: TYPE.gauge32, value: n })),
      fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(n => ({ type: TYPE.counter64, value: n })),
      fc.string({ maxLength: 12 }).map(s => ({ type: TYPE.octets, value: Uint8Array.from(Buffer.from(s)) })),
      fc.float({ noNaN: true, noDefaultInfinity: true }).map(n => ({ type: TYPE.octets, value: Uint8Array.from(Buffer.from(String(n))) })),
    )
    const decode = fc.record({
      scale: fc.constantFrom(1, 0.1, 0.001, 8, 60),
      offset: fc.constantFrom(0, -17.5),
      absent: fc.constantFrom([], [-1, 0]),
      counter: fc.constantFrom(null, 64 as const),
      decoder: fc.constantFrom(null, 'int16'),
    })
    const cells = fc.dictionary(
      fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 20 })).map(([c, r]) => row(c, r)),
      fc.tuple(value, decode),
      { minKeys: 1, maxKeys: 60 },
    )
    await fc.assert(
      fc.asyncProperty(cells, async table => {
        const variables = inOrder(uptime(), ...Object.entries(table).map(([oid, [one]]) => ({ oid, ...one })))
        const { compile, target, agent } = await device(variables)
        const points = Object.entries(table).map(([oid, [, rule]]) => pointAt(oid, rule))
        const result = await run(compile(points))
        const session = wire.session(target)
        const direct = await session.get(points.map(point => point.source))
        session.close()
        assert.ok(direct.ok)
        assert.deepEqual(
          result.values,
          direct.value.map((varbind, k) => readVarbind(varbind, points[k]?.decode ?? plain)),
        )
        await agent.close()
        agents.splice(agents.indexOf(agent), 1)
      }),
      { numRuns: 40 },
    )
  })

  it('asks less at a time from a device with small answers, and remembers', async () => {
    const variables = inOrder(uptime(), ...Array.from({ length: 120 }, (_, n) => integer(`${BASE}.3.${n}.0`, n)))
    const { compile, manners } = await device(variables, { octets: 484 })
    const errand = compile(variables.slice(1).map(one => pointAt(one.oid)))
    const first = await run(errand)
    assert.deepEqual([first.status, first.values.every((value, k) => value === k)], ['answered', true])
    assert.ok(manners.varbinds < 40)
    const second = await run(errand)
    assert.deepEqual([second.status, second.values.every((value, k) => value === k)], ['answered', true])
    assert.ok(second.pdus < first.pdus, `${second.pdus} after ${first.pdus}`)
  })

  it('reads GETBULK answers that are cut short, and rows with others in between', async () => {
    const all = Array.from({ length: 40 }, (_, n) => [1, 2].map(c => gauge(row(c, n + 1), c * 100 + n))).flat()
    const cut = await device(inOrder(uptime(), ...all), { octets: 600 })
    const whole = await run(cut.compile(all.map(one => pointAt(one.oid))))
    assert.deepEqual([whole.status, whole.values], ['answered', all.map(one => Number(one.value))])

    const odd = all.filter(one => Number(one.oid.split('.').at(-1)) % 2 === 1)
    const gaps = await device(inOrder(uptime(), ...all))
    const errand = gaps.compile(odd.map(one => pointAt(one.oid)))
    const first = await run(errand)
    assert.deepEqual([first.status, first.values], ['answered', odd.map(one => Number(one.value))])
    const second = await run(errand)
    assert.deepEqual(second.values, first.values)
    assert.ok(second.pdus < first.pdus, `${second.pdus} after ${first.pdus}`)
  })

  it('says once that a variable has gone, and reads the others', async () => {
    const variables = inOrder(uptime(), integer(`${BASE}.3.1.0`, 1), integer(`${BASE}.3.2.0`, 2))
    const { compile } = await device(variables)
    const errand = compile([pointAt(`${BASE}.3.1.0`), pointAt(`${BASE}.3.2.0`), pointAt(`${BASE}.3.9.0`)])
    const first = await run(errand)
    assert.deepEqual([first.status, first.rediscover, first.values], ['answered', 'vanished', [1, 2, Number.NaN]])
    assert.equal((await run(errand)).rediscover, null)
  })

  it('reads a v1 device that lacks some of what is asked', async () => {
    const variables = inOrder(uptime(), integer(`${BASE}.3.1.0`, 1), integer(`${BASE}.3.3.0`, 3))
    const { compile } = await device(variables, {}, '1')
    const result = await run(compile([1, 2, 3].map(n => pointAt(`${BASE}.3.${n}.0`))))
    assert.deepEqual(result.values, [1, Number.NaN, 3])
  })

  it('notices a reboot and not the counter that begins again after 497 days', async () => {
    const values = { ticks: 500_000 }
    const { compile, later } = await device(inOrder(uptime(), integer(`${BASE}.3.1.0`, 1)), {
      twist: answer => ({ ...answer, varbinds: answer.varbinds.map(one => (one.type === TYPE.timeTicks ? { ...one, value: values.ticks } : one)) }),
    })
    const errand = compile([pointAt(`${BASE}.3.1.0`)])
    assert.equal((await run(errand)).rediscover, null)
    later(10_000)
    values.ticks = 501_000
    assert.equal((await run(errand)).rediscover, null)
    later(10_000)
    values.ticks = 700
    assert.equal((await run(errand)).rediscover, 'reboot')

    const manners = newManners()
    assert.equal(tellUptime(manners, 2 ** 32 - 500, 0), false)
    assert.equal(tellUptime(manners, 500, 10_000), false)
  })

  it('takes no restart from an answer that was asked for before another and is told after it', () => {
    const manners = newManners()
    assert.equal(tellUptime(manners, 1000, 10_000, 9_990), false)
    // Asked at 20 s, but one of its PDUs was lost: told at 25 s, after what was asked at 22 s.
    assert.equal(tellUptime(manners, 2200, 22_010, 22_000), false)
    assert.equal(tellUptime(manners, 2000, 25_000, 20_000), false)
    assert.equal(tellUptime(manners, 3000, 30_010, 30_000), false)
    assert.equal(tellUptime(manners, 40, 40_010, 40_000), true)
  })

  it('costs one PDU a cycle while the device is silent, and comes back at once', async () => {
    let mute = false
    const variables = inOrder(uptime(), ...Array.from({ length: 100 }, (_, n) => integer(`${BASE}.3.${n}.0`, n)))
    const { compile } = await device(variables, { twist: answer => (mute ? null : answer) })
    const errand = compile(variables.slice(1).map(one => pointAt(one.oid)))
    assert.equal((await run(errand)).status, 'answered')
    mute = true
    const down = await run(errand)
    assert.deepEqual([down.status, down.values.every(Number.isNaN)], ['timeout', true])
    assert.equal((await run(errand)).pdus, 1)
    mute = false
    const back = await run(errand)
    assert.deepEqual([back.status, back.values.length, back.values[99]], ['answered', 100, 99])
  })

  it('takes nothing from a device that answers other variables than were asked', async () => {
    const { compile } = await device(inOrder(uptime(), integer(`${BASE}.3.1.0`, 1), integer(`${BASE}.3.2.0`, 2)), {
      twist: answer => ({ ...answer, varbinds: answer.varbinds.map(one => ({ ...one, oid: one.oid.replace(`${BASE}.3`, `${BASE}.4`) })) }),
    })
    const result = await run(compile([pointAt(`${BASE}.3.1.0`), pointAt(`${BASE}.3.2.0`)]))
    assert.deepEqual([result.status, result.values], ['partial', [Number.NaN, Number.NaN]])
  })
})

describe('a poll plan', () => {
  it('asks every variable once, within what the device takes (property)', () => {
    const oid = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 60 })).map(([c, r]) => row(c, r))
    fc.assert(
      fc.property(fc.array(oid, { minLength: 1, maxLength: 300 }), fc.integer({ min: 1, max: 60 }), fc.boolean(), (oids, varbinds, v1) => {
        const plan = planOf(oids, { ...newManners(), varbinds }, v1)
        assert.deepEqual([...plan.oids].sort(), [...new Set(oids)].sort())
        let at = 0
        for (const chunk of plan.chunks) {
          assert.equal(chunk.start, at)
          at = chunk.end
          if (chunk.bulk === null) assert.ok(chunk.end - chunk.start <= varbinds)
          else assert.ok(!v1 && chunk.bulk.rows * chunk.bulk.columns.length === chunk.end - chunk.start)
        }
        assert.equal(at, plan.oids.length)
      }),
    )
  })
})
