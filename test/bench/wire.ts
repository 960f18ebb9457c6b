// What a poll costs the poller: ours beside net-snmp and snmp-native, in one run, against the same devices. node test/bench/wire.ts [--json]
import { fork } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { performance } from 'node:perf_hooks'
import snmp from 'net-snmp'
import { Session } from 'snmp-native'
import { ask } from '../../collectors/wire/ask.ts'
import { openSocket } from '../../collectors/wire/socket.ts'
import { type Ask, prepare } from '../../collectors/wire/template.ts'
import type { Field } from './responder.ts'
import { type Bench, main, median } from './run.ts'
import { addressOf, BULKS, COLUMNS, COMMUNITY, PORTS, ROWS, SCALARS, targetOf } from './work.ts'

/** One way of polling: asks device n once. */
interface Poller {
  readonly name: string
  poll(device: number, finished: (complete: boolean) => void): void
  close(): void | Promise<void>
}
type Work = 'A' | 'B'

const DEVICES = 250
const IN_FLIGHT = 128
const RUNS = 5

async function devices<T>(field: Field, use: (port: number) => Promise<T>): Promise<T> {
  const child = fork(new URL('./responder.ts', import.meta.url), { stdio: 'inherit' })
  try {
    child.send(field)
    const [port] = await once(child, 'message')
    return await use(Number(port))
  } finally {
    child.disconnect()
  }
}

const asksOf = (work: Work): Ask[] =>
  work === 'A' ? [{ pdu: 'get', oids: SCALARS }] : BULKS.map(bulk => ({ pdu: 'bulk', maxRepetitions: ROWS, ...bulk }))

async function ours(port: number, work: Work, count: number, timeout = 1000): Promise<Poller> {
  const socket = await openSocket({ timeout, retries: 2, address: '127.0.0.1' })
  const plans = Array.from({ length: count }, (_, n) => ({
    requests: asksOf(work).map(each => prepare(socket, targetOf(n, port), each)),
    values: new Float64Array(work === 'A' ? SCALARS.length : COLUMNS.length * PORTS),
  }))
  return {
    name: 'ours',
    poll(device, finished) {
      const plan = plans[device]
      if (plan === undefined) return
      let left = plan.requests.length
      let complete = true
      let offset = 0
      for (const request of plan.requests) {
        ask(socket, request, plan.values, null, offset, answer => {
          complete &&= answer.status === 'ok'
          if (--left === 0) finished(complete)
        })
        offset += request.size
      }
    },
    close: () => socket.close(),
  }
}

/** What Node cannot go below: the same datagrams there and back, nothing looked at. */
async function pingPong(port: number, work: Work): Promise<Poller> {
  const limit = await openSocket({ address: '127.0.0.1' })
  const bytes = asksOf(work).map(each => prepare(limit, targetOf(0, port), each).packet.bytes)
  await limit.close()
  const socket = createSocket({ type: 'udp4', recvBufferSize: 4 << 20, sendBufferSize: 4 << 20 })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  let heard = 0
  const waiting: ((complete: boolean) => void)[] = []
  socket.on('message', () => {
    if (++heard % bytes.length === 0) waiting.shift()?.(true)
  })
  return {
    name: 'ping-pong',
    poll(device, finished) {
      waiting.push(finished)
      for (const each of bytes) socket.send(each, port, addressOf(device))
    },
    close: () => void socket.close(),
  }
}

function netSnmp(port: number, work: Work, count: number): Poller {
  const sessions = Array.from({ length: count }, (_, n) =>
    snmp.createSession(addressOf(n), COMMUNITY, { port, version: snmp.Version2c, timeout: 1000, retries: 2 }),
  )
  return {
    name: 'net-snmp',
    poll(device, finished) {
      const session = sessions[device]
      if (session === undefined) return
      if (work === 'A') session.get([...SCALARS], (error, varbinds) => finished(error === null && varbinds?.length === SCALARS.length))
      else {
        let left = BULKS.length
        let complete = true
        for (const { oids } of BULKS) {
          session.getBulk([...oids], 0, ROWS, (error, columns) => {
            complete &&= error === null && columns?.flat().length === ROWS * COLUMNS.length
            if (--left === 0) finished(complete)
          })
        }
      }
    },
    close: () => {
      for (const session of sessions) session.close()
    },
  }
}

