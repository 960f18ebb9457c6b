// Once a second: what is told at once, and what is waited for before it is begun again.
import type { Log } from './domain/call.ts'

export interface Seconds {
  readonly tell: () => void
  readonly work: () => Promise<unknown>
  /** What is said in the log of a work that failed. */
  readonly trouble: string
  readonly log: Log
}

/** Gives how to stop it. */
export function everySecond({ tell, work, trouble, log }: Seconds): () => void {
  let working = false
  const timer = setInterval(() => {
    tell()
    if (working) return
    working = true
    work()
      .catch((error: unknown) => log.error({ error: String(error) }, trouble))
      .finally(() => {
        working = false
      })
  }, 1000)
  return () => clearInterval(timer)
}
