// The paper room: papers go in as data and come out as PDF, one at a time, set in a thread that begins with the first and ends when nobody asks.
import { Worker } from 'node:worker_threads'
import type { Log } from '../domain/call.ts'
import { failed, type Outcome } from '../domain/outcome.ts'
import type { Paper, PrintedPaper } from '../domain/paper.ts'
import type { FromPress, ToPress } from './messages.ts'

export interface PaperOptions {
  readonly log: Log
  /** Milliseconds a paper may take once it is its turn. */
  readonly deadline?: number
  /** Papers that may wait. */
  readonly queue?: number
  /** Milliseconds without a paper after which the thread ends and gives its memory back. */
  readonly idle?: number
}

export interface PaperRoom {
  /**
   * `full`: too many are waiting; `timeout`: it took too long, and was given up; `invalid`: the paper itself is at fault;
   * `cancelled`: the room was closed.
   */
  render(paper: Paper): Promise<Outcome<PrintedPaper>>
  /** What waits is cancelled; resolves when the thread is gone. */
  close(): Promise<void>
}

interface Job {
  readonly no: number
  readonly paper: Paper
  readonly resolve: (outcome: Outcome<PrintedPaper>) => void
}

/** MB: a report of hundreds of pages stays far below. What is young is nearly all of it: with less room it is swept over and over. */
const HEAP = 256
const YOUNG = 24

export function openPaper({ log, deadline = 20_000, queue: most = 64, idle = 20_000 }: PaperOptions): PaperRoom {
  const queue: Job[] = []
  let running: { readonly job: Job; readonly timer: NodeJS.Timeout } | null = null
  let worker: Worker | null = null
  let rest: NodeJS.Timeout | null = null
  let count = 0
  let closed = false

  const start = (): Worker => {
    const file = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url)
    const started = new Worker(file, { name: 'paper', resourceLimits: { maxOldGenerationSizeMb: HEAP, maxYoungGenerationSizeMb: YOUNG } })
    // It keeps nobody from ending.
    started.unref()
    started.on('message', (message: FromPress) => {
      if (message.kind === 'fault') log.error({ reason: message.reason }, 'a paper could not be set')
      settle(
        message.no,
        message.kind === 'printed' ? message.outcome : failed('invalid', `the paper could not be set: ${message.reason}. The log has more.`),
      )
    })
    started.on('error', (error: unknown) => log.error({ error }, 'the paper thread failed'))
    started.on('exit', () => {
      if (worker !== started) return
      worker = null
      if (running) settle(running.job.no, failed('invalid', 'the thread that sets papers fell over this one; the log says why'))
    })
    return started
  }

  const end = async (): Promise<void> => {
    const going = worker
    worker = null
    if (going !== null) await going.terminate()
  }
  const endSoon = () => end().catch((error: unknown) => log.error({ error }, 'the paper thread could not be ended'))

  const settle = (no: number, outcome: Outcome<PrintedPaper>) => {
    if (running?.job.no !== no) return
    const { job, timer } = running
    clearTimeout(timer)
    running = null
    job.resolve(outcome)
    next()
  }

  const next = () => {
    if (running !== null) return
    const job = queue.shift()
    if (job === undefined) {
      rest = setTimeout(() => void endSoon().then(() => log.debug({}, 'the paper thread ended: nobody asks')), idle).unref()
      return
    }
    if (rest !== null) clearTimeout(rest)
    rest = null
    worker ??= start()
    const timer = setTimeout(() => {
      log.error({ title: job.paper.title, deadline }, 'a paper took too long and was given up')
      void endSoon()
      settle(job.no, failed('timeout', `the paper was not set within ${deadline / 1000} s`))
    }, deadline)
    running = { job, timer }
    worker.postMessage({ no: job.no, paper: job.paper } satisfies ToPress)
  }

  return {
    render: paper => {
      if (closed) return Promise.resolve(failed('cancelled', 'no more papers are set: the daemon is stopping'))
      if (queue.length >= most) return Promise.resolve(failed('full', `${most} papers are waiting to be set; try again shortly`))
      return new Promise(resolve => {
        queue.push({ no: ++count, paper, resolve })
        next()
      })
    },
    async close() {
      closed = true
      if (rest !== null) clearTimeout(rest)
      const stopped = failed('cancelled', 'the daemon is stopping')
      for (const job of queue.splice(0)) job.resolve(stopped)
      if (running !== null) {
        clearTimeout(running.timer)
        running.job.resolve(stopped)
        running = null
      }
      await end()
    },
  }
}
