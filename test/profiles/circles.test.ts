// An agent whose tables go in circles or backwards: everything else of the device is read, and people are told which table is broken.
import assert from 'node:assert/strict'
import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import snmp from '../../collectors/snmp.ts'
import { decodeMessage, encodeMessage, PDU, type Pdu } from '../../collectors/wire/message.ts'
import { compareOids } from '../../collectors/wire/oid.ts'
import { TYPE, type Varbind } from '../../collectors/wire/session.ts'
import type { Collector, ErrandResult, Target } from '../../daemon/domain/collector.ts'
import type { Point } from '../../daemon/domain/point.ts'
import { brokenText } from '../../daemon/domain/words/table-words.ts'
import { SILENT } from '../../daemon/log.ts'
import { asking } from '../support/asking.ts'
import { suar } from '../support/cli.ts'
import { type Daemon, dataFolder, startDaemon, until } from '../support/daemon.ts'
import { upsVariables } from '../support/made-ups.ts'
import { integer } from './made-device.ts'

const UPS = '1.3.6.1.2.1.33.1'
const VOLTAGE = `${UPS}.3.3.1.3`
const CURRENT = `${UPS}.3.3.1.4`
const OUTPUT = `${UPS}.4.4.1.2`
const PHASES = [1, 2, 3, 4, 5, 6, 7, 8]

const BROKEN = [
  { column: VOLTAGE, kind: 'circle', at: `${VOLTAGE}.1` },
  { column: CURRENT, kind: 'disorder', at: `${CURRENT}.2` },
]

/** What comes after the last row of the voltages is the first again; of the currents the second row comes after the third. */
const ODD: ReadonlyMap<string, string> = new Map([
  [`${VOLTAGE}.8`, `${VOLTAGE}.1`],
  [`${CURRENT}.1`, `${CURRENT}.3`],
  [`${CURRENT}.3`, `${CURRENT}.2`],
  [`${CURRENT}.2`, `${CURRENT}.4`],
])

const column = (oid: string, first: number): Varbind[] => PHASES.map(n => integer(`${oid}.${n}`, first + n))

/** A UDP agent that walks as its table says, however odd. */
async function startOdd(odd: ReadonlyMap<string, string>): Promise<Socket> {
  const rows = [...upsVariables(), ...column(VOLTAGE, 220), ...column(CURRENT, 50), ...column(OUTPUT, 230)].sort((a, b) => compareOids(a.oid, b.oid))
  const byOid = new Map(rows.map(row => [row.oid, row]))
  const next = (oid: string): Varbind => {
    const to = odd.get(oid)
    const found = to === undefined ? rows.find(row => compareOids(row.oid, oid) > 0) : byOid.get(to)
    return found ?? { oid, type: TYPE.endOfMibView, value: null }
  }
  const answer = (pdu: Pdu): Varbind[] => {
    if (pdu.type === PDU.get) return pdu.varbinds.map(({ oid }) => byOid.get(oid) ?? { oid, type: TYPE.noSuchInstance, value: null })
    if (pdu.type === PDU.getNext) return pdu.varbinds.map(({ oid }) => next(oid))
    const all: Varbind[] = []
    let row = pdu.varbinds.map(({ oid }) => oid)
    for (let n = 0; n < Math.min(pdu.errorIndex, 20); n++) {
      const found = row.map(next)
      all.push(...found)
      row = found.map(({ oid }) => oid)
    }
    return all
  }
  const udp = createSocket('udp4')
  udp.on('message', (bytes, from) => {
    const message = decodeMessage(bytes)
    if (!message.ok) return
    const { version, community, pdu } = message.value
    const response = { type: PDU.response, requestId: pdu.requestId, errorStatus: 0, errorIndex: 0, varbinds: answer(pdu) }
    udp.send(encodeMessage({ version, community, pdu: response }), from.port, from.address)
  })
  udp.bind(0, '127.0.0.1')
  await once(udp, 'listening')
  return udp
}

