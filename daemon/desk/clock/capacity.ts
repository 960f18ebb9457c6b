// The capacity of a service: a working day takes so many tickets, more begin on the next day that has room ("overload", SL2).
import type { Instant } from '../../domain/call.ts'
import type { WorkingTime } from './working.ts'

/** How many tickets of a service begin on a local date already. */
export type Ledger = (service: string, date: string) => number

export interface Slot {
  /** The working day it has room on; what a ticket's `submitted` keeps when it is a later one. */
  readonly date: string
  /** When its clocks begin: as received, or at the opening of a later day. */
  readonly start: Instant
  readonly reason: 'overload' | null
  /** Days that were full, in order: they are reported, so that overload cannot hide breaches. */
  readonly full: readonly { readonly date: string; readonly taken: number }[]
}

/** The day with room for one more; `received` is an instant inside the intake window. */
export function slotFor(
  time: WorkingTime,
  service: { readonly key: string; readonly capacityPerDay: number | null },
  received: Instant,
  ledger: Ledger,
): Slot {
  const full: { date: string; taken: number }[] = []
  const own = time.dayAt(received)
  let day = time.dayFrom(own.n)
  for (;;) {
    const taken = ledger(service.key, day.date)
    if (service.capacityPerDay === null || taken < service.capacityPerDay) break
    full.push({ date: day.date, taken })
    day = time.dayAfter(day.n)
  }
  const opens = day.open[0]?.from ?? received
  return { date: day.date, start: day.n === own.n ? received : Math.max(received, opens), reason: full.length > 0 ? 'overload' : null, full }
}
