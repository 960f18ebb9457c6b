// Who is told when something has happened: one listener that fails hinders neither the others nor whoever tells.
import type { Log } from './call.ts'

export interface Listeners<News extends readonly unknown[]> {
  readonly tell: (...news: News) => void
  /** Returns how to stop. */
  readonly onChange: (listener: (...news: News) => void) => () => void
  readonly clear: () => void
}

export function openListeners<News extends readonly unknown[] = []>(log: Pick<Log, 'error'>): Listeners<News> {
  const listeners = new Set<(...news: News) => unknown>()
  const fell = (error: unknown): void =>
    log.error({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }, 'whoever was to be told of a change failed')
  return {
    tell(...news) {
      for (const listener of [...listeners])
        try {
          const told = listener(...news)
          if (told instanceof Promise) told.catch(fell)
        } catch (error) {
          fell(error)
        }
    },
    onChange(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    clear: () => listeners.clear(),
  }
}
