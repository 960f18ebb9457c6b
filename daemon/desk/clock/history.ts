// Reads a ticket's clock events into what ran when, what stood when, and what was decided. A clock set back cannot make time run backwards.
import type { Instant } from '../../domain/call.ts'
import type { PhaseSide, Promised, StopReason } from '../../domain/clock.ts'
import type { ClockEvent, ClockFact } from './event.ts'

/** Open while `until` is null. */
export interface Run {
  readonly from: Instant
  until: Instant | null
}

export interface Stop extends Run {
  readonly reason: StopReason
  readonly note: string
}

type Of<K extends ClockFact['kind']> = Extract<ClockEvent, { kind: K }>

export interface History {
  received: Of<'received'> | null
  readonly steps: Map<string, Run[]>
  readonly phases: Map<string, { readonly side: PhaseSide; readonly runs: Run[] }>
  readonly stops: Stop[]
  products: readonly string[] | null
  difficulty: Of<'difficulty'> | null
  promised: Promised | null
  agreed: Of<'agreed'> | null
  /** Versions in force from an instant on, the first from the beginning. */
  readonly calendars: { readonly at: Instant; readonly version: number }[]
  ended: Of<'ended'> | null
  readonly setBacks: { readonly at: Instant; readonly said: Instant }[]
  /** The last instant anything is known of. */
  last: Instant
}

const close = (run: Run | undefined, at: Instant): void => {
  if (run !== undefined && run.until === null) run.until = at
}

export function historyOf(events: readonly ClockEvent[]): History {
  const history: History = {
    received: null,
    steps: new Map(),
    phases: new Map(),
    stops: [],
    products: null,
    difficulty: null,
    promised: null,
    agreed: null,
    calendars: [],
    ended: null,
    setBacks: [],
    last: Number.NEGATIVE_INFINITY,
  }
  for (const said of events) {
    const at = Math.max(said.at, history.last)
    if (at !== said.at) history.setBacks.push({ at, said: said.at })
    history.last = at
    if (history.ended === null) tell(history, { ...said, at })
  }
  return history
}

function tell(history: History, event: ClockEvent): void {
  const { at } = event
  const { steps, phases, stops } = history
  switch (event.kind) {
    case 'received':
      // A ticket is received once; what comes back later was a pause.
      if (history.received !== null) return
      history.received = event
      history.calendars.push({ at, version: event.calendar })
      return
    case 'stepStarted': {
      const runs = steps.get(event.step) ?? []
      if (runs.at(-1)?.until === null) return
      steps.set(event.step, [...runs, { from: at, until: null }])
      return
    }
    case 'stepDone':
      close(steps.get(event.step)?.at(-1), at)
      return
    case 'paused':
      closePause(stops, at)
      stops.push({ from: at, until: null, reason: event.reason, note: event.note })
      return
    case 'resumed':
      closePause(stops, at)
      return
    case 'phase': {
      for (const { runs } of phases.values()) close(runs.at(-1), at)
      for (const stop of stops) if (stop.reason === 'phase') close(stop, at)
      const phase = phases.get(event.phase) ?? { side: event.side, runs: [] }
      phase.runs.push({ from: at, until: null })
      phases.set(event.phase, phase)
      if (event.side !== 'house') stops.push({ from: at, until: null, reason: 'phase', note: event.phase })
      return
    }
    case 'difficulty':
      history.difficulty = event
      return
    case 'productsChosen':
      history.products = event.products
      return
    case 'promised':
      history.promised = { due: event.due, at, version: history.calendars.at(-1)?.version ?? 1 }
      return
    case 'agreed':
      history.agreed = event
      return
    case 'calendarChanged':
      history.calendars.push({ at, version: event.version })
      return
    case 'ended':
      history.ended = event
      for (const runs of steps.values()) close(runs.at(-1), at)
      for (const { runs } of phases.values()) close(runs.at(-1), at)
      for (const stop of stops) close(stop, at)
      return
  }
}

function closePause(stops: readonly Stop[], at: Instant): void {
  for (const stop of stops) if (stop.reason !== 'phase') close(stop, at)
}

/** The calendar version in force at an instant. */
export const versionAt = ({ calendars }: History, at: Instant): number | null =>
  (calendars.findLast(one => one.at <= at) ?? calendars[0])?.version ?? null

/** A run that began before the ticket's own start begins with it. */
export const startingAt = (runs: readonly Run[], start: Instant): Run[] =>
  runs.map(({ from, until }) => ({ from: until !== null && until < start ? until : Math.max(from, start), until }))
