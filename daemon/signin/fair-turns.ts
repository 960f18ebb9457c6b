// Turns at something dear, a few at once. Addresses take them in rotation, so that a crowd at one does not keep the others waiting.
import { done, failed, type Outcome } from '../domain/outcome.ts'

export interface FairTurnsOptions {
  readonly atOnce: number
  /** More than these are turned away instead of kept waiting past any patience. */
  readonly mayWait: number
}

export interface FairTurns {
  /** `busy` when too many wait and this address has its share of them. */
  take<T>(from: string, work: () => Promise<T>): Promise<Outcome<T>>
}

/** Told whether its turn has come; false: it is turned away. */
type Waiting = (comes: boolean) => void

export function openFairTurns({ atOnce, mayWait }: FairTurnsOptions): FairTurns {
  /** By address, in the order of their turns. */
  const queues = new Map<string, Waiting[]>()
  let running = 0
  let many = 0

  const join = (from: string, waiting: Waiting): void => {
    many++
    const queue = queues.get(from)
    if (queue === undefined) queues.set(from, [waiting])
    else queue.push(waiting)
  }
  /** The address goes to the end of the rotation, or out of it. */
  const leave = (from: string, queue: Waiting[], waiting: Waiting | undefined): Waiting | undefined => {
    many--
    queues.delete(from)
    if (queue.length > 0) queues.set(from, queue)
    return waiting
  }
  const next = (): Waiting | undefined => {
    for (const [from, queue] of queues) return leave(from, queue, queue.shift())
    return undefined
  }
  /** Room for one more, made at the cost of the longest queue; false when that would be one's own. */
  const roomFor = (from: string): boolean => {
    if (many < mayWait) return true
    const own = queues.get(from)?.length ?? 0
    let longest: readonly [from: string, queue: Waiting[]] | null = null
    for (const one of queues) if (longest === null || one[1].length > longest[1].length) longest = one
    if (longest === null || longest[1].length <= own + 1) return false
    many--
    longest[1].pop()?.(false)
    return true
  }

  return {
    async take(from, work) {
      if (running < atOnce) running++
      else if (!roomFor(from) || !(await new Promise<boolean>(resolve => join(from, resolve))))
        return failed('busy', 'Too many people are signing in at this moment. Try again in half a minute.')
      try {
        return done(await work())
      } finally {
        const waiting = next()
        if (waiting === undefined) running--
        else waiting(true)
      }
    },
  }
}
