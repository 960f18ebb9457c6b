// The poller's handle on the main thread: starts the thread, hands its readings on one batch at a time, and starts it anew when it falls.
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { Clock, Log } from '../domain/call.ts'
import type { Discovery, Target } from '../domain/collector.ts'
import { failed, type Outcome } from '../domain/outcome.ts'
import type { Batch } from '../domain/reading.ts'
import type { DiscoveryReason, Figures, FromWorker, Known, PollAnswer, PollOptions, ToWorker, Trouble, WorkerData } from './messages.ts'
import { backOff } from './schedule.ts'
import { addTotals, NO_FIGURES } from './totals.ts'

export type { DiscoveryReason, Figures, Known, PollAnswer, PollOptions, Trouble } from './messages.ts'

export interface PollerOptions {
  readonly log: Log
  readonly clock: Clock
  readonly options: PollOptions
  /** Folder of the collectors' shelf; ours when left out. */
  readonly collectors?: string
  /** Batches that may wait for the store at once; more, and polling slows. */
  readonly unstored?: number
  /** Called one at a time in order; polling goes on when it resolves. A rejection is told and tried again until it succeeds: nothing is dropped. */
  readonly onBatch: (batch: Batch) => Promise<void>
  /** Registers what was found and gives the points' numbers, parallel to `discovery.points`. A rejection is told; the look is repeated later. */
  readonly onDiscovered: (device: number, discovery: Discovery, reason: DiscoveryReason) => Promise<Uint32Array>
  readonly onTrouble: (trouble: Trouble) => void
}

export interface Poller {
  /** Polls at once when points are known, else looks first. A device adopted again is asked at its new address. */
  adopt(device: number, target: Target, known: Known | null): void
  remove(device: number): void
  /** Resolves when the readings are stored. `notFound`, `busy` (nothing known yet), `timeout`, `cancelled`. */
  pollNow(device: number): Promise<Outcome<PollAnswer>>
  /** Gives the number of points found. */
  rediscover(device: number): Promise<Outcome<number>>
  /** What the last failed poll of a device said, for people; null when it answers. */
  why(device: number): string | null
  figures(): Figures
  /** Resolves when the last readings are stored and the thread is gone. */
  close(): Promise<void>
}

const OURS = fileURLToPath(new URL('../../collectors/', import.meta.url))
/** The thread shows every second that it lives; after so many seconds of silence it is ended and started anew. */
const SILENCE = 20
const RESTART = { first: 1000, longest: 30_000 }
const STORE = { first: 500, longest: 10_000 }
/** Whoever waits for an answer of the thread waits no longer, ms. */
const PATIENCE = 130_000
const CLOSING = 5000
/** MB: thousands of devices with hundreds of points each stay far below; a leak ends in a restart, not in the machine's memory. */
const HEAP = 768

interface Adopted {
  readonly target: Target
  known: Known | null
}

