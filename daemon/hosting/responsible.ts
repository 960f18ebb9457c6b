// To whom credentials may go: the registered persons who answer for the application, or whom the form names and the register knows.
import type { Answers } from '../domain/form.ts'
import { isApplication } from '../domain/form-application.ts'
import { type Application, type Person, RESPONSIBLE_AS, responsibleAt } from '../domain/people.ts'
import { groupsOf, textOf } from './answers.ts'

export interface Responsible {
  /** Null: nobody in the register is this person; to such a one nothing is handed. */
  readonly person: number | null
  readonly name: string
  readonly kind: (typeof RESPONSIBLE_AS)[number]
}

export interface PeopleOf {
  applicationsById(ids: readonly number[]): Promise<readonly Application[]>
  applicationsOf(organisation: number): Promise<readonly Application[]>
  personsById(ids: readonly number[]): Promise<readonly Person[]>
  personsByNip(nips: readonly string[]): Promise<readonly Person[]>
  personsByEmail(email: string): Promise<readonly Person[]>
}

const nipIn = (group: Answers): string => (textOf(group, 'nip') ?? '').replaceAll(/\s/g, '')

/** By the number of the civil service, else by the e-mail address where it is one person's; and only within that organisation. */
async function known(group: Answers, organisation: number, people: PeopleOf): Promise<Person | null> {
  const own = (persons: readonly Person[]) => persons.filter(one => one.organisation === organisation && one.goneAt === null)
  const nip = nipIn(group)
  const [byNip] = nip === '' ? [] : own(await people.personsByNip([nip]))
  if (byNip !== undefined) return byNip
  const email = textOf(group, 'email')
  const byEmail = email === null ? [] : own(await people.personsByEmail(email))
  // Another number than the one on the form: it is somebody else who shares the mailbox.
  const fitting = byEmail.filter(one => nip === '' || one.nip === null || one.nip === nip)
  return fitting.length === 1 ? (fitting[0] ?? null) : null
}

/** Of no application in particular: whoever answers for one of the organisation. */
async function ofAll(organisation: number, at: number, people: PeopleOf): Promise<readonly Responsible[]> {
  const named = (await people.applicationsOf(organisation)).flatMap(application =>
    RESPONSIBLE_AS.flatMap(kind => {
      const person = responsibleAt(application, kind, at)
      return person === null ? [] : [{ person, kind }]
    }),
  )
  const once = [...new Map(named.map(one => [`${one.person} ${one.kind}`, one])).values()]
  const persons = new Map((await people.personsById([...new Set(once.map(({ person }) => person))])).map(one => [one.id, one]))
  return once.flatMap(({ person, kind }) => {
    const found = persons.get(person)
    return found === undefined || found.goneAt !== null ? [] : [{ person, kind, name: found.name }]
  })
}

/**
 * `answers`: of the ticket it was made by; null where there is none, then all of the organisation. The register wins over the form: it is kept up when
 * people change.
 */
export async function responsibleFor(
  { organisation, answers, at }: { readonly organisation: number; readonly answers: Answers | null; readonly at: number },
  people: PeopleOf,
): Promise<readonly Responsible[]> {
  if (answers === null) return await ofAll(organisation, at, people)
  const about = answers['application']
  const [application] = isApplication(about) ? await people.applicationsById([about.id]) : []
  const registered = application?.organisation === organisation && application.goneAt === null ? application : null
  const found: Responsible[] = []
  for (const kind of RESPONSIBLE_AS) {
    const id = registered === null ? null : responsibleAt(registered, kind, at)
    const [person] = id === null ? [] : await people.personsById([id])
    if (person !== undefined && person.goneAt === null) {
      found.push({ person: person.id, name: person.name, kind })
      continue
    }
    const [group] = groupsOf(answers, kind)
    if (group === undefined) continue
    const match = await known(group, organisation, people)
    const name = match?.name ?? textOf(group, 'name')
    if (name !== null) found.push({ person: match?.id ?? null, name, kind })
  }
  return found
}
