// Applications as the desk shows them: to choose from on a form, and each on a page of its own with its requests.
import type { ApplicationChange, ApplicationChoice, ApplicationView, Contact } from '../../domain/application-view.ts'
import { done, failed, type Outcome } from '../../domain/outcome.ts'
import { type Application, holds, type Person, responsibleAt, type Viewer } from '../../domain/people.ts'
import { may } from '../../domain/policy.ts'
import type { TrailEntry } from '../sources.ts'
import type { Room } from './room.ts'
import type { Viewing } from './viewing.ts'

export interface Applications {
  /** Of the organisation that asks in this request. */
  choices(number: string, viewer: Viewer): Promise<Outcome<readonly ApplicationChoice[]>>
  /** `notFound` also for what is none of the viewer's business. */
  application(id: number, viewer: Viewer): Promise<Outcome<ApplicationView>>
}

/** Requests on the page of one. */
const MOST_TICKETS = 100

export function openApplications(room: Room, viewing: Pick<Viewing, 'page'>): Applications {
  const { people, trail, clock } = room.sources

  const personsOf = async (applications: readonly Application[]): Promise<ReadonlyMap<number, Person>> =>
    new Map(
      (await people.personsById(applications.flatMap(({ responsible }) => responsible.map(({ person }) => person)))).map(person => [
        person.id,
        person,
      ]),
    )

  return {
    async choices(number, viewer) {
      const found = await room.see(number, viewer)
      if (!found.ok) return found
      const { organisation: id } = found.value.frame
      if (!may(viewer, 'application.read', { organisation: id })) return done([])
      const [organisation] = await people.organisationsById([id])
      const applications = await people.applicationsOf(id)
      const persons = await personsOf(applications)
      const at = clock()
      const contact = (application: Application, as: 'structural' | 'technical'): Contact | null => {
        const person = persons.get(responsibleAt(application, as, at) ?? 0)
        if (person === undefined || person.goneAt !== null) return null
        const { name, nip, position, unit, mobile, extension, email } = person
        return { name, nip: nip ?? '', position, unit, address: organisation?.address ?? '', mobile, extension, email }
      }
      return done(
        applications.map(one => ({ id: one.id, name: one.name, structural: contact(one, 'structural'), technical: contact(one, 'technical') })),
      )
    },

    async application(id, viewer) {
      const [found] = await people.applicationsById([id])
      if (found === undefined || !may(viewer, 'application.read', { organisation: found.organisation }))
        return failed('notFound', `There is no application ${id}.`)
      const [organisation] = await people.organisationsById([found.organisation])
      const persons = await personsOf([found])
      const at = clock()
      const tickets = await viewing.page({ view: 'all', application: id, search: '', sort: '-changed', page: 1, size: MOST_TICKETS }, viewer)
      const { name, backup, phase, note, goneAt } = found
      return done({
        id,
        name,
        backup,
        phase,
        note,
        goneAt,
        organisation: { id: found.organisation, name: organisation?.name ?? '', short: organisation?.short ?? '' },
        responsible: found.responsible
          .map(({ as, person, from, until }) => ({
            as,
            from,
            until,
            name: persons.get(person)?.name ?? '',
            position: persons.get(person)?.position ?? '',
            now: holds({ from, until }, at),
          }))
          .toSorted((one, other) => Number(other.now) - Number(one.now) || (other.from ?? 0) - (one.from ?? 0)),
        tickets: tickets.items,
        total: tickets.total,
        history: (await trail('application', id)).map(changeOf).toReversed(),
      })
    },
  }
}

function changeOf({ at, actor, action, detail }: TrailEntry): ApplicationChange {
  const told = (typeof detail === 'object' && detail !== null ? detail : {}) as { readonly now?: unknown; readonly ticket?: unknown }
  return {
    at,
    by: actor,
    what: action.endsWith('.add') ? 'add' : action.endsWith('.remove') ? 'remove' : 'change',
    fields: typeof told.now === 'object' && told.now !== null ? Object.keys(told.now) : [],
    ticket: typeof told.ticket === 'string' ? told.ticket : null,
  }
}