export function openPoller({ log, clock, options, collectors = OURS, unstored = 4, onBatch, onDiscovered, onTrouble }: PollerOptions): Poller {
  const adopted = new Map<number, Adopted>()
  const whys = new Map<number, string>()
  const waiting = new Map<number, (answer: Outcome<never>) => void>()
  const answers = new Map<number, (answer: unknown) => void>()
  let past = NO_FIGURES
  let present = NO_FIGURES
  let tickets = 0
  let restarts = 0
  let silence = 0
  let closing = false
  let running = true
  let worker = start()
  /** Batches in order, one at a time, and what must be told only after them. */
  let road: Promise<void> = Promise.resolve()

  const trouble = (code: Trouble['code'], device: number | null, message: string) => onTrouble({ at: clock(), code, device, message })
  const send = (message: ToWorker, to = worker) => to.postMessage(message)
  const afterBatches = (work: () => void | Promise<void>) => {
    road = road.then(work).catch((error: unknown) => log.error({ error }, 'the road of readings stumbled in an unforeseen way'))
  }

  function start(): Worker {
    const file = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url)
    const data: WorkerData = { options, collectors, unstored }
    const started = new Worker(file, { name: 'poller', workerData: data, resourceLimits: { maxOldGenerationSizeMb: HEAP } })
    let reason = 'it ended without a word'
    silence = 0
    started.on('message', (message: FromWorker) => hear(message, started))
    started.on('error', (error: unknown) => {
      reason = error instanceof Error ? error.message : String(error)
      log.error({ error }, 'the poller thread failed')
    })
    started.on('exit', () => fell(reason))
    return started
  }

  function fell(reason: string): void {
    running = false
    past = addTotals(past, present)
    present = NO_FIGURES
    for (const [ticket, tell] of waiting) {
      waiting.delete(ticket)
      tell(failed('cancelled', closing ? 'the poller was closed' : 'the poller was started anew', !closing))
    }
    answers.clear()
    if (closing) return
    restarts++
    trouble('crashed', null, `the poller thread fell (${reason}) and is started anew; readings of at most a tenth of a second were lost`)
    setTimeout(
      () => {
        if (closing) return
        worker = start()
        running = true
        for (const [device, { target, known }] of adopted) send({ kind: 'adopt', no: device, target, known })
      },
      backOff(restarts, RESTART, Math.random()),
    ).unref()
  }

  const heartbeat = setInterval(() => {
    if (++silence < SILENCE || closing) return
    silence = 0
    trouble('hung', null, `the poller thread has not moved for ${SILENCE} s and is ended`)
    end(worker)
  }, 1000)
  heartbeat.unref()

  function end(thread: Worker): void {
    thread.terminate().catch((error: unknown) => log.error({ error }, 'the poller thread could not be ended'))
  }

  function hear(message: FromWorker, from: Worker): void {
    switch (message.kind) {
      case 'batch':
        afterBatches(() => handOn(message, from))
        break
      case 'discovered':
        void register(message, from)
        break
      case 'polled':
        afterBatches(() => answers.get(message.ticket)?.(message.answer))
        break
      case 'rediscovered':
        answers.get(message.ticket)?.(message.points)
        break
      case 'figures':
        silence = 0
        if (message.figures.polls > 0) restarts = 0
        present = message.figures
        break
      case 'trouble':
        onTrouble(message.trouble)
        break
      case 'log':
        log[message.level](message.fields, message.message)
        break
      case 'closed':
        end(from)
        break
    }
  }

  async function handOn({ batch, whys: changes }: Extract<FromWorker, { kind: 'batch' }>, from: Worker): Promise<void> {
    for (const [device, why] of changes) {
      if (why === null) whys.delete(device)
      else if (adopted.has(device)) whys.set(device, why)
    }
    await store(batch)
    if (from === worker) send({ kind: 'stored', sequence: batch.sequence })
  }

  async function store(batch: Batch): Promise<void> {
    for (let failures = 0; ; ) {
      try {
        return await onBatch(batch)
      } catch (error) {
        failures++
        log.error({ error, sequence: batch.sequence, failures }, 'a batch of readings was not stored and is tried again')
        if (failures === 1) trouble('store', null, `readings are not stored: ${error instanceof Error ? error.message : String(error)}`)
        if (closing && failures >= 3) {
          log.error({ sequence: batch.sequence, readings: batch.points.length }, 'a batch of readings is lost: it could not be stored before the end')
          return
        }
        await new Promise(resolve => setTimeout(resolve, backOff(failures, STORE, Math.random())))
      }
    }
  }

  async function register({ no, ticket, discovery, reason }: Extract<FromWorker, { kind: 'discovered' }>, from: Worker): Promise<void> {
    let nos: Outcome<Uint32Array>
    try {
      nos = { ok: true, value: await onDiscovered(no, discovery, reason) }
      const device = adopted.get(no)
      if (device !== undefined && discovery.points.length > 0) device.known = { points: discovery.points, nos: nos.value }
    } catch (error) {
      log.error({ device: no, error }, 'what was found could not be registered')
      nos = failed('invalid', `what was found could not be registered: ${error instanceof Error ? error.message : String(error)}`)
    }
    if (from === worker) send({ kind: 'registered', ticket, nos })
  }

  function request<T>(message: (ticket: number) => ToWorker): Promise<Outcome<T>> {
    if (closing) return Promise.resolve(failed('cancelled', 'the poller was closed'))
    if (!running) return Promise.resolve(failed('busy', 'the poller is being started anew'))
    const ticket = ++tickets
    return new Promise(resolve => {
      const end = (answer: Outcome<T>) => {
        clearTimeout(deadline)
        waiting.delete(ticket)
        answers.delete(ticket)
        resolve(answer)
      }
      const deadline = setTimeout(() => end(failed('timeout', 'the poller did not answer in time')), PATIENCE)
      waiting.set(ticket, end)
      answers.set(ticket, answer => end(answer as Outcome<T>))
      send(message(ticket))
    })
  }

  return {
    adopt(device, target, known) {
      adopted.set(device, { target, known })
      send({ kind: 'adopt', no: device, target, known })
    },
    remove(device) {
      adopted.delete(device)
      whys.delete(device)
      send({ kind: 'remove', no: device })
    },
    pollNow: device => request<PollAnswer>(ticket => ({ kind: 'pollNow', no: device, ticket })),
    rediscover: device => request<number>(ticket => ({ kind: 'rediscover', no: device, ticket })),
    why: device => whys.get(device) ?? null,
    figures: () => addTotals(past, present),
    async close() {
      if (closing) return road
      closing = true
      clearInterval(heartbeat)
      const ended = new Promise<void>(resolve => worker.once('exit', () => resolve()))
      send({ kind: 'close' })
      const impatience = setTimeout(() => end(worker), CLOSING)
      await ended
      clearTimeout(impatience)
      await road
    },
  }
}
