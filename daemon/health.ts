// How Suar itself is doing, second by second: what pages show beside the heartbeat.
import type { Clock, Instant } from './domain/call.ts'
import { staleAfter, type Text } from './domain/point.ts'
import type { NumberedPoint } from './fleet/fleet.ts'
import type { HealthView } from './stream/contract.ts'

export interface HealthSources {
  readonly clock: Clock
  readonly startedAt: Instant
  points(): Iterable<NumberedPoint>
  value(no: number): { readonly value: number | null; readonly at: Instant } | null
  poller(): { readonly pollsPerSecond: number; readonly lagP95: number; readonly timeouts: number }
  storeBehind(): number
  troubles(): readonly Text[]
}

export function* pointsOf<P>(members: Iterable<{ readonly points: Iterable<P> }>): Generator<P> {
  for (const { points } of members) yield* points
}

export function healthOf(sources: HealthSources): HealthView {
  const now = sources.clock()
  let points = 0
  let fresh = 0
  for (const point of sources.points()) {
    points++
    const at = sources.value(point.no)?.at ?? 0
    if (now - at <= staleAfter(point.cadence)) fresh++
  }
  const { pollsPerSecond, lagP95, timeouts } = sources.poller()
  return {
    startedAt: sources.startedAt,
    fresh,
    points,
    pollsPerSecond: Math.round(pollsPerSecond * 10) / 10,
    lag: Math.round(lagP95),
    timeouts,
    storeBehind: sources.storeBehind(),
    troubles: sources.troubles(),
  }
}

/** Troubles of the last minutes, newest first, each once. */
export function troubleBoard(clock: Clock, lasting = 300_000) {
  const board = new Map<string, { readonly text: Text; readonly at: Instant }>()
  return {
    say(text: Text): void {
      board.delete(text.en)
      board.set(text.en, { text, at: clock() })
      // Bounded whatever happens: a trouble's text may hold a changing number.
      if (board.size > 50) board.delete(board.keys().next().value ?? '')
    },
    list(): Text[] {
      const since = clock() - lasting
      for (const [key, { at }] of board) if (at < since) board.delete(key)
      return [...board.values()].map(({ text }) => text).reverse()
    },
  }
}
