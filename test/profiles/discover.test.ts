// Looking at devices as they are: whole, half, silent, wrong, lying.
import assert from 'node:assert/strict'
import { discover } from '../../collectors/profile/discover.ts'
import { OWN_PROFILES, readProfiles } from '../../collectors/profile/shelf.ts'
import { walkColumns } from '../../collectors/profile/walk.ts'
import { type SnmpSession, TYPE, type Varbind } from '../../collectors/wire/session.ts'
import { failed } from '../../daemon/domain/outcome.ts'
import type { Profile } from '../../daemon/domain/profile.ts'
import { recordedSession } from '../support/recording.ts'
import { gauge, inOrder, integer, look, profile, shelfOf, system, text } from './made-device.ts'

const BASE = '1.3.6.1.4.1.99999'
const outlets = profile(
  'outlets',
  `priority: 50
match: [{ exists: ${BASE} }]
root: ${BASE}
tables:
  - name: outletTable
    entry: .2.1
    names: [{ column: 2 }]
    points:
      - { key: 'outlet.{name}.current', label: 'Outlet {label}', column: 3, quantity: current, unit: mA, limits: { highCritical: { column: 4 } } }
`,
)
const table = (rows: number): Varbind[] =>
  Array.from({ length: rows }, (_, n) => [
    text(`${BASE}.2.1.2.${n + 1}`, `Outlet ${n + 1}`),
    gauge(`${BASE}.2.1.3.${n + 1}`, 1000 + n),
    gauge(`${BASE}.2.1.4.${n + 1}`, 16_000),
  ]).flat()

/** The session with one of its answers changed. */
const twisted = (session: SnmpSession, twist: (varbinds: readonly Varbind[]) => readonly Varbind[]): SnmpSession => ({
  ...session,
  async getBulk(nonRepeaters, repetitions, oids) {
    const answer = await session.getBulk(nonRepeaters, repetitions, oids)
    return answer.ok ? { ok: true, value: twist(answer.value) } : answer
  },
})

