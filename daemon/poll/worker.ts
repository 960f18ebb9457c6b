// The poller's thread: opens collectors from their shelf, runs the engine, and speaks with the handle on the main thread.
import { parentPort, workerData } from 'node:worker_threads'
import { because } from '../domain/because.ts'
import type { Log } from '../domain/call.ts'
import type { Collector, CollectorEntry } from '../domain/collector.ts'
import { done, type Outcome } from '../domain/outcome.ts'
import { openShelf } from '../shelf.ts'
import { buffersOf } from './batch.ts'
import { openEngine } from './engine.ts'
import type { FromWorker, ToWorker, WorkerData } from './messages.ts'
import { systemTime } from './time.ts'

const port = parentPort
if (port === null) throw new Error('this file is run as a thread by poller.ts')
const { options, collectors: folder, unstored, running } = workerData as WorkerData

const tell = (message: FromWorker, transfer: readonly ArrayBuffer[] = []) => port.postMessage(message, transfer)

// ---- log: lines go to the main thread, which has the file ----

const LEVELS = ['debug', 'info', 'warn', 'error'] as const

/** Errors keep their words and place; anything that cannot pass between threads becomes text. */
const passable = (fields: object): object =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => {
      if (value instanceof Error) return [name, { type: value.name, message: value.message, stack: value.stack }]
      return [name, typeof value === 'object' || typeof value === 'function' || typeof value === 'symbol' ? asText(value) : value]
    }),
  )
const asText = (value: unknown): unknown => {
  try {
    return structuredClone(value)
  } catch {
    return String(value)
  }
}
const makeLog = (bound: object): Log => {
  const [debug, info, warn, error] = LEVELS.map(
    level => (fields: object, message: string) => tell({ kind: 'log', level, fields: passable({ ...bound, ...fields }), message }),
  ) as [Log['debug'], Log['info'], Log['warn'], Log['error']]
  return { debug, info, warn, error, child: fields => makeLog({ ...bound, ...fields }) }
}
const log = makeLog({})

// ---- collectors: opened when the first device needs them ----

const isEntry = (value: unknown): value is CollectorEntry =>
  typeof value === 'object' &&
  value !== null &&
  'via' in value &&
  typeof value.via === 'string' &&
  'open' in value &&
  typeof value.open === 'function'

const shelf = openShelf(folder, isEntry)
const opened = new Map<string, Promise<Outcome<Collector>>>()
const inUse = new Map<string, Collector>()

async function openCollector(via: string): Promise<Outcome<Collector>> {
  const found = await shelf
  if (!found.ok) return because(found.failure.kind, { code: 'collector', via }, found.failure.message)
  const entry = await found.value.take(via)
  if (!entry.ok) return because(entry.failure.kind, { code: 'collector', via }, entry.failure.message)
  if (entry.value.via !== via) return because('invalid', { code: 'collector', via }, `the collector in ${via} says it is for ${entry.value.via}`)
  try {
    const collector = await entry.value.open({ ...options, log: log.child({ collector: via }) })
    inUse.set(via, collector)
    return done(collector)
  } catch (error) {
    log.error({ collector: via, error }, 'a collector could not be opened')
    const reason = error instanceof Error ? error.message : String(error)
    return because('refused', { code: 'collector', via }, `the ${via} collector could not be opened: ${reason}`)
  }
}

function open(via: string): Promise<Outcome<Collector>> {
  const opening = opened.get(via) ?? openCollector(via)
  opened.set(via, opening)
  // A failure is not kept: whoever comes next tries again.
  opening.then(
    outcome => {
      if (!outcome.ok) opened.delete(via)
    },
    () => opened.delete(via),
  )
  return opening
}

// ---- the engine ----

let tickets = 0
const registering = new Map<number, (nos: Outcome<Uint32Array>) => void>()

const engine = openEngine({
  time: systemTime,
  log,
  unstored,
  open,
  send: (batch, whys) => tell({ kind: 'batch', batch, whys }, buffersOf(batch)),
  discovered: (no, discovery, reason) =>
    new Promise(resolve => {
      const ticket = ++tickets
      registering.set(ticket, resolve)
      tell({ kind: 'discovered', no, ticket, discovery, reason })
    }),
  trouble: trouble => tell({ kind: 'trouble', trouble }),
  running: device => Atomics.store(running, 0, device ?? -1),
})

const report = () =>
  tell({
    kind: 'figures',
    figures: { ...engine.figures(), collectors: Object.fromEntries([...inUse].map(([via, collector]) => [via, { ...collector.counters() }])) },
  })
const heart = setInterval(report, 1000)

async function close(): Promise<void> {
  engine.close()
  clearInterval(heart)
  for (const [via, collector] of inUse) {
    try {
      await collector.close()
    } catch (error) {
      log.error({ collector: via, error }, 'a collector did not close')
    }
  }
  report()
  tell({ kind: 'closed' })
}

/** An answer that cannot come is a bug and is logged; whoever waits is told by the handle's own deadline. */
const answer = <T>(work: Promise<T>, message: (value: T) => FromWorker) =>
  work.then(
    value => tell(message(value)),
    (error: unknown) => log.error({ error }, 'a request to the poller failed in an unforeseen way'),
  )

port.on('message', (message: ToWorker) => {
  switch (message.kind) {
    case 'adopt':
      engine.adopt(message.no, message.target, message.known)
      break
    case 'remove':
      engine.remove(message.no)
      break
    case 'pollNow':
      void answer(engine.pollNow(message.no), value => ({ kind: 'polled', ticket: message.ticket, answer: value }))
      break
    case 'rediscover':
      void answer(engine.rediscover(message.no), value => ({ kind: 'rediscovered', ticket: message.ticket, points: value }))
      break
    case 'registered':
      registering.get(message.ticket)?.(message.nos)
      registering.delete(message.ticket)
      break
    case 'stored':
      engine.stored()
      break
    case 'close':
      void close()
      break
  }
})
