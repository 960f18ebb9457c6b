// The poller's handle on the main thread: starts the thread, hands its readings on one batch at a time, and starts it anew when it falls.
import { fileURLToPath } from 'node:url'
import type { Clock, Log } from '../domain/call.ts'
import type { Discovery, Target } from '../domain/collector.ts'
import { failed, type Outcome } from '../domain/outcome.ts'
import type { Batch } from '../domain/reading.ts'
import type { Why } from '../domain/why.ts'
import { whyText } from '../domain/words/why-words.ts'
import type { DiscoveryReason, Figures, FromWorker, Known, PollAnswer, PollOptions, ToWorker, Trouble } from './messages.ts'
import { backOff } from './schedule.ts'
import { openThread } from './thread.ts'
import { addTotals, NO_FIGURES } from './totals.ts'

export type { Trouble } from './messages.ts'

export interface PollerOptions {
  readonly log: Log
  readonly clock: Clock
  readonly options: PollOptions
  /** Folder of the collectors' shelf; ours when left out. */
  readonly collectors?: string
  /** Batches that may wait for the store at once; more, and polling slows. */
  readonly unstored?: number
  /** The thread shows every second that it lives; after so many seconds of silence it is ended and started anew. */
  readonly silence?: number
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
  /** Why the last poll of a device failed; null when it answers. */
  why(device: number): Why | null
  figures(): Figures
  /** Resolves when the last readings are stored and the thread is gone. */
  close(): Promise<void>
}

const OURS = fileURLToPath(new URL('../../collectors/', import.meta.url))
const STORE = { first: 500, longest: 10_000 }
/** Between the last tries when all closes: nobody waits then until there is space on a disk, ms. */
const LAST_TRIES = 100
/** Whoever waits for an answer of the thread waits no longer, ms. */
const PATIENCE = 130_000
/** For the thread to end by itself, ms; what stops a service grants all of it five seconds. */
const CLOSING = 3000
/** A device that was being asked when the thread fell so many times is asked no more: one bad device must not keep down all others. */
const BLAME = 2

interface Adopted {
  readonly target: Target
  known: Known | null
}