describe('a table that goes in circles', function () {
  this.timeout(60_000)
  let agent: Socket
  let collector: Collector
  before(async () => {
    agent = await startOdd(ODD)
    collector = await snmp.open({ log: SILENT, timeout: 500, retries: 1, siteProfiles: null })
  })
  after(async () => {
    await collector.close()
    agent.close()
  })

  const targetOf = (version: '1' | '2c', udp = agent): Target => ({
    address: { host: '127.0.0.1', port: udp.address().port },
    access: { via: 'snmp', version, community: 'public' },
  })
  const look = async (target: Target) => {
    const found = await collector.discover(target, { signal: AbortSignal.timeout(20_000), log: SILENT })
    assert.ok(found.ok, found.ok ? '' : found.failure.message)
    return found.value
  }
  const poll = (target: Target, points: readonly Point[]): Promise<{ result: ErrandResult; values: Map<string, number> }> => {
    const fast = points.filter(({ cadence }) => cadence === 'fast')
    const errand = collector.compile(target, fast)
    const values = new Float64Array(errand.points.length)
    return new Promise(told =>
      errand.run(values, result =>
        told({ result: { ...result }, values: new Map(errand.points.map(({ key }, i) => [key, values[i] ?? Number.NaN])) }),
      ),
    )
  }

  for (const version of ['2c', '1'] as const)
    it(`is named, and all else of the device is found and polled, by v${version}`, async () => {
      const target = targetOf(version)
      const { identity, points, remarks, partial } = await look(target)
      assert.deepEqual(identity.broken, BROKEN)
      assert.equal(partial, false)
      for (const { column: oid } of BROKEN) assert.equal(remarks.filter(remark => remark.includes(`column ${oid},`)).length, 1, remarks.join('\n'))
      const keys = new Set(points.map(({ key }) => key))
      for (const n of PHASES) assert.ok(keys.has(`output.L${n}.voltage`) && keys.has(`input.L${n}.voltage`), `phase ${n}`)
      assert.deepEqual(
        [...keys].filter(key => /^input\..*current$/.test(key)),
        ['input.L1.current', 'input.L3.current'],
      )
      for (let n = 0; n < 3; n++) {
        const { result, values } = await poll(target, points)
        assert.deepEqual([result.status, result.why], ['answered', null])
        assert.deepEqual([values.get('battery.charge'), values.get('output.L8.voltage'), values.get('input.L8.voltage')], [97, 238, 228])
        assert.ok(Math.abs((values.get('input.L3.current') ?? 0) - 5.3) < 1e-9)
        assert.ok([...values.values()].every(value => !Number.isNaN(value)))
      }
    })

  it('is no longer spoken of when the device was mended', async () => {
    const mended = await startOdd(new Map())
    try {
      const { identity, remarks } = await look(targetOf('2c', mended))
      assert.deepEqual([identity.broken, remarks], [undefined, []])
    } finally {
      mended.close()
    }
  })

  it('stands in what `suar probe` prints', async () => {
    const ran = await suar(['probe', `127.0.0.1:${agent.address().port}`])
    assert.equal(ran.code, 0, ran.stderr)
    assert.match(ran.stdout, /battery\.charge\s+97/)
    for (const one of BROKEN) assert.ok(ran.stdout.includes(`! Table ${UPS}.3.3, column ${one.column}, goes `), ran.stdout)
  })

  it('is on the page of the device, which is up; also after a restart', async () => {
    const data = dataFolder()
    let daemon: Daemon | undefined
    const api = asking(() => daemon)
    try {
      writeFileSync(
        join(data.path, 'site.yaml'),
        `site: { id: odd, name: Odd }\ndevices:\n  - { id: ups, name: UPS, kind: ups, address: { host: 127.0.0.1, port: ${agent.address().port} }, access: { via: snmp, version: 2c, community: public } }\n`,
      )
      writeFileSync(join(data.path, 'suar.yaml'), 'site: site.yaml\n')
      daemon = await startDaemon({ data: data.path })
      const [device] = await api.allUp()
      assert.deepEqual([device?.why, device?.identity?.broken], [null, BROKEN])
      await until(
        'its charge',
        () => api.points('ups'),
        points => points.find(({ key }) => key === 'battery.charge')?.reading?.value === 97,
      )
      assert.equal(await daemon.stop(), 0)
      daemon = await startDaemon({ data: data.path })
      assert.deepEqual((await api.device('ups')).identity?.broken, BROKEN)
    } finally {
      await daemon?.stop()
      data.remove()
    }
  })

  it('is told in both languages, by table and column', () => {
    const one = { column: VOLTAGE, kind: 'circle', at: `${VOLTAGE}.1` } as const
    assert.equal(
      brokenText(one, 'id'),
      `Tabel ${UPS}.3.3, kolom ${VOLTAGE}, berputar: ${VOLTAGE}.1 datang lagi. Dibaca sampai situ; bila ada baris sesudahnya, baris itu tidak terbaca.`,
    )
    assert.match(brokenText({ ...one, kind: 'disorder' }, 'en'), /^Table [\d.]+, column [\d.]+, goes backwards: /)
  })
})
