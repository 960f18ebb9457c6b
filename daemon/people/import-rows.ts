// What a row of a table means: an organisation, a person or an account, new, changed, as it was, or wrong.
import type { z } from 'zod'
import type { Outcome, Together } from '../domain/outcome.ts'
import { Organisation, Person } from '../domain/people.ts'
import { Login } from '../domain/signin.ts'
import { issueWords, type Reason } from '../domain/words/issue-words.ts'

export type Cells = Readonly<Record<string, string>>
export interface Wrong {
  readonly column: string
  readonly reason: string
  readonly words: Reason
}
export type Told =
  | { readonly kind: 'same' }
  | { readonly kind: 'wrong'; readonly wrong: readonly Wrong[] }
  /** `fields` null: added. */
  | { readonly kind: 'step'; readonly name: string; readonly fields: readonly string[] | null; run(): Promise<Outcome<unknown>> }

/** What tells two rows apart; null: the row is too wrong to say. */
export interface Row {
  readonly keys: readonly (readonly [column: string, key: string])[]
  readonly told: Told
}

export interface ImportInto {
  organisations(): Promise<readonly Organisation[]>
  persons(): Promise<readonly Person[]>
  /** Logins by person. */
  accounts(): Promise<ReadonlyMap<number, string>>
  addOrganisation(value: Omit<Organisation, 'id'>): Promise<Outcome<unknown>>
  changeOrganisation(id: number, value: Omit<Organisation, 'id'>): Promise<Outcome<unknown>>
  addPerson(value: Omit<Person, 'id'>): Promise<Outcome<unknown>>
  changePerson(id: number, value: Omit<Person, 'id'>): Promise<Outcome<unknown>>
  /** All that is written within it is one transaction. */
  readonly together: Together
  addAccount(given: { readonly login: string; readonly person: number }): Promise<Outcome<{ readonly link: string }>>
}

const wrong = (...list: Wrong[]): Told => ({ kind: 'wrong', wrong: list })
const because = (column: string, id: string, en: string): Wrong => ({ column, reason: en, words: { id, en } })
const ofIssues = (error: z.ZodError): Wrong[] =>
  error.issues.map(issue => ({ column: issue.path.join('.'), reason: issue.message, words: issueWords(issue) }))
const refused = (error: z.ZodError): Told => wrong(...ofIssues(error))

/** Only what the file has columns for is changed: an absent column says nothing about a value. */
function compared<T extends { readonly id: number }>(
  was: T | undefined,
  read: Omit<T, 'id' | 'goneAt'> & { readonly name: string },
  cells: Cells,
  into: { add(value: Omit<T, 'id'>): Promise<Outcome<unknown>>; change(id: number, value: Omit<T, 'id'>): Promise<Outcome<unknown>> },
): Told {
  if (was === undefined)
    return {
      kind: 'step',
      name: read.name,
      fields: null,
      run: () => into.add({ ...read, goneAt: null } as unknown as Omit<T, 'id'>),
    }
  const { id, ...before } = was
  const told = Object.entries(read).filter(([field]) => Object.hasOwn(cells, field))
  const fields = told.flatMap(([field, value]) =>
    JSON.stringify((before as Record<string, unknown>)[field]) === JSON.stringify(value) ? [] : [field],
  )
  if (fields.length === 0) return { kind: 'same' }
  return { kind: 'step', name: read.name, fields, run: () => into.change(id, { ...before, ...Object.fromEntries(told) } as Omit<T, 'id'>) }
}

const OrganisationRow = Organisation.omit({ id: true, goneAt: true })
const KINDS: Readonly<Record<string, string>> = {
  '': 'agency',
  pd: 'agency',
  dinas: 'agency',
  badan: 'agency',
  kabupaten: 'district',
  kota: 'district',
  lainnya: 'other',
}

export async function organisationRows(into: ImportInto): Promise<(cells: Cells) => Row> {
  const known = new Map((await into.organisations()).map(one => [one.short.toLowerCase(), one]))
  return cells => {
    const kind = (cells['kind'] ?? '').toLowerCase()
    const read = OrganisationRow.safeParse({ ...cells, kind: KINDS[kind] ?? kind })
    if (!read.success) return { keys: [], told: refused(read.error) }
    const key = read.data.short.toLowerCase()
    const told = compared<Organisation>(known.get(key), read.data, cells, { add: into.addOrganisation, change: into.changeOrganisation })
    return { keys: [['short', key]], told }
  }
}

