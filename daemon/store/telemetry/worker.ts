// The telemetry thread: appends in groups, upkeep a few milliseconds at a time, histories one series after the other.
import { parentPort, workerData } from 'node:worker_threads'
import type { Series } from '../../domain/history.ts'
import { done } from '../../domain/outcome.ts'
import { failureOf } from '../fault.ts'
import { type Engine, openEngine } from './engine.ts'
import { SECOND } from './grid.ts'
import type { Appended, Opening, Report, Request } from './messages.ts'

/** How often upkeep gets its turn, and how long it may take: 4 % of the thread, so that appends hardly wait. */
const UPKEEP_EVERY = 250
const BUDGET = 10

const port = parentPort
if (port === null) throw new Error('worker.ts is run by telemetry.ts, in a thread')

const say = (report: Report): void => port.postMessage(report)
const opening = workerData as Opening
const opened = openEngine({
  ...opening,
  moment: () => ({ now: Date.now(), steady: performance.now() }),
  log: message => say({ kind: 'log', message }),
})
say({ kind: 'opened', outcome: opened.ok ? done(null) : opened })
if (opened.ok) run(opened.value)
else port.close()

function run(engine: Engine): void {
  if (port === null) return
  let waiting: Appended[] = []
  let closing = false

  /** One write for all appends that had come in meanwhile; only then are they acknowledged. */
  const flush = (): void => {
    const results = waiting
    waiting = []
    const failure = engine.flush()
    say({ kind: 'appended', results: failure === null ? results : results.map(({ id, failure: own }) => ({ id, failure: own ?? failure })) })
  }

  const history = async ({ id, points, from, to, buckets }: Extract<Request, { kind: 'history' }>): Promise<void> => {
    try {
      const planned = engine.plan(points, from, to, buckets)
      if (!planned.ok) return say({ kind: 'history', id, outcome: planned })
      const series: Series[] = []
      for (const point of points) {
        if (closing) return
        series.push(engine.series(planned.value, point))
        // Appends that came in meanwhile go first.
        await new Promise(resolve => setImmediate(resolve))
      }
      say({ kind: 'history', id, outcome: done({ from, to, step: planned.value.step, series }) })
    } catch (error) {
      const failure = failureOf(error)
      if (failure === null) throw error
      say({ kind: 'history', id, outcome: { ok: false, failure } })
    }
  }

  const upkeep = setInterval(() => engine.tick(BUDGET), UPKEEP_EVERY)
  const each = setInterval(() => {
    engine.sync()
    say({ kind: 'figures', figures: engine.figures() })
  }, SECOND)

  const close = (): void => {
    closing = true
    clearInterval(upkeep)
    clearInterval(each)
    if (waiting.length > 0) flush()
    engine.close()
    port.close()
  }

  port.on('message', (request: Request) => {
    if (request.kind === 'append') {
      if (waiting.length === 0) setImmediate(() => closing || flush())
      waiting.push({ id: request.id, failure: engine.append(request.readings) })
    } else if (request.kind === 'history') {
      history(request).catch((error: unknown) => {
        // A bug: let the thread die of it, loudly; it is started again.
        setImmediate(() => {
          throw error
        })
      })
    } else if (request.kind === 'latest') say({ kind: 'latest', id: request.id, readings: engine.latest(request.points ?? undefined) })
    else close()
  })
  say({ kind: 'figures', figures: engine.figures() })
}
