// Hashes passwords in threads of their own, which begin with the first and end when nobody asks: Node's pool serves files and names meanwhile.
import { Worker } from 'node:worker_threads'
import type { Recipe } from './hash.ts'
import type { FromHasher, ToHasher } from './messages.ts'

export interface Hasher {
  /** Rejects when the thread could not: no memory, or closed. */
  hash(password: string, recipe: Recipe): Promise<Uint8Array>
  close(): Promise<void>
}

interface Thread {
  readonly worker: Worker
  readonly jobs: Map<number, { resolve(hash: Uint8Array): void; reject(error: Error): void }>
  rest: NodeJS.Timeout | null
}

/** MB: what is hashed lies outside of it. */
const HEAP = 16
const YOUNG = 2

/** `idle`: ms without a password after which a thread ends and gives its memory back. */
export function openHasher({ idle = 20_000 }: { readonly idle?: number } = {}): Hasher {
  const threads = new Set<Thread>()
  let count = 0
  let closed = false

  const end = async (thread: Thread): Promise<void> => {
    threads.delete(thread)
    await thread.worker.terminate()
  }

  const start = (): Thread => {
    const file = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url)
    const worker = new Worker(file, { name: 'passwords', resourceLimits: { maxOldGenerationSizeMb: HEAP, maxYoungGenerationSizeMb: YOUNG } })
    // It keeps nobody from ending.
    worker.unref()
    const thread: Thread = { worker, jobs: new Map(), rest: null }
    const fall = (reason: string) => {
      threads.delete(thread)
      for (const { reject } of thread.jobs.values()) reject(new Error(`the thread that hashes passwords ended: ${reason}`))
      thread.jobs.clear()
    }
    worker.on('message', (message: FromHasher) => {
      const job = thread.jobs.get(message.no)
      thread.jobs.delete(message.no)
      if (thread.jobs.size === 0) thread.rest = setTimeout(() => void end(thread), idle).unref()
      if (message.kind === 'hashed') job?.resolve(message.hash)
      else job?.reject(new Error(`a password could not be hashed: ${message.reason}`))
    })
    worker.on('error', (error: unknown) => fall(error instanceof Error ? error.message : String(error)))
    worker.on('exit', () => fall(closed ? 'the daemon is stopping' : 'it fell'))
    threads.add(thread)
    return thread
  }

  return {
    hash: (password, recipe) =>
      new Promise((resolve, reject) => {
        if (closed) return reject(new Error('no more passwords are hashed: the daemon is stopping'))
        const thread = [...threads].find(({ jobs }) => jobs.size === 0) ?? start()
        if (thread.rest !== null) clearTimeout(thread.rest)
        thread.rest = null
        const no = ++count
        thread.jobs.set(no, { resolve, reject })
        thread.worker.postMessage({ no, password, recipe } satisfies ToHasher)
      }),
    async close() {
      closed = true
      await Promise.all([...threads].map(end))
    },
  }
}