const PersonRow = Person.omit({ id: true, goneAt: true })
/** "III.b" is echelon III; "-" and nothing are none. */
const echelonOf = (text: string): string =>
  /^(I{1,3}|IV)(?=[.\s]*[a-d]?$)/i.exec(text.trim())?.[1]?.toUpperCase() ?? (/^-?$/.test(text.trim()) ? 'none' : text)

export async function personRows(into: ImportInto): Promise<(cells: Cells) => Row> {
  const organisations = await into.organisations()
  const persons = await into.persons()
  const byNip = new Map(persons.flatMap(person => (person.nip === null ? [] : [[person.nip, person] as const])))
  const keyOf = (organisation: number, name: string) => `${organisation} ${name.toLowerCase()}`
  const byName = new Map(persons.flatMap(person => (person.nip === null ? [[keyOf(person.organisation, person.name), person] as const] : [])))
  return cells => {
    const { organisation: home = '', nip = '', echelon = '', skills = '', ...rest } = cells
    const found = organisations.find(({ short, name }) => [short, name].some(known => known.toLowerCase() === home.toLowerCase()))
    const read = PersonRow.safeParse({
      ...rest,
      nip: nip === '' ? null : nip,
      echelon: echelonOf(echelon),
      skills: skills.split(/[;|]/).flatMap(skill => (skill.trim() === '' ? [] : [skill.trim()])),
      organisation: found?.id ?? 1,
    })
    const homeless: Wrong[] =
      found === undefined ? [because('organisation', `tidak ada organisasi "${home}"`, `there is no organisation "${home}"`)] : []
    if (!read.success)
      return {
        keys: [],
        told: { kind: 'wrong', wrong: [...homeless, ...ofIssues(read.error)] },
      }
    if (found === undefined) return { keys: [], told: wrong(...homeless) }
    const key = read.data.nip ?? keyOf(found.id, read.data.name)
    const was = read.data.nip === null ? byName.get(key) : byNip.get(key)
    const told = compared<Person>(was, read.data, cells, { add: into.addPerson, change: into.changePerson })
    return { keys: [[read.data.nip === null ? 'name' : 'nip', key]], told }
  }
}

export async function accountRows(into: ImportInto, made: (login: string, link: string) => void): Promise<(cells: Cells) => Row> {
  const persons = await into.persons()
  const accounts = await into.accounts()
  const owner = new Map([...accounts].map(([person, login]) => [login, person]))
  return cells => {
    const read = Login.safeParse(cells['login'])
    const who = (cells['person'] ?? '').trim().toLowerCase()
    const digits = who.replaceAll(/\s/g, '')
    const found = who === '' ? [] : persons.filter(person => person.nip === digits || person.email.toLowerCase() === who)
    const [person] = found
    const mistakes: Wrong[] = read.success
      ? []
      : ofIssues(read.error)
          .slice(0, 1)
          .map(one => ({ ...one, column: 'login' }))
    if (person === undefined)
      mistakes.push(because('person', `tidak ada orang dengan NIP atau surel "${who}"`, `there is no person with the NIP or e-mail "${who}"`))
    else if (found.length > 1) mistakes.push(because('person', `lebih dari satu orang memakai "${who}"`, `several persons have "${who}"`))
    if (!read.success || person === undefined || mistakes.length > 0) return { keys: [], told: { kind: 'wrong', wrong: mistakes } }
    const login = read.data
    const has = accounts.get(person.id)
    const keys = [['login', login] as const, ['person', `#${person.id}`] as const]
    if (has === login) return { keys, told: { kind: 'same' } }
    if (has !== undefined)
      return { keys, told: wrong(because('person', `${person.name} sudah punya akun "${has}"`, `${person.name} has the account "${has}" already`)) }
    if (owner.has(login)) return { keys, told: wrong(because('login', `"${login}" milik orang lain`, `"${login}" is another person's`)) }
    const run = async () => {
      const added = await into.addAccount({ login, person: person.id })
      if (added.ok) made(login, added.value.link)
      return added
    }
    return { keys, told: { kind: 'step', name: `${login}: ${person.name}`, fields: null, run } }
  }
}
