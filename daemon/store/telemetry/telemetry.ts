// The telemetry hot store as the house sees it: a thread of its own behind a few promises.
import { Worker } from 'node:worker_threads'
import type { Log } from '../../domain/call.ts'
import type { History } from '../../domain/history.ts'
import { done, type Failure, failed, type Outcome } from '../../domain/outcome.ts'
import type { PointNo } from '../../domain/point.ts'
import { StoreFault } from '../fault.ts'
import type { Figures, Readings } from './engine.ts'
import { SECOND } from './grid.ts'
import { LIMITS, type Limits, RETENTION, type Retention } from './limits.ts'
import type { Opening, Report, Request } from './messages.ts'

interface TelemetryFigures extends Figures {
  /** Readings handed over and not acknowledged yet. */
  readonly behind: number
  /** Readings acknowledged since the start. */
  readonly appended: number
}

export interface Telemetry {
  /**
   * Resolves when the readings are in the journal: kill -9 loses none of them (a power cut at most the last second).
   * Rejects with StoreFault. `full` without retry: they are in memory only, and are written when there is space; do not send
   * them again. `full` with retry: refused, memory is used up too. `invalid`: a bug of the sender. `busy`: the thread is starting again.
   */
  append(readings: Readings): Promise<void>
  /** At most `buckets` rows a series; the readings themselves when they are so few. `invalid` for an empty span. */
  history(points: readonly PointNo[], from: number, to: number, buckets: number): Promise<Outcome<History>>
  /** Newest reading of each series, by its own time; of all series when none are named. */
  latest(points?: readonly PointNo[]): Promise<Readings>
  /** As of the last second. */
  stats(): TelemetryFigures
  /** Waits a few seconds for the last readings to be in the journal; a thread that hangs is left behind, and the log says so. */
  close(): Promise<void>
}

export interface TelemetryOptions {
  /** Folder for it alone, inside the locked data folder; made when missing. */
  readonly folder: string
  readonly log: Log
  /** Milliseconds each resolution is kept; default readings 7 days, minutes 90 days, quarters 5 years. */
  readonly retention?: Partial<Retention>
  readonly limits?: Partial<Limits>
}

/** MB for what is young; V8's own choice, 48, only lets garbage pile up in memory that short-lived readings never need. */
const YOUNG = 12
const START_AGAIN_AFTER = SECOND
/** For the thread to write what waits and to close its files. */
const CLOSING = 3 * SECOND
const STOPPED = failed('busy', 'The telemetry thread stopped and is being started again; readings not acknowledged were not taken.').failure
const CLOSED = failed('cancelled', 'The telemetry store is closed.').failure
/** Sources run as they are; the compiled house has .js beside .js. */
const WORKER = import.meta.url.endsWith('.ts') ? new URL('./worker.ts', import.meta.url) : new URL('./worker.js', import.meta.url)

interface Waiting {
  /** Readings, for `behind`. */
  readonly weight: number
  settle(report: Report | Failure | null): void
}

