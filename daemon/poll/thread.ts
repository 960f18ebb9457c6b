// The poller's thread under supervision: started, listened to for its heartbeat, ended when it hangs, and started anew when it falls.
import { Worker } from 'node:worker_threads'
import type { Log } from '../domain/call.ts'
import type { FromWorker, ToWorker, WorkerData } from './messages.ts'
import { backOff } from './schedule.ts'

export interface ThreadOptions {
  readonly log: Log
  readonly data: Omit<WorkerData, 'running'>
  /** Seconds without a heartbeat after which the thread counts as hung. */
  readonly silence: number
  readonly hear: (message: FromWorker, generation: number) => void
  /** It hangs and is about to be ended. */
  readonly hung: () => void
  /** It is gone. `suspect`: the device whose code was running, null when it was none. */
  readonly fell: (reason: string, suspect: number | null) => void
  /** It was started anew and knows nothing. */
  readonly risen: () => void
}

export interface Thread {
  /** Grows with every start: an answer to an earlier thread's message must not reach a later one. */
  readonly generation: number
  readonly running: boolean
  send(message: ToWorker): void
  /** A sign of life; `working` ends the count of falls in a row. */
  beat(working: boolean): void
  /** Resolves when the thread is gone; it is given `patience` ms to end by itself. */
  close(patience: number): Promise<void>
  end(): void
}

const RESTART = { first: 1000, longest: 30_000 }
/** MB for what is young; V8's own choice, 48, only lets garbage pile up in memory that short-lived readings never need. */
const YOUNG = 12
/** MB: thousands of devices with hundreds of points each stay far below; a leak ends in a restart, not in the machine's memory. */
const HEAP = 768
const NOBODY = -1

export function openThread({ log, data, silence, hear, hung, fell, risen }: ThreadOptions): Thread {
  const mark = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
  let generation = 0
  let running = true
  let falls = 0
  let quiet = 0
  let closing = false
  let worker = start()

  function start(): Worker {
    const mine = ++generation
    quiet = 0
    Atomics.store(mark, 0, NOBODY)
    const file = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url)
    const workerData: WorkerData = { ...data, running: mark }
    const started = new Worker(file, {
      name: 'poller',
      workerData,
      resourceLimits: { maxOldGenerationSizeMb: HEAP, maxYoungGenerationSizeMb: YOUNG },
    })
    let reason = 'it ended without a word'
    started.on('message', (message: FromWorker) => hear(message, mine))
    started.on('error', (error: unknown) => {
      reason = error instanceof Error ? error.message : String(error)
      log.error({ error }, 'the poller thread failed')
    })
    started.on('exit', () => gone(reason))
    return started
  }

  function gone(reason: string): void {
    running = false
    const suspect = Atomics.load(mark, 0)
    fell(reason, suspect === NOBODY ? null : suspect)
    if (closing) return
    falls++
    setTimeout(
      () => {
        if (closing) return
        worker = start()
        running = true
        risen()
      },
      backOff(falls, RESTART, Math.random()),
    ).unref()
  }

  function end(): void {
    worker.terminate().catch((error: unknown) => log.error({ error }, 'the poller thread could not be ended'))
  }

  // Counted in our own seconds: after a suspended machine wakes, the thread gets as many to show that it lives.
  const heartbeat = setInterval(() => {
    if (++quiet < silence || closing || !running) return
    quiet = 0
    hung()
    end()
  }, 1000)
  heartbeat.unref()

  return {
    get generation() {
      return generation
    },
    get running() {
      return running
    },
    send: message => worker.postMessage(message),
    beat(working) {
      quiet = 0
      if (working) falls = 0
    },
    async close(patience) {
      closing = true
      clearInterval(heartbeat)
      if (!running) return
      const ended = new Promise<void>(resolve => worker.once('exit', () => resolve()))
      worker.postMessage({ kind: 'close' } satisfies ToWorker)
      const impatience = setTimeout(end, patience)
      await ended
      clearTimeout(impatience)
    },
    end,
  }
}
