// The live stream: what it costs to tell many pages, and how old a reading is when a page has it. Model and hub as in the house.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { Inventory } from '../../daemon/domain/inventory.ts'
import { SILENT } from '../../daemon/log.ts'
import type { PointView } from '../../daemon/stream/contract.ts'
import { openHub } from '../../daemon/stream/hub.ts'
import { openModel } from '../../daemon/stream/model.ts'
import { layoutOf } from '../../daemon/stream/views.ts'
import { asAnybody } from '../support/viewers.ts'
import { type Bench, type Figure, main, median } from './run.ts'

const POINTS = 500
/** Points that change each second: a demonstration's ten-second cycle over 500 points. */
const CHANGES = 50
const SECONDS = 6
const RUNS = 3

interface Report {
  readonly kind: 'report'
  readonly frames: number
  readonly p50: number
  readonly p95: number
  readonly p99: number
}

const now = () => performance.timeOrigin + performance.now()

const point = (no: number): PointView => ({
  no,
  device: 'env',
  key: `sensor.${no}.temperature`,
  label: { en: 'Temperature' },
  quantity: 'temperature',
  unit: '°C',
  cadence: 'fast',
  source: `1.3.6.1.4.1.1.${no}`,
  profile: 'bench',
  limits: {},
  states: null,
  scale: 0.1,
  offset: 0,
  alarmLimits: null,
})

async function measure(pages: number): Promise<readonly Figure[]> {
  const http = createServer().listen(0, '127.0.0.1')
  await once(http, 'listening')
  const model = openModel('bench')
  const sensors = Array.from({ length: POINTS }, (_, i) => ({
    id: `s${i}`,
    name: `S${i}`,
    room: 'r',
    x: 0,
    y: 0,
    point: { device: 'env', key: `sensor.${i + 1}.temperature` },
  }))
  model.setLayout(layoutOf(Inventory.parse({ site: { id: 'dc', name: 'DC' }, sensors })))
  model.setDevice({
    id: 'env',
    name: 'Env',
    kind: 'environment',
    address: '127.0.0.1:161',
    via: 'snmp',
    place: null,
    tenant: null,
    power: [],
    network: [],
    identity: null,
    status: 'up',
    statusSince: 0,
    why: null,
    lastSeen: null,
    points: POINTS,
    headline: null,
  })
  model.setPoints(
    'env',
    sensors.map((_, i) => point(i + 1)),
  )
  const hub = openHub({ http, model, epoch: 'bench', clock: Date.now, log: SILENT, allowed: () => true, viewerOf: asAnybody })
  hub.flush()
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
  const child = fork(fileURLToPath(new URL('./pages.ts', import.meta.url)), [url, String(pages)])
  await once(child, 'message')

  const cpu: number[] = []
  const reports: Report[] = []
  for (let run = 0; run < RUNS; run++) {
    child.send('reset')
    const before = process.cpuUsage()
    const began = now()
    await new Promise<void>(resolve => {
      let n = 0
      const timer = setInterval(() => {
        const nos = Uint32Array.from({ length: CHANGES / 10 }, (_, i) => 1 + ((n * 7 + i) % POINTS))
        model.observe(nos, new Float64Array(nos.length).fill(20 + (n % 50) / 10), new Float64Array(nos.length).fill(now()))
        if (++n < SECONDS * 10) return
        clearInterval(timer)
        resolve()
      }, 100)
    })
    const used = process.cpuUsage(before)
    cpu.push((used.user + used.system) / 10 / (now() - began))
    child.send('report')
    const [report] = (await once(child, 'message')) as [Report]
    reports.push(report)
  }
  child.send('end')
  await hub.close()
  const of = (pick: (report: Report) => number) => median(reports.map(pick))
  return [
    { name: `${pages} pages: CPU of one core`, value: median(cpu), unit: '%', ...(pages === 1000 ? { goal: 10 } : {}) },
    { name: `${pages} pages: frames each page got in ${SECONDS} s`, value: of(report => report.frames) / pages, unit: '' },
    { name: `${pages} pages: reading to page, median`, value: of(report => report.p50), unit: 'ms' },
    { name: `${pages} pages: reading to page, 95th percentile`, value: of(report => report.p95), unit: 'ms', goal: 500 },
    { name: `${pages} pages: reading to page, 99th percentile`, value: of(report => report.p99), unit: 'ms' },
  ]
}

const bench: Bench = {
  name: 'stream',
  async run() {
    const figures: Figure[] = []
    for (const pages of [1, 100, 1000]) figures.push(...(await measure(pages)))
    return figures
  },
}
export default bench
await main(import.meta, bench)
