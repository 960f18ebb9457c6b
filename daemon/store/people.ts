// Organisations, persons, offices, teams and applications in the records, and who holds which chair when.
import { sql } from 'kysely'
import type { Clock, Instant, Log } from '../domain/call.ts'
import { type Application, holds, type Office, type Organisation, type Person, type Team } from '../domain/people.ts'
import { phoneOf } from '../domain/phone.ts'
import { applicationColumns, applicationOf, applicationSearched } from './applications.ts'
import { type Register, register } from './register.ts'
import type { Db, Schema } from './schema.ts'

/** A person in a chair, for papers and dispositions. */
export interface Holder {
  readonly person: Person
  readonly office: Office
}

export interface PeopleStore {
  readonly organisations: Register<Organisation>
  readonly persons: Register<Person>
  readonly offices: Register<Office>
  readonly teams: Register<Team>
  readonly applications: Register<Application>
  organisationsById(ids: readonly number[]): Promise<readonly Organisation[]>
  personsById(ids: readonly number[]): Promise<readonly Person[]>
  officesOf(person: number): Promise<readonly Office[]>
  /**
   * Who sits in the chair at that moment, whoever may act first: a stand-in (Plh, Plt) before the one he stands in for. Also persons and
   * offices that left the register later: papers keep the official of their date.
   */
  holdersOf(position: string, at: Instant): Promise<readonly Holder[]>
  holderOf(position: string, at: Instant): Promise<Holder | null>
  /** Who has the role at that moment, for the house or, as a requester, for the organisation. */
  withRole(role: Office['role'], at: Instant, organisation?: number): Promise<readonly Holder[]>
  /** Those of an organisation that have not left the register, by name. */
  applicationsOf(organisation: number): Promise<readonly Application[]>
  /** Also those that have left. */
  applicationsById(ids: readonly number[]): Promise<readonly Application[]>
  /** Teams the person belongs to at that moment. */
  teamsOf(person: number, at: Instant): Promise<readonly Team[]>
  personsByNip(nips: readonly string[]): Promise<readonly Person[]>
  /** By e-mail address, in any case; several when several share it. */
  personsByEmail(email: string): Promise<readonly Person[]>
  /** In any way of writing it: `0812-3456-7890` is `6281234567890`. */
  personsByMobile(number: string): Promise<readonly Person[]>
}

const organisationOf = ({ search: _, gone_at, kind, ...row }: Schema['organisations']): Organisation => ({
  ...row,
  kind: kind as Organisation['kind'],
  goneAt: gone_at,
})

const personOf = ({ search: _, gone_at, echelon, skills, ...row }: Schema['persons']): Person => ({
  ...row,
  echelon: echelon as Person['echelon'],
  skills: JSON.parse(skills) as string[],
  goneAt: gone_at,
})

const officeOf = ({ search: _, gone_at: __, from_at, until_at, role, kind, ...row }: Schema['offices']): Office => ({
  ...row,
  role: role as Office['role'],
  kind: kind as Office['kind'],
  from: from_at,
  until: until_at,
})

const teamOf = ({ id, name, decree, from_at, until_at, members }: Schema['teams']): Team => ({
  id,
  name,
  decree,
  from: from_at,
  until: until_at,
  members: JSON.parse(members) as Team['members'],
})

/** A stand-in acts for the days of his order, so he comes first. */
const FIRST: Readonly<Record<Office['kind'], number>> = { plh: 0, plt: 1, definitive: 2 }

