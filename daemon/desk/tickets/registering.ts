// A request that brings an application of its own: once the desk has looked at it, the application enters the register with who answers for it.
import type { Instant } from '../../domain/call.ts'
import type { Answers } from '../../domain/form.ts'
import { newApplication } from '../../domain/form-application.ts'
import { RESPONSIBLE_AS, type Responsible } from '../../domain/people.ts'
import type { TicketFact } from '../../domain/ticket.ts'
import type { EnteredApplication, WantedApplication } from '../../domain/ticket-record.ts'
import type { Loaded, Moved, Room } from './room.ts'
import { isTakenUp } from './state.ts'

export interface Fresh {
  /** The form's field that named it. */
  readonly field: string
  readonly wanted: WantedApplication
}

/** Null: the ticket names none, one of the register, or is still with who asks. */
export async function toRegister(
  room: Room,
  { frame, service }: Pick<Loaded, 'frame' | 'service'>,
  { state }: Pick<Moved, 'state'>,
  at: Instant,
): Promise<Fresh | null> {
  const found = isTakenUp(state, service) ? newApplication(service.form, state.answers) : null
  if (found === null) return null
  const nips = new Map(RESPONSIBLE_AS.flatMap(as => (nipOf(state.answers, as) === null ? [] : [[as, nipOf(state.answers, as) ?? '']])))
  const persons = new Map((await room.sources.people.personsByNip([...nips.values()])).map(({ id, nip }) => [nip, id]))
  const responsible = [...nips].flatMap(([as, nip]): Responsible[] => {
    const person = persons.get(nip)
    return person === undefined ? [] : [{ as, person, from: at, until: null }]
  })
  return { field: found.field, wanted: { organisation: frame.organisation, name: found.name, responsible } }
}

export const registeredFact = (field: string, { id, name }: EnteredApplication): TicketFact => ({
  kind: 'registered',
  field,
  application: { id, name },
})

/** Of the form's group of that name: "Penanggung Jawab Struktural", "… Teknis". */
function nipOf(answers: Answers, as: Responsible['as']): string | null {
  const group = answers[as]
  if (typeof group !== 'object' || group === null || !('nip' in group)) return null
  return typeof group['nip'] === 'string' ? group['nip'] : null
}
