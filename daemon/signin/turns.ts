// One after the other, by key: what must not be decided twice on the same knowledge.

export interface Turns {
  /** Runs `work` when all that was given for `key` before has ended. */
  take<T>(key: string, work: () => Promise<T>): Promise<T>
  /** How many of `key` run or wait. */
  many(key: string): number
}

export function openTurns(): Turns {
  const queues = new Map<string, { last: Promise<unknown>; many: number }>()
  return {
    async take(key, work) {
      const queue = queues.get(key) ?? { last: Promise.resolve(), many: 0 }
      queues.set(key, queue)
      queue.many++
      const mine = queue.last.then(work)
      queue.last = mine.catch(() => undefined)
      try {
        return await mine
      } finally {
        if (--queue.many === 0) queues.delete(key)
      }
    },
    many: key => queues.get(key)?.many ?? 0,
  }
}
