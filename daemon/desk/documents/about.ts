// What a request is about, for its papers: the application under the name it was answered by, and who answers for it on the day of the paper.
import type { Instant } from '../../domain/call.ts'
import { applicationName, applicationOf, isApplication } from '../../domain/form-application.ts'
import type { ApplicationInput } from '../../domain/paper-input.ts'
import { type Responsible, responsibleAt } from '../../domain/people.ts'
import type { People } from '../sources.ts'
import type { Loaded } from '../tickets/room.ts'

/** Null: it is about none of the register. */
export async function aboutOf(
  people: Pick<People, 'applicationsById' | 'personsById'>,
  { service, state }: Pick<Loaded, 'service' | 'state'>,
  at: Instant,
): Promise<ApplicationInput | null> {
  const id = applicationOf(service.form, state.answers)
  const [found] = id === null ? [] : await people.applicationsById([id])
  if (found === undefined) return null
  const official = async (as: Responsible['as']) => {
    const person = responsibleAt(found, as, at)
    const [known] = person === null ? [] : await people.personsById([person])
    return known === undefined ? null : { name: known.name, position: known.position }
  }
  const named = Object.values(state.answers).find(answer => isApplication(answer) && answer.id === id)
  return { name: applicationName(named) ?? found.name, structural: await official('structural'), technical: await official('technical') }
}
