// Once a minute: whose time has come is told, before and after; a new calendar moves the marks. Each telling is an event of the ticket.
import type { Instant } from '../../domain/call.ts'
import type { Step } from '../../domain/service.ts'
import { DAEMON, type TicketFact } from '../../domain/ticket.ts'
import type { Loaded, Room, Seats } from './room.ts'
import { stepOf, WHOLE_TICKET } from './state.ts'
import { addressed, messagesOf, owners, type Telling } from './tell.ts'

export interface Escalating {
  /** Tells whom must be told by now; how many tickets were touched. */
  tick(): Promise<number>
  /** Reckons the marks of all open tickets anew, after a change of the calendar. */
  reckon(): Promise<number>
}

/** Tickets in one go: the rest comes with the next minute. */
const AT_ONCE = 200
/** Tickets looked at before others get a turn. */
const BREATH = 20

/** Who stands above a step, the nearest first: the leaders before it who are others (atasan langsung); above the first leader there is himself. */
function levelsAbove(step: Step | null, steps: readonly Step[]): readonly string[] {
  const leaders = steps.filter(({ kind }) => kind === 'dispose' || kind === 'order')
  const before = step === null ? leaders : leaders.filter(leader => steps.indexOf(leader) < steps.indexOf(step) && leader.owner !== step.owner)
  return (before.length > 0 ? before.toReversed() : leaders.slice(0, 1)).map(({ owner }) => owner)
}

export function openEscalating(room: Room): Escalating {
  const { tickets, lists, notices, clock, log } = room.sources

  /** One that cannot be looked at keeps none of the others from theirs. */
  async function each(ids: readonly number[], work: (id: number) => Promise<boolean>): Promise<number> {
    let touched = 0
    for (const [i, id] of ids.entries()) {
      try {
        if (await work(id)) touched++
      } catch (error) {
        log.error({ ticket: id, error: error instanceof Error ? error.message : String(error) }, 'the reminders of a ticket failed')
      }
      if (i % BREATH === BREATH - 1) await new Promise(resolve => setImmediate(resolve))
    }
    return touched
  }

  async function write(loaded: Loaded, facts: readonly TicketFact[], at: Instant, seats: Seats, extra: readonly Telling[]): Promise<boolean> {
    const { frame, service } = loaded
    const moved = room.move(loaded, facts, DAEMON, at)
    const organisation = await room.organisationName(frame.organisation)
    const letters = await addressed(room.sources, frame, extra)
    const written = await tickets.commit({ draws: [] }, () => ({
      tickets: [room.written(loaded, moved, { organisation, seats })],
      messages: messagesOf(notices, letters, { frame, service, moved }),
      audit: facts.length === 0 ? [] : [{ at, actor: DAEMON.name, action: 'ticket.escalate', subject: frame.number ?? '', detail: { facts } }],
    }))
    // Somebody acted on it at the same moment: the next minute looks again.
    return written.ok
  }

  async function remind(id: number, now: Instant): Promise<boolean> {
    const loaded = await room.loadById(id)
    if (loaded === null || loaded.state.endedAt !== null) return false
    const { service, state, events } = loaded
    const seats = await room.seats(service, now)
    const marks = room.timing.marks(room.timing.clock(service, state.products, events, now), state, now)
    const step = stepOf(state, service)
    const facts: TicketFact[] = []
    const tellings: Telling[] = []
    for (const { step: key, before, at } of marks.reminders) {
      if (at > now) continue
      const levels = levelsAbove(step, service.steps)
      const holders = (chair: string | undefined) => (seats.chairs.get(chair ?? '') ?? []).map(({ person }) => person)
      // An empty chair hears nothing: then the next one above.
      const to = levels.find(level => holders(level).length > 0) ?? levels[0] ?? ''
      facts.push({ kind: 'escalated', step: key, to, before })
      // Before its time whoever has the step may still do it; afterwards it is the superior's to see to.
      const whom = [...(before && key !== WHOLE_TICKET ? owners({ moved: { state }, service, seats }) : []), ...holders(to)]
      for (const person of new Set(whom))
        tellings.push({
          kind: before ? 'due' : 'late',
          person,
          seq: state.seq + facts.length,
          at: now,
          figures: { step: key === WHOLE_TICKET ? '' : (step?.label.id ?? ''), due: key === WHOLE_TICKET ? marks.due : marks.stepDue },
        })
    }
    return write(loaded, facts, now, seats, tellings)
  }

  return {
    async tick() {
      const now = clock()
      return each(await tickets.due(now, AT_ONCE), id => remind(id, now))
    },
    async reckon() {
      const now = clock()
      const ids = await lists.openIds()
      await each(ids, async id => {
        const loaded = await room.loadById(id)
        return loaded !== null && (await write(loaded, [], now, await room.seats(loaded.service, now), []))
      })
      return ids.length
    },
  }
}
