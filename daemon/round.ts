// Rounds: what is looked after again and again, one round at a time; a round that fails is logged, and told until one goes well.
import type { Log } from './domain/call.ts'

export interface Round {
  /** One sentence; empty when the last round went well. */
  troubles(): readonly string[]
  /** Waits for the round that is under way. */
  close(): Promise<void>
}

interface RoundOptions {
  /** ms. */
  readonly every: number
  readonly work: () => Promise<unknown>
  /** For the people: what is not looked after. */
  readonly trouble: string
  readonly log: Log
}

export function openRound({ every, work, trouble, log }: RoundOptions): Round {
  let failed = false
  let under: Promise<void> | null = null
  const begin = () => {
    under ??= work()
      .then(
        () => {
          failed = false
        },
        (error: unknown) => {
          failed = true
          log.error({ error: String(error) }, trouble)
        },
      )
      .finally(() => {
        under = null
      })
  }
  const timer = setInterval(begin, every)
  return {
    troubles: () => (failed ? [trouble] : []),
    async close() {
      clearInterval(timer)
      await under
    },
  }
}
