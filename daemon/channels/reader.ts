// Reads letters in a thread of its own, within a time and a memory. What goes beyond is read by its head alone; the letter itself is kept anyway.
import { Worker } from 'node:worker_threads'
import type { Log } from '../domain/call.ts'
import { type Letter, type Reading, readLetter } from './letter.ts'
import type { ToRead, WasRead } from './worker.ts'

export interface ReaderOptions {
  readonly log: Log
  /** Milliseconds for one letter. */
  readonly deadline?: number
  /** Milliseconds without a letter after which the thread ends and gives its memory back. */
  readonly idle?: number
}

export interface LetterReader {
  /** One after the other. Never fails. */
  read(raw: Uint8Array, how: Reading): Promise<Letter>
  close(): Promise<void>
}

/** MB: a letter of 32 MB that is all text takes some 200. */
const HEAP = 512

export function openReader({ log, deadline = 20_000, idle = 60_000 }: ReaderOptions): LetterReader {
  let worker: Worker | null = null
  let rest: NodeJS.Timeout | null = null
  let turn: Promise<unknown> = Promise.resolve()
  let count = 0

  const start = (): Worker => {
    const file = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url)
    const started = new Worker(file, { name: 'letters', resourceLimits: { maxOldGenerationSizeMb: HEAP } })
    // It keeps nobody from ending.
    started.unref()
    started.on('error', (error: unknown) =>
      log.error({ error: error instanceof Error ? error.message : String(error) }, 'the thread that reads letters failed'),
    )
    started.on('exit', () => {
      if (worker === started) worker = null
    })
    return started
  }
  const end = async (): Promise<void> => {
    const going = worker
    worker = null
    await going?.terminate()
  }

  /** Null: it took too long, or the thread fell over it. */
  function inThread(raw: Uint8Array, how: Reading): Promise<Letter | null> {
    worker ??= start()
    const thread = worker
    const no = ++count
    const { promise, resolve } = Promise.withResolvers<Letter | null>()
    const hear = (message: WasRead): void => {
      if (message.no === no) resolve(message.letter)
    }
    const gone = (): void => resolve(null)
    const timer = setTimeout(gone, deadline)
    thread.on('message', hear)
    thread.once('exit', gone)
    thread.postMessage({ no, raw, how } satisfies ToRead)
    return promise.finally(() => {
      clearTimeout(timer)
      thread.off('message', hear)
      thread.off('exit', gone)
    })
  }

  async function one(raw: Uint8Array, how: Reading): Promise<Letter> {
    if (rest !== null) clearTimeout(rest)
    const letter = await inThread(raw, how)
    if (letter === null) {
      await end()
      log.warn({ octets: raw.byteLength, deadline }, 'a letter cannot be taken apart in time; only its head is read')
      return readLetter(raw, { ...how, headOnly: true })
    }
    rest = setTimeout(() => void end(), idle).unref()
    return letter
  }

  return {
    read(raw, how) {
      const mine = turn.then(() => one(raw, how))
      turn = mine.catch(() => undefined)
      return mine
    },
    async close() {
      if (rest !== null) clearTimeout(rest)
      await end()
      await turn
    },
  }
}
