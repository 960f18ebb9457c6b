// The whole road of work A in one process: schedule, ask, decode, scale, journal, state, alarms, live stream to pages. Only the devices are outside.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { openAlarms } from '../../daemon/alarm/open.ts'
import type { Device } from '../../daemon/domain/device.ts'
import type { Point } from '../../daemon/domain/point.ts'
import type { Batch } from '../../daemon/domain/reading.ts'
import { openFleet } from '../../daemon/fleet/fleet.ts'
import { SILENT } from '../../daemon/log.ts'
import { openPoller } from '../../daemon/poll/poller.ts'
import { openTelemetry } from '../../daemon/store/telemetry/telemetry.ts'
import { openHub } from '../../daemon/stream/hub.ts'
import { openModel } from '../../daemon/stream/model.ts'
import { viewOfDevice, viewOfPoint } from '../../daemon/stream/views.ts'
import { asAnybody } from '../support/viewers.ts'
import type { Field } from './responder.ts'
import { type Bench, type Figure, main, median } from './run.ts'
import { SCALARS, targetOf } from './work.ts'

const AGENTS = 1000
const SECONDS = 15
const RUNS = 3

/** Work A's scalars as points with limits, so that every reading is judged. */
const POINTS: readonly Point[] = SCALARS.map((oid, i) => ({
  key: `value.${i}`,
  label: { en: `Value ${i}` },
  quantity: 'voltage',
  unit: 'V',
  cadence: 'fast',
  source: oid,
  decode: { scale: 0.1, offset: 0, absent: [], counter: null, decoder: null },
  profile: 'bench',
  limits: {},
  states: null,
  rules: [{ kind: 'above', limit: 1_000_000, hysteresis: 1, delay: 0, severity: 'warning' }],
}))

const nosOf = (no: number) => Uint32Array.from(POINTS, (_, i) => no * POINTS.length + i + 1)

const deviceOf = (no: number, port: number): Device => ({
  id: `ups-${no}`,
  name: `UPS ${no}`,
  kind: 'ups',
  ...targetOf(no % AGENTS, port),
  power: [],
  network: [],
})

/** CPU microseconds a poll, all threads of the process, with so many devices each polled every ten seconds and ten pages open. */
async function measure(devices: number): Promise<readonly Figure[]> {
  const field = fork(fileURLToPath(new URL('./responder.ts', import.meta.url)))
  field.send({ devices: AGENTS, delay: 0, lost: 0, deadEvery: 0 } satisfies Field)
  const [port] = (await once(field, 'message')) as [number]
  const folder = mkdtempSync(join(tmpdir(), 'suar-bench-'))
  const kept = await openTelemetry({ folder, log: SILENT })
  if (!kept.ok) throw new Error(kept.failure.message)
  const telemetry = kept.value
  const fleet = openFleet(Date.now)
  const model = openModel('bench')
  const alarms = await openAlarms({
    store: { commit: async () => undefined, open: async () => [], clearedSince: async () => [], nextId: async () => 1 },
    outbox: { due: async () => [], sent: async () => undefined, again: async () => undefined, failed: async () => undefined },
    channels: new Map(),
    settings: { limits: [], recipients: [] },
    clock: Date.now,
    log: SILENT,
  })
  const all = Array.from({ length: devices }, (_, no) => no)
  for (const no of all) {
    const nos = nosOf(no)
    fleet.put(
      no,
      deviceOf(no, port),
      null,
      POINTS.map((point, i) => ({ ...point, no: nos[i]! })),
    )
  }
  alarms.setDevices([...fleet.members()].map(({ no, device }) => ({ ...device, no })))
  for (const member of fleet.members()) {
    alarms.setPoints(member.device.id, member.points)
    model.setDevice(viewOfDevice(member))
    model.setPoints(
      member.device.id,
      member.points.map(point => viewOfPoint(member.device.id, point, alarms.limits(point.no))),
    )
  }
  const http = createServer().listen(0, '127.0.0.1')
  await once(http, 'listening')
  const hub = openHub({ http, model, epoch: 'bench', clock: Date.now, log: SILENT, allowed: () => true, viewerOf: asAnybody })
  const pages = fork(fileURLToPath(new URL('./pages.ts', import.meta.url)), [
    `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    '10',
    'devices',
  ])
  await once(pages, 'message')

  let polls = 0
  const onBatch = async (batch: Batch) => {
    await telemetry.append(batch)
    for (const member of fleet.polled(batch.polls)) model.setDevice(viewOfDevice(member))
    model.observe(batch.points, batch.values, batch.at)
    alarms.observe(batch)
    polls += batch.polls.devices.length
  }
  const poller = openPoller({
    log: SILENT,
    clock: Date.now,
    options: { timeout: 1000, retries: 2, siteProfiles: null },
    onBatch,
    onDiscovered: async no => nosOf(no),
    onTrouble: ({ message }) => {
      throw new Error(message)
    },
  })
  for (const no of all) poller.adopt(no, targetOf(no % AGENTS, port), { points: POINTS, nos: nosOf(no) })
  await sleep(15_000)

  const micros: number[] = []
  for (let run = 0; run < RUNS; run++) {
    const [before, from] = [process.cpuUsage(), polls]
    await sleep(SECONDS * 1000)
    const used = process.cpuUsage(before)
    micros.push((used.user + used.system) / (polls - from))
  }
  const { lagP95, timeouts } = poller.figures()
  const resident = process.memoryUsage().rss / 1_048_576
  await poller.close()
  await hub.close()
  await alarms.close()
  await telemetry.close()
  pages.send('end')
  field.kill()
  rmSync(folder, { recursive: true })
  const of = `${devices} devices each 10 s`
  return [
    { name: `${of}: CPU a poll of 20 points, whole road`, value: median(micros), unit: 'µs', goal: 45 },
    { name: `${of}: begun after due, 95th percentile`, value: lagP95, unit: 'ms' },
    { name: `${of}: requests without an answer`, value: timeouts, unit: '' },
    { name: `${of}: resident memory`, value: resident, unit: 'MB' },
  ]
}

const bench: Bench = {
  name: 'whole',
  run: () => measure(10_000),
}
export default bench
await main(import.meta, bench)
