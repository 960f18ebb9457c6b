// Brings the demonstration's people into an empty house: organisations, chairs, a stand-in next week, accounts without passwords.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import type { Clock } from '../domain/call.ts'
import { readDocument, sayMistake } from '../domain/document.ts'
import type { Outcome } from '../domain/outcome.ts'
import { Application, Nip, Office, Organisation, type Person } from '../domain/people.ts'
import { ECHELONS } from '../domain/roles.ts'
import type { DemoAccount } from '../domain/signin.ts'

const office = Office.pick({ role: true, position: true, kind: true, decree: true })
const login = z.string()

const Cast = z.strictObject({
  organisations: z.array(Organisation.pick({ short: true, name: true, kind: true, address: true, phone: true, email: true })),
  people: z.array(
    z.strictObject({
      login,
      account: z.boolean().default(false),
      name: z.string(),
      nip: Nip.nullable().default(null),
      position: z.string(),
      echelon: z.enum(ECHELONS).default('none'),
      rank: z.string().default(''),
      in: z.string(),
      unit: z.string().default(''),
      email: z.email(),
      mobile: z.string().default(''),
      skills: z.array(z.string()).default([]),
      offices: z.array(office),
      standIn: office.optional(),
    }),
  ),
  teams: z.array(z.strictObject({ name: z.string(), decree: z.string(), members: z.array(z.strictObject({ login, duty: z.string() })) })),
  applications: z.array(
    Application.pick({ name: true, backup: true, phase: true, note: true }).extend({ in: z.string(), structural: login, technical: login }),
  ),
})
type Cast = z.output<typeof Cast>

interface Into<T> {
  add(value: Omit<T, 'id'>): Promise<T>
}

export interface DemonstrationPeople {
  readonly organisations: Into<Organisation> & { all(): Promise<readonly Organisation[]> }
  readonly persons: Into<Person>
  readonly offices: Into<Office>
  readonly teams: Into<{
    id: number
    name: string
    decree: string
    from: number | null
    until: number | null
    members: { person: number; duty: string }[]
  }>
  readonly applications: Into<Application>
  addAccount(given: { person: number; login: string }): Promise<Outcome<unknown>>
}

const DAY = 86_400_000
/** Western Indonesian time, in which the demonstration lives. */
const WIB = 7 * 3_600_000

/** Monday 00:00 to Friday 23:59:59.999 of the week after `now`. */
export function nextWeek(now: number): { readonly from: number; readonly until: number } {
  const today = Math.floor((now + WIB) / DAY)
  // 1970-01-01 was a Thursday: day 4 was a Monday.
  const monday = today - ((((today - 4) % 7) + 7) % 7) + 7
  return { from: monday * DAY - WIB, until: (monday + 5) * DAY - WIB - 1 }
}

let cast: Cast | null = null

/** Read once: the sign-in page asks for it every time. */
function readCast(): Cast {
  if (cast !== null) return cast
  const file = fileURLToPath(new URL('./demonstration.yaml', import.meta.url))
  const read = readDocument(file, readFileSync(file, 'utf8'), Cast)
  if (!read.ok) throw new Error(read.mistakes.map(sayMistake).join('\n'))
  cast = read.value
  return cast
}

/** Only into a house without organisations: what people changed in the demonstration stays. */
export async function seedDemonstration(into: DemonstrationPeople, clock: Clock): Promise<void> {
  if ((await into.organisations.all()).length > 0) return
  const { organisations: bodies, people, teams, applications } = readCast()
  const organisations = new Map<string, number>()
  const persons = new Map<string, number>()
  const idOf = (among: ReadonlyMap<string, number>, name: string): number => {
    const id = among.get(name)
    if (id === undefined) throw new Error(`the demonstration's people name "${name}", which is not among them`)
    return id
  }
  for (const organisation of bodies) organisations.set(organisation.short, (await into.organisations.add({ ...organisation, goneAt: null })).id)
  for (const { login, account: _, in: home, offices, standIn, ...rest } of people) {
    const organisation = idOf(organisations, home)
    const { id: person } = await into.persons.add({ ...rest, organisation, extension: '', goneAt: null })
    persons.set(login, person)
    for (const held of offices)
      await into.offices.add({ ...held, person, organisation: held.role === 'requester' ? organisation : null, from: null, until: null })
    if (standIn !== undefined) await into.offices.add({ ...standIn, person, organisation: null, ...nextWeek(clock()) })
    const added = await into.addAccount({ person, login })
    if (!added.ok) throw new Error(added.failure.message)
  }
  for (const { name, decree, members } of teams)
    await into.teams.add({
      name,
      decree,
      from: null,
      until: null,
      members: members.map(({ login, duty }) => ({ person: idOf(persons, login), duty })),
    })
  for (const { in: home, structural, technical, ...rest } of applications)
    await into.applications.add({
      ...rest,
      organisation: idOf(organisations, home),
      responsible: [
        { as: 'structural', person: idOf(persons, structural), from: null, until: null },
        { as: 'technical', person: idOf(persons, technical), from: null, until: null },
      ],
      goneAt: null,
    })
}

/** Who is offered on the sign-in page, in the order of the file; only those who still can. */
export async function demoAccounts(
  byLogin: (login: string) => Promise<{ readonly person: number } | null>,
  personOf: (id: number) => Promise<Pick<Person, 'name' | 'position' | 'organisation'> | null>,
  organisationOf: (id: number) => Promise<Pick<Organisation, 'short'> | null>,
): Promise<DemoAccount[]> {
  const offered: DemoAccount[] = []
  for (const { login, account, offices } of readCast().people) {
    if (!account) continue
    const found = await byLogin(login)
    const person = found === null ? null : await personOf(found.person)
    if (person === null) continue
    const organisation = await organisationOf(person.organisation)
    offered.push({
      login,
      name: person.name,
      position: person.position,
      role: offices[0]?.role ?? 'requester',
      organisation: organisation?.short ?? '',
    })
  }
  return offered
}