export function openPoller({
  log,
  clock,
  options,
  collectors = OURS,
  unstored = 4,
  silence = 20,
  onBatch,
  onDiscovered,
  onTrouble,
}: PollerOptions): Poller {
  const adopted = new Map<number, Adopted>()
  const whys = new Map<number, Why>()
  const waiting = new Map<number, (answer: Outcome<never>) => void>()
  const answers = new Map<number, (answer: unknown) => void>()
  let past = NO_FIGURES
  let present = NO_FIGURES
  let tickets = 0
  let closing = false
  const ending = Promise.withResolvers<void>()
  /** Times each device was being asked when the thread hung or fell. */
  const blame = new Map<number, number>()
  /** Batches in order, one at a time, and what must be told only after them. */
  let road: Promise<void> = Promise.resolve()

  const trouble = (code: Trouble['code'], device: number | null, why: Why, message: string) => onTrouble({ at: clock(), code, device, why, message })
  const afterBatches = (work: () => void | Promise<void>) => {
    road = road.then(work).catch((error: unknown) => log.error({ error }, 'the road of readings stumbled in an unforeseen way'))
  }

  const thread = openThread({
    log,
    data: { options, collectors, unstored },
    silence,
    hear,
    hung: () => trouble('hung', null, { code: 'hung', seconds: silence }, `the poller thread has not moved for ${silence} s and is ended`),
    fell,
    risen() {
      for (const [device, { target, known }] of adopted) {
        if ((blame.get(device) ?? 0) < BLAME) thread.send({ kind: 'adopt', no: device, target, known })
      }
    },
  })

  function fell(reason: string, suspect: number | null): void {
    past = addTotals(past, present)
    present = NO_FIGURES
    for (const [ticket, tell] of waiting) {
      waiting.delete(ticket)
      tell(failed('cancelled', closing ? 'the poller was closed' : 'the poller was started anew', !closing))
    }
    answers.clear()
    if (closing) return
    trouble(
      'crashed',
      null,
      { code: 'fell' },
      `the poller thread fell (${reason}) and is started anew; readings of at most a tenth of a second were lost`,
    )
    if (suspect === null) return
    const times = (blame.get(suspect) ?? 0) + 1
    blame.set(suspect, times)
    if (times < BLAME) return
    const why: Why = { code: 'blamed', times }
    whys.set(suspect, why)
    trouble('errand', suspect, why, whyText(why, 'en'))
  }

  function hear(message: FromWorker, from: number): void {
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
        thread.beat(message.figures.polls > 0)
        present = message.figures
        break
      case 'trouble':
        onTrouble(message.trouble)
        break
      case 'log':
        log[message.level](message.fields, message.message)
        break
      case 'closed':
        if (from === thread.generation) thread.end()
        break
    }
  }

  async function handOn({ batch, whys: changes }: Extract<FromWorker, { kind: 'batch' }>, from: number): Promise<void> {
    for (const [device, why] of changes) {
      if (why === null) whys.delete(device)
      else if (adopted.has(device)) whys.set(device, why)
    }
    await store(batch)
    if (from === thread.generation) thread.send({ kind: 'stored', sequence: batch.sequence })
  }

  async function store(batch: Batch): Promise<void> {
    for (let failures = 0; ; ) {
      try {
        return await onBatch(batch)
      } catch (error) {
        failures++
        log.error({ error, sequence: batch.sequence, failures }, 'a batch of readings was not stored and is tried again')
        if (failures === 1)
          trouble('store', null, { code: 'notStored' }, `readings are not stored: ${error instanceof Error ? error.message : String(error)}`)
        if (closing && failures >= 3) {
          log.error({ sequence: batch.sequence, readings: batch.points.length }, 'a batch of readings is lost: it could not be stored before the end')
          return
        }
        const pause = new Promise<void>(resolve => void setTimeout(resolve, closing ? LAST_TRIES : backOff(failures, STORE, Math.random())))
        await (closing ? pause : Promise.race([pause, ending.promise]))
      }
    }
  }

  async function register({ no, ticket, discovery, reason }: Extract<FromWorker, { kind: 'discovered' }>, from: number): Promise<void> {
    let nos: Outcome<Uint32Array>
    try {
      nos = { ok: true, value: await onDiscovered(no, discovery, reason) }
      const device = adopted.get(no)
      if (device !== undefined && discovery.points.length > 0) device.known = { points: discovery.points, nos: nos.value }
    } catch (error) {
      log.error({ device: no, error }, 'what was found could not be registered')
      nos = failed('invalid', `what was found could not be registered: ${error instanceof Error ? error.message : String(error)}`)
    }
    if (from === thread.generation) thread.send({ kind: 'registered', ticket, nos })
  }

  function request<T>(message: (ticket: number) => ToWorker): Promise<Outcome<T>> {
    if (closing) return Promise.resolve(failed('cancelled', 'the poller was closed'))
    if (!thread.running) return Promise.resolve(failed('busy', 'the poller is being started anew'))
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
      thread.send(message(ticket))
    })
  }

  return {
    adopt(device, target, known) {
      adopted.set(device, { target, known })
      blame.delete(device)
      thread.send({ kind: 'adopt', no: device, target, known })
    },
    remove(device) {
      adopted.delete(device)
      whys.delete(device)
      blame.delete(device)
      thread.send({ kind: 'remove', no: device })
    },
    pollNow: device => request<PollAnswer>(ticket => ({ kind: 'pollNow', no: device, ticket })),
    rediscover: device => request<number>(ticket => ({ kind: 'rediscover', no: device, ticket })),
    why: device => whys.get(device) ?? null,
    figures: () => addTotals(past, present),
    async close() {
      if (closing) return road
      closing = true
      ending.resolve()
      await thread.close(CLOSING)
      await road
    },
  }
}