/** `conflict`: of a newer Suar; `garbage`: damaged; `full`, `forbidden`: the disk. */
export async function openTelemetry({ folder, log, retention, limits }: TelemetryOptions): Promise<Outcome<Telemetry>> {
  const opening: Opening = { folder, retention: { ...RETENTION, ...retention }, limits: { ...LIMITS, ...limits } }
  const waiting = new Map<number, Waiting>()
  let figures: Figures = { series: 0, open: 0, journalBytes: 0, diskBytes: 0, troubles: [] }
  let worker: Worker | null = null
  let lastId = 0
  let behind = 0
  let appended = 0
  let closing = false
  let restart: NodeJS.Timeout | undefined

  const settle = (id: number, result: Report | Failure | null): void => {
    const one = waiting.get(id)
    if (one === undefined) return
    waiting.delete(id)
    behind -= one.weight
    one.settle(result)
  }

  const hear = (report: Report): void => {
    if (report.kind === 'appended') for (const { id, failure } of report.results) settle(id, failure)
    else if (report.kind === 'history' || report.kind === 'latest') settle(report.id, report)
    else if (report.kind === 'figures') figures = report.figures
    else if (report.kind === 'log') log.warn({}, report.message)
  }

  /** Starts the thread; what it says when it has opened its files. */
  const start = (): Promise<Outcome<null>> =>
    new Promise(resolve => {
      const thread = new Worker(WORKER, { name: 'telemetry', workerData: opening, resourceLimits: { maxYoungGenerationSizeMb: YOUNG } })
      thread.on('message', (report: Report) => {
        if (report.kind !== 'opened') return hear(report)
        // Closed while it was starting again: nobody else would end it.
        if (closing) thread.postMessage({ kind: 'close' } satisfies Request)
        else if (report.outcome.ok) worker = thread
        resolve(report.outcome)
      })
      thread.on('error', error => log.error({ err: error }, 'telemetry thread failed'))
      thread.on('exit', () => {
        resolve({ ok: false, failure: STOPPED })
        if (worker !== thread) return
        worker = null
        for (const id of [...waiting.keys()]) settle(id, closing ? CLOSED : STOPPED)
        if (closing) return
        figures = { ...figures, troubles: [STOPPED.message] }
        startAgain()
      })
    })

  const startAgain = (): void => {
    restart = setTimeout(() => {
      start().then(
        outcome => {
          if (outcome.ok || closing) return
          figures = { ...figures, troubles: [outcome.failure.message] }
          startAgain()
        },
        (error: unknown) => log.error({ err: error }, 'telemetry thread does not start'),
      )
    }, START_AGAIN_AFTER)
  }

  const first = await start()
  if (!first.ok) return first

  const ask = (request: (id: number) => Request, weight: number, settled: (result: Report | Failure | null) => void): void => {
    if (closing || worker === null) {
      settled(closing ? CLOSED : STOPPED)
      return
    }
    const id = ++lastId
    waiting.set(id, { weight, settle: settled })
    behind += weight
    worker.postMessage(request(id))
  }

  return done({
    append: readings =>
      new Promise((resolve, reject) => {
        const weight = readings.points.length
        // Copied by the message: alarms and the live stream use the same columns.
        ask(
          id => ({ kind: 'append', id, readings: { points: readings.points, values: readings.values, at: readings.at } }),
          weight,
          result => {
            if (result !== null) return reject(new StoreFault(isFailure(result) ? result : STOPPED))
            appended += weight
            resolve()
          },
        )
      }),

    history: (points, from, to, buckets) =>
      new Promise(resolve =>
        ask(
          id => ({ kind: 'history', id, points, from, to, buckets }),
          0,
          result => resolve(result === null || isFailure(result) ? { ok: false, failure: result ?? STOPPED } : answerOf(result)),
        ),
      ),

    latest: points =>
      new Promise((resolve, reject) =>
        ask(
          id => ({ kind: 'latest', id, points: points ?? null }),
          0,
          result => (result !== null && !isFailure(result) && result.kind === 'latest' ? resolve(result.readings) : reject(new StoreFault(STOPPED))),
        ),
      ),

    stats: () => ({ ...figures, behind, appended }),

    async close() {
      closing = true
      clearTimeout(restart)
      const thread = worker
      if (thread === null) return
      const gone = Promise.withResolvers<boolean>()
      thread.once('exit', () => gone.resolve(true))
      thread.postMessage({ kind: 'close' } satisfies Request)
      const patience = setTimeout(() => gone.resolve(false), CLOSING)
      const ended = await gone.promise
      clearTimeout(patience)
      if (ended) return
      log.error(
        { seconds: CLOSING / SECOND, behind },
        'the telemetry thread does not end and is left behind: what it has acknowledged is in the journal, what it has not is lost',
      )
      for (const id of [...waiting.keys()]) settle(id, CLOSED)
      // A disk that hangs does not let go of it. Nobody waits for that; it holds up the end of the process no more than it must.
      thread.unref()
      thread.terminate().catch((error: unknown) => log.error({ err: error }, 'the telemetry thread could not be ended'))
    },
  })
}

const isFailure = (result: Report | Failure): result is Failure => 'retry' in result

const answerOf = (report: Report): Outcome<History> => (report.kind === 'history' ? report.outcome : { ok: false, failure: STOPPED })