describe('discovery', () => {
  it('finds names, values, scales and limits of a table', async () => {
    const found = await look(recordedSession(inOrder(...system(), ...table(3))), [outlets])
    assert.deepEqual(
      found.points.map(point => point.key),
      ['outlet.outlet-1.current', 'outlet.outlet-2.current', 'outlet.outlet-3.current'],
    )
    assert.equal(found.points[0]?.decode.scale, 0.001)
    assert.deepEqual(found.points[0]?.limits, { highCritical: 16 })
    assert.equal(found.points[0]?.limitsFrom, 'device')
    assert.deepEqual(found.remarks, [])
  })

  it('knows whether the device or the profile set a limit', async () => {
    const limited = profile(
      'limited',
      `priority: 50
match: [{ exists: ${BASE} }]
points:
  - { key: a.load, label: A, oid: ${BASE}.3.1.0, quantity: load, limits: { highWarning: 80 } }
  - { key: b.load, label: B, oid: ${BASE}.3.2.0, quantity: load, limits: { highWarning: { oid: ${BASE}.3.9.0 } } }
  - { key: c.load, label: C, oid: ${BASE}.3.3.0, quantity: load }
`,
    )
    const found = await look(recordedSession(inOrder(...system(), ...[1, 2, 3].map(n => gauge(`${BASE}.3.${n}.0`, 50)))), [limited])
    assert.deepEqual(
      found.points.map(point => [point.key, point.limitsFrom]),
      [
        ['a.load', 'profile'],
        ['b.load', null],
        ['c.load', null],
      ],
    )
  })

  it('keeps what was read when the device falls silent half-way, and says so', async () => {
    const whole = recordedSession(inOrder(...system(), ...table(200)))
    let left = 4
    const dying: SnmpSession = {
      ...whole,
      getBulk: async (nonRepeaters, repetitions, oids) =>
        left-- > 0 ? whole.getBulk(nonRepeaters, repetitions, oids) : failed('timeout', 'No answer.'),
    }
    const found = await look(dying, [outlets])
    assert.ok(found.points.length > 0 && found.points.length < 200, `${found.points.length} points`)
    assert.match(found.remarks.join('\n'), /read in part: No answer/)
    assert.equal(found.partial, true)
    assert.equal((await look(whole, [outlets])).partial, false)
  })

  it('says that it does not know all when nobody told which tables there are', async () => {
    const whole = recordedSession(inOrder(...system(), ...table(20)))
    const found = await look({ ...whole, getNext: async () => failed('timeout', 'No answer.') }, [outlets])
    assert.equal(found.partial, true)
  })

  it('leaves out what is of a wrong type, in words', async () => {
    const found = await look(
      recordedSession(inOrder(...system(), ...table(2), text(`${BASE}.2.1.3.2`, 'much')).filter((one, k, all) => one.oid !== all[k + 1]?.oid)),
      [outlets],
    )
    assert.equal(found.points.length, 1)
    assert.match(found.remarks.join('\n'), /"much" where a number was expected/)
  })

  it('does not follow a table that goes backwards', async () => {
    const turning = twisted(recordedSession(inOrder(...system(), ...table(30))), varbinds =>
      varbinds.map((one, k) => (k > 6 && varbinds[k - 6] ? (varbinds[k - 6] as Varbind) : one)),
    )
    const found = await look(turning, [outlets])
    assert.match(found.remarks.join('\n'), /goes in circles/)
  })

  it('stops in a table without end', async () => {
    let n = 0
    const endless: SnmpSession = {
      ...recordedSession([]),
      getBulk: async (_, repetitions, oids) => ({
        ok: true,
        value: Array.from({ length: repetitions }, () =>
          oids.map(oid => gauge(`${oid.startsWith(`${BASE}.2.1.3`) ? `${BASE}.2.1.3` : oid}.${++n}`, 1)),
        ).flat(),
      }),
    }
    const walked = await walkColumns(endless, [`${BASE}.2.1.3`], AbortSignal.timeout(10_000))
    assert.equal(walked.columns.get(`${BASE}.2.1.3`)?.size, 4096)
    assert.match(walked.remarks.join('\n'), /more than 4096 rows/)
  })

  it('lives through octet strings of 65 kB', async () => {
    const huge = text(`${BASE}.2.1.2.1`, 'x'.repeat(65_000))
    const found = await look(recordedSession(inOrder(...system(), huge, gauge(`${BASE}.2.1.3.1`, 500))), [outlets])
    assert.ok((found.points[0]?.key.length ?? 999) < 100)
    const wrong = await look(recordedSession(inOrder(...system(), text(`${BASE}.2.1.2.1`, 'a'), text(`${BASE}.2.1.3.1`, 'y'.repeat(65_000)))), [
      outlets,
    ])
    assert.equal(wrong.points.length, 0)
    assert.ok((wrong.remarks[0]?.length ?? 999) < 200)
  })

  it('knows nothing of an empty device, and one that does not answer has failed', async () => {
    const empty = await look(recordedSession([]), [outlets])
    assert.deepEqual([empty.points, empty.identity.sysDescr, empty.remarks], [[], null, ['No profile knows this device.']])
    const mute: SnmpSession = { ...recordedSession([]), get: async () => failed('timeout', 'No answer.') }
    const found = await discover(mute, shelfOf([outlets]), { old: false, signal: AbortSignal.timeout(1000) })
    assert.ok(!found.ok && found.failure.kind === 'timeout')
  })

  it('tells two outlets of one name apart by what stays with them', async () => {
    const twice = (first: string) =>
      inOrder(
        ...system(),
        text(`${BASE}.2.1.2.7`, 'Router'),
        gauge(`${BASE}.2.1.3.7`, 1),
        text(`${BASE}.2.1.2.9`, first),
        gauge(`${BASE}.2.1.3.9`, 1),
      )
    const keys = async (variables: Varbind[]) => (await look(recordedSession(variables), [outlets])).points.map(point => point.key)
    assert.deepEqual(await keys(twice('Router')), ['outlet.router.current', 'outlet.router-9.current'])
    assert.deepEqual(await keys(twice('Router')), await keys(twice('Router')))
  })

  describe('of a 48-port switch', () => {
    let profiles: readonly Profile[] = []
    before(async () => {
      profiles = (await readProfiles([OWN_PROFILES])).profiles
    })

    const ports = Array.from({ length: 48 }, (_, n) => n + 1).flatMap(n => {
      const column = (c: number) => `1.3.6.1.2.1.2.2.1.${c}.${n}`
      const more = (c: number) => `1.3.6.1.2.1.31.1.1.1.${c}.${n}`
      const count = (oid: string): Varbind => ({ oid, type: TYPE.counter32, value: n * 1000 })
      const count64 = (oid: string): Varbind => ({ oid, type: TYPE.counter64, value: BigInt(n) * 10_000_000_000n })
      return [
        integer(column(1), n),
        text(column(2), `GigabitEthernet0/${n}`),
        integer(column(3), 6),
        gauge(column(5), 1_000_000_000),
        integer(column(7), 1),
        integer(column(8), n % 3 === 0 ? 2 : 1),
        ...[10, 11, 13, 14, 16, 17, 19, 20].map(c => count(column(c))),
        text(more(1), `Gi0/${n}`),
        ...[6, 7, 10, 11].map(c => count64(more(c))),
        gauge(more(15), 1000),
        text(more(18), n === 1 ? 'uplink' : ''),
      ]
    })

    it('takes few round trips and few PDUs', async () => {
      // A session that counts how often it had to wait: what is asked before an answer comes is one round trip.
      const inner = recordedSession(inOrder(...system(), ...ports))
      let trips = 0
      let waiting = false
      const trip = async <T>(answer: () => Promise<T>): Promise<T> => {
        if (!waiting) {
          waiting = true
          trips++
        }
        await new Promise(done => setImmediate(done))
        waiting = false
        return answer()
      }
      const counted: SnmpSession = {
        ...inner,
        get: oids => trip(() => inner.get(oids)),
        getNext: oids => trip(() => inner.getNext(oids)),
        getBulk: (nonRepeaters, repetitions, oids) => trip(() => inner.getBulk(nonRepeaters, repetitions, oids)),
      }
      const found = await look(counted, profiles)
      assert.equal(found.interfaces.length, 48)
      assert.deepEqual(found.interfaces[0], { index: 1, name: 'Gi0/1', alias: 'uplink', type: 6, speed: 1e9, admin: 'up', oper: 'up' })
      assert.ok(found.points.some(point => point.key === 'port.Gi0/48.in.octets' && point.decode.counter === 64))
      assert.ok(trips <= 10, `${trips} round trips`)
      assert.ok(inner.spent.pdus <= 60, `${inner.spent.pdus} PDUs`)
    })
  })
})