export function peopleStore(db: Db, given: { clock: Clock; log: Log }): PeopleStore {
  const personsById = async (ids: readonly number[]): Promise<Person[]> =>
    ids.length === 0
      ? []
      : (
          await db
            .selectFrom('persons')
            .selectAll()
            .where('id', 'in', [...new Set(ids)])
            .execute()
        ).map(personOf)

  /** An office that was taken out of the register had been a mistake, or ended then. */
  const seated = async (rows: readonly Schema['offices'][], at: Instant): Promise<Holder[]> => {
    const offices = rows.filter(({ gone_at }) => gone_at === null || gone_at > at).map(officeOf)
    const now = offices.filter(office => holds(office, at)).sort((a, b) => FIRST[a.kind] - FIRST[b.kind] || a.id - b.id)
    const persons = new Map((await personsById(now.map(({ person }) => person))).map(person => [person.id, person]))
    return now.flatMap(office => {
      const person = persons.get(office.person)
      return person === undefined || (person.goneAt !== null && person.goneAt <= at) ? [] : [{ person, office }]
    })
  }
  const holdersOf = async (position: string, at: Instant) =>
    seated(await db.selectFrom('offices').selectAll().where('position', '=', position).execute(), at)

  return {
    organisations: register<'organisations', Organisation>(db, given, {
      table: 'organisations',
      what: 'organisation',
      sorts: ['name', 'short', 'kind', 'id'],
      columns: ({ name, short, kind, address, phone, email }) => ({ name, short, kind, address, phone, email }),
      of: organisationOf,
      searched: ({ name, short, address, email }) => [name, short, address, email].join('\n'),
    }),
    persons: register<'persons', Person>(db, given, {
      table: 'persons',
      what: 'person',
      sorts: ['name', 'position', 'organisation', 'echelon', 'id'],
      columns: ({ name, nip, position, echelon, rank, organisation, unit, email, mobile, extension, skills }) => ({
        name,
        nip,
        position,
        echelon,
        rank,
        organisation,
        unit,
        email,
        mobile,
        extension,
        skills: JSON.stringify(skills),
      }),
      of: personOf,
      searched: ({ name, nip, position, unit, email, mobile, skills }) => [name, nip ?? '', position, unit, email, mobile, ...skills].join('\n'),
    }),
    offices: register<'offices', Office>(db, given, {
      table: 'offices',
      what: 'office',
      sorts: ['position', 'role', 'person', 'from_at', 'until_at', 'id'],
      columns: ({ person, role, organisation, position, kind, from, until, decree }) => ({
        person,
        role,
        organisation,
        position,
        kind,
        from_at: from,
        until_at: until,
        decree,
      }),
      of: officeOf,
      searched: ({ role, position, kind, decree }) => [role, position ?? '', kind, decree].join('\n'),
    }),
    teams: register<'teams', Team>(db, given, {
      table: 'teams',
      what: 'team',
      sorts: ['name', 'from_at', 'until_at', 'id'],
      columns: ({ name, decree, from, until, members }) => ({ name, decree, from_at: from, until_at: until, members: JSON.stringify(members) }),
      of: teamOf,
      searched: ({ name, decree, members }) => [name, decree, ...members.map(({ duty }) => duty)].join('\n'),
    }),
    applications: register<'applications', Application>(db, given, {
      table: 'applications',
      what: 'application',
      sorts: ['name', 'organisation', 'phase', 'id'],
      columns: applicationColumns,
      of: applicationOf,
      searched: applicationSearched,
    }),

    async organisationsById(ids) {
      if (ids.length === 0) return []
      return (
        await db
          .selectFrom('organisations')
          .selectAll()
          .where('id', 'in', [...new Set(ids)])
          .execute()
      ).map(organisationOf)
    },
    personsById,
    async officesOf(person) {
      const rows = await db.selectFrom('offices').selectAll().where('person', '=', person).where('gone_at', 'is', null).orderBy('id').execute()
      return rows.map(officeOf)
    },
    async applicationsOf(organisation) {
      const rows = db.selectFrom('applications').selectAll().where('organisation', '=', organisation).where('gone_at', 'is', null)
      return (await rows.orderBy('name').execute()).map(applicationOf)
    },
    async applicationsById(ids) {
      return ids.length === 0 ? [] : (await db.selectFrom('applications').selectAll().where('id', 'in', ids).execute()).map(applicationOf)
    },
    async teamsOf(person, at) {
      const rows = await db.selectFrom('teams').selectAll().where('gone_at', 'is', null).orderBy('id').execute()
      return rows.map(teamOf).filter(team => holds(team, at) && team.members.some(member => member.person === person))
    },
    async personsByNip(nips) {
      if (nips.length === 0) return []
      return (await db.selectFrom('persons').selectAll().where('nip', 'in', nips).where('gone_at', 'is', null).execute()).map(personOf)
    },
    holdersOf,
    holderOf: async (position, at) => (await holdersOf(position, at))[0] ?? null,
    async withRole(role, at, organisation) {
      const query = db.selectFrom('offices').selectAll().where('role', '=', role)
      return seated(await (organisation === undefined ? query : query.where('organisation', '=', organisation)).execute(), at)
    },
    async personsByEmail(email) {
      const rows = await db
        .selectFrom('persons')
        .selectAll()
        .where('gone_at', 'is', null)
        .where('search', 'like', `%${email.toLowerCase()}%`)
        .execute()
      return rows.map(personOf).filter(person => person.email.toLowerCase() === email.toLowerCase())
    },
    async personsByMobile(number) {
      const wanted = phoneOf(number)
      if (wanted === null) return []
      // Only few have a mobile that ends alike; which way it is written is judged here.
      const bare = ['-', ' ', '.', '(', ')', '/'].reduce((text, sign) => sql<string>`replace(${text}, ${sign}, '')`, sql<string>`mobile`)
      const rows = await db
        .selectFrom('persons')
        .selectAll()
        .where('gone_at', 'is', null)
        .where(sql<boolean>`${bare} like ${`%${wanted.slice(-7)}`}`)
        .execute()
      return rows.map(personOf).filter(person => phoneOf(person.mobile) === wanted)
    },
  }
}