/** snmp-native has no GETBULK: work B is 15 GETs of 16, one after another, as its `getAll` does it. */
function snmpNative(port: number, work: Work): Poller {
  const session = new Session({ community: COMMUNITY, port, timeouts: [1000, 1000, 1000] })
  const list = work === 'A' ? SCALARS : BULKS.flatMap(bulk => bulk.expect)
  const oids = list.map(oid => oid.split('.').map(Number))
  return {
    name: 'snmp-native',
    poll: (device, finished) =>
      session.getAll({ host: addressOf(device), oids, abortOnError: true }, (error, varbinds) =>
        finished(error === null && varbinds?.length === oids.length),
      ),
    close: () => session.close(),
  }
}

/** µs of CPU a device poll, with IN_FLIGHT polls always under way. */
async function capacity(poller: Poller, polls: number): Promise<number> {
  await rounds(poller, Math.ceil(polls / 4))
  const before = process.cpuUsage()
  const incomplete = await rounds(poller, polls)
  const { user, system } = process.cpuUsage(before)
  if (incomplete > 0) throw new Error(`${poller.name}: ${incomplete} of ${polls} polls came back incomplete`)
  return (user + system) / polls
}

function rounds(poller: Poller, polls: number): Promise<number> {
  return new Promise(told => {
    let begun = 0
    let done = 0
    let incomplete = 0
    const next = (): void => {
      if (begun < polls) poller.poll(begun++ % DEVICES, finished)
    }
    const finished = (complete: boolean): void => {
      if (!complete) incomplete++
      if (++done === polls) told(incomplete)
      else next()
    }
    for (let k = 0; k < IN_FLIGHT; k++) next()
  })
}

/** µs on the machine where an empty ping-pong takes 6.6 (A). */
const GOALS: Readonly<Record<Work, number>> = { A: 9, B: 40 }

const POLLS: Readonly<Record<string, Readonly<Record<Work, number>>>> = {
  'ping-pong': { A: 40_000, B: 8_000 },
  ours: { A: 40_000, B: 8_000 },
  'net-snmp': { A: 8_000, B: 2_000 },
  'snmp-native': { A: 4_000, B: 400 },
}

/** Seconds until the last live device of 1,000 has answered: 20 ms away, one packet of a hundred lost, every twentieth dead. */
async function sweep(): Promise<number> {
  const count = 1000
  return devices({ devices: count, delay: 20, lost: 1, deadEvery: 20 }, async port => {
    const poller = await ours(port, 'A', count)
    const begun = performance.now()
    let last = 0
    await new Promise<void>(told => {
      let left = count
      for (let n = 0; n < count; n++) {
        poller.poll(n, complete => {
          if (complete) last = performance.now()
          if (--left === 0) told()
        })
      }
    })
    await poller.close()
    return (last - begun) / 1000
  })
}

const bench: Bench = {
  name: 'wire',
  async run() {
    const figures: { name: string; value: number; unit: string; goal?: number }[] = []
    await devices({ devices: DEVICES, delay: 0, lost: 0, deadEvery: 0 }, async port => {
      for (const work of ['A', 'B'] as const) {
        const pollers = await Promise.all([pingPong, ours, netSnmp, snmpNative].map(open => open(port, work, DEVICES)))
        // Taken in turns, so that what else the machine does meets them all.
        const runs = new Map(pollers.map(({ name }): [string, number[]] => [name, []]))
        for (let run = 0; run < RUNS; run++) {
          for (const poller of pollers) runs.get(poller.name)?.push(await capacity(poller, POLLS[poller.name]?.[work] ?? 1000))
        }
        for (const poller of pollers) await poller.close()
        const cost = (name: string): number => median(runs.get(name) ?? [])
        for (const { name } of pollers) {
          figures.push({ name: `${work} ${name}`, value: cost(name), unit: 'µs CPU/device', ...(name === 'ours' ? { goal: GOALS[work] } : {}) })
        }
        // Machines differ and are shared; how far above Node's own limit we are does not.
        figures.push({ name: `${work} ours / ping-pong`, value: cost('ours') / cost('ping-pong'), unit: '×', goal: 1.5 })
      }
    })
    figures.push({ name: 'sweep, last live of 1,000', value: await sweep(), unit: 's', goal: 1.2 })
    return figures
  },
}
export default bench

await main(import.meta, bench)
