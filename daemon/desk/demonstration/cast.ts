// The people of a story: who asks, and whoever sits on a chair at that moment.
import type { Instant } from '../../domain/call.ts'
import type { Organisation, Viewer } from '../../domain/people.ts'
import type { People, Seat } from '../sources.ts'
import type { TicketStory } from './stories.ts'

export interface CastSources {
  readonly organisations: { all(): Promise<readonly Organisation[]> }
  readonly people: People
  readonly accountOf: (person: number) => Promise<number | null>
}

/** The people of a story; null where the house has none of that organisation. */
export async function castOf(story: TicketStory, { organisations, people, accountOf }: CastSources, at: Instant, turn: number) {
  const organisation = (await organisations.all()).find(({ short }) => short === story.who)
  const seats = organisation === undefined ? [] : await people.withRole('requester', at, organisation.id)
  const seat = seats.find(({ person }) => person.echelon === 'III') ?? seats[turn % Math.max(1, seats.length)]
  if (organisation === undefined || seat === undefined) return null
  const viewerOf = async ({ person, office }: Seat): Promise<Viewer> => ({
    account: (await accountOf(person.id)) ?? 0,
    person: person.id,
    name: person.name,
    roles: [office.role],
    organisations: office.role === 'requester' ? [organisation.id] : [],
    positions: office.position === null ? [] : [office.position],
    via: 'session',
    scopes: null,
    pending: null,
    provenAt: at,
  })
  return {
    seat,
    requester: await viewerOf(seat),
    /** An officer by turn, who sits on a chair, or one of the officers by his number. */
    async viewer(who: string, by: number): Promise<Viewer> {
      const officers = await people.withRole('officer', at)
      const wanted = /^person:(\d+)$/.exec(who)?.[1]
      const among = who === 'officer' || wanted !== undefined ? officers : await people.holdersOf(who, at)
      const found =
        (wanted === undefined ? undefined : among.find(({ person }) => person.id === Number(wanted))) ?? among[by % Math.max(1, among.length)]
      if (found === undefined) throw new Error(`the demonstration has nobody on the chair ${who}`)
      return viewerOf(found)
    },
  }
}
