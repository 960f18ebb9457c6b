// What the house itself says on a ticket: that its work was done and proven elsewhere, or how that stands. By right of the proof, not of a chair.
import type { Instant } from '../../domain/call.ts'
import { done, type Outcome, refused } from '../../domain/outcome.ts'
import { type Actor, DAEMON, type TicketFact } from '../../domain/ticket.ts'
import { put } from './put.ts'
import { WHY } from './reasons.ts'
import type { Loaded, Room } from './room.ts'
import { isOpen, stepOf } from './state.ts'

interface Doer {
  readonly account: number
  /** Null: nobody of the register, such as whoever holds the key of this machine. */
  readonly person: number | null
  readonly name: string
}

export interface Proving {
  /**
   * Ends the step of work in the name of who did it, at the moment `at` of the proof, or at that of the ticket's last event when it is later. `conflict`:
   * the ticket is not at work, or somebody wrote to it in between.
   */
  proven(number: string, by: Doer, at: Instant, note: string): Promise<Outcome<void>>
  /** For staff, in the daemon's name. */
  remark(number: string, text: string): Promise<Outcome<void>>
}

export function openProving(room: Room): Proving {
  const { people, clock } = room.sources

  async function actorOf({ account, person: id, name }: Doer): Promise<Actor> {
    const [person] = id === null ? [] : await people.personsById([id])
    if (person === undefined) return { ...DAEMON, name, account: account === 0 ? null : account }
    return { account, person: person.id, name: person.name, position: person.position, organisation: person.organisation }
  }
  async function write(loaded: Loaded, fact: TicketFact, by: Actor, at: Instant): Promise<Outcome<void>> {
    const written = await put(room, loaded, [fact], { by, at, action: fact.kind === 'worked' ? 'work' : 'note' })
    return written.ok ? done(undefined) : written
  }
  const found = async (number: string): Promise<Outcome<Loaded>> => {
    const loaded = await room.load(number)
    return loaded === null ? refused('notFound', { id: `Tidak ada tiket ${number}.`, en: `There is no ticket ${number}.` }) : done(loaded)
  }

  return {
    async proven(number, by, at, note) {
      const loaded = await found(number)
      if (!loaded.ok) return loaded
      const { state, service, events } = loaded.value
      if (state.status === 'paused') return refused('conflict', WHY.paused)
      if (!isOpen(state) || state.status !== 'open' || stepOf(state, service)?.kind !== 'work') return refused('conflict', WHY.work)
      // Events stand in the order of time.
      const last = events.at(-1)?.at ?? 0
      return await write(loaded.value, { kind: 'worked', note }, await actorOf(by), Math.min(clock(), Math.max(at, last)))
    },
    async remark(number, text) {
      const loaded = await found(number)
      return loaded.ok ? await write(loaded.value, { kind: 'note', text, visibility: 'internal', channel: 'portal' }, DAEMON, clock()) : loaded
    },
  }
}
