// Every recorded device, served over real SNMP, probed by the real probe, and scored against what another system reads from it.
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import snmp from '../../collectors/snmp.ts'
import type { Collector } from '../../daemon/domain/collector.ts'
import { SILENT } from '../../daemon/log.ts'
import { probe } from '../../daemon/probe.ts'
import { loadRecording } from '../support/recording.ts'
import { startAgent } from '../support/recording-agent.ts'
import { type Expected, type Score, score } from './score.ts'

const folder = join(import.meta.dirname, '../../../shared/recordings')

/** Sensors that must be read right, of those that can be: never fewer. Devices without a profile of their own yet are not held to any. */
const FLOOR: Readonly<Record<string, number>> = {
  akcp_serverprobe8: 67,
  'apc-mgeups_galaxy7000': 42,
  'apc-netbotz_netbotz750': 6,
  apc_ap7900b: 14,
  apc_ap8959eu3: 30,
  apc_ats: 29,
  apc_emu: 31,
  'apc_inrow-dx': 23,
  apc_smart1500: 19,
  'arubaos-cx_6300m': 18,
  'deltaups_mini-snmp': 17,
  deltaups_rfc1628string: 15,
  drac_r640: 104,
  'eaton-mgeups_5px': 35,
  'eaton-mgeups_93ps': 58,
  eatonpdu_2: 51,
  eatonups: 29,
  fortigate: 62,
  'generex-ups_cs141': 31,
  'himoinsa-gensets': 18,
  huaweiups_ups2000: 12,
  ios_2960x: 38,
  iosxe_c9200l: 80,
  iosxe_isr4321: 36,
  liebert_apm: 24,
  liebert_weblbds: 83,
  linux_powermon: 1,
  netmanplus_208: 45,
  'nxos_n3k-3064pq': 49,
  poweralert_ups: 13,
  procurve_2520: 1,
  'raritan-pdu': 29,
  'raritan-pdu_px4': 223,
  routeros_crs317: 63,
  sentry3_switched: 36,
  sentry4: 104,
  truenas: 6,
}

describe('recorded devices', () => {
  let collector: Collector
  const rows: string[] = []
  const sum = { judged: 0, right: 0, all: 0, allRight: 0 }

  before(async function () {
    if (!existsSync(folder)) {
      process.stderr.write('    no recordings beside this checkout: these tests are left out\n')
      this.skip()
    }
    collector = await snmp.open({ log: SILENT, timeout: 2000, retries: 2, siteProfiles: null })
  })
  after(async () => {
    await collector?.close()
    if (process.env['SUAR_SCORES'] === undefined || rows.length === 0) return
    rows.push(`${'all'.padEnd(36)} ${sum.right}/${sum.judged} of what can be judged, ${sum.allRight}/${sum.all} of all`)
    process.stdout.write(`${rows.join('\n')}\n`)
  })

  const names = existsSync(folder)
    ? readdirSync(folder)
        .filter(file => file.endsWith('.snmprec'))
        .map(file => file.slice(0, -8))
    : ['(none)']
  for (const name of names)
    it(`reads ${name}`, async () => {
      const expected = JSON.parse(readFileSync(join(folder, `${name}.expected.json`), 'utf8')) as Expected
      const agent = await startAgent(loadRecording(join(folder, `${name}.snmprec`)))
      try {
        const target = { address: { host: '127.0.0.1', port: agent.port }, access: { via: 'snmp', version: '2c', community: 'public' } } as const
        const seen = await probe(collector, target, { signal: AbortSignal.timeout(15_000), log: SILENT }, () => performance.now())
        assert.ok(seen.reachable, seen.failure?.message)
        const is = score(seen, expected)
        note(name, is, seen.identity?.kind ?? '', expected.kind, agent.asked())
        assert.ok(is.right >= (FLOOR[name] ?? 0), `${is.right} of ${is.judged} read right, ${FLOOR[name]} expected:\n${is.misses.join('\n')}`)
        // Whose every sensor is read is known for what it is.
        if (is.judged > 0 && is.right === is.judged) assert.equal(seen.identity?.kind, expected.kind)
        checkPorts(seen.interfaces, expected)
        assert.equal(new Set(seen.points.map(point => point.key)).size, seen.points.length, 'a key stands twice')
      } finally {
        await agent.close()
      }
    })

  function note(name: string, is: Score, kind: string, wanted: string, pdus: number): void {
    for (const key of ['judged', 'right', 'all', 'allRight'] as const) sum[key] += is[key]
    rows.push(
      `${name.padEnd(36)} ${`${is.right}/${is.judged}`.padEnd(10)} ${`${is.allRight}/${is.all}`.padEnd(10)} ${kind === wanted ? kind : `${kind} (${wanted})`}, ${pdus} PDUs`,
    )
    if (process.env['SUAR_SCORES'] === 'misses') rows.push(...is.misses.map(miss => `    ${miss}`))
  }
})

/** Every port that the other system knows, with the same counters as far as IF-MIB bears them out. */
function checkPorts(interfaces: readonly { index: number; inOctets: number | null; outOctets: number | null }[], expected: Expected): void {
  const byIndex = new Map(interfaces.map(one => [one.index, one]))
  for (const port of expected.ports ?? []) {
    const found = byIndex.get(port.ifIndex)
    assert.ok(found, `port ${port.ifIndex} is missing`)
    for (const [mine, theirs] of [
      ['inOctets', 'ifInOctets'],
      ['outOctets', 'ifOutOctets'],
    ] as const)
      if (port[theirs] !== undefined && !port.unverified?.includes(theirs))
        assert.equal(found[mine], port[theirs], `${theirs} of port ${port.ifIndex}`)
  }
}
