// What a row of a table means: an organisation, a person or an account, new, changed, as it was, or wrong.
import type { z } from 'zod'
import type { Together } from '../domain/outcome.ts'
import { Organisation, Person } from '../domain/people.ts'
import { Login } from '../domain/signin.ts'
import { issueWords, type Reason } from '../domain/words/issue-words.ts'

export type Cells = Readonly<Record<string, string>>
export interface Wrong {
  readonly column: string
  readonly reason: string
  readonly words: Reason
}
type No = { readonly kind: 'same' } | { readonly kind: 'wrong'; readonly wrong: readonly Wrong[] }
export interface Step<V> {
  readonly kind: 'step'
  readonly name: string
  /** Null: added. */
  readonly fields: readonly string[] | null
  readonly value: V
  /** What the trail says of it. */
  readonly detail: object
}

export interface Row<V> {
  /** What tells two rows apart; none: the row is too wrong to say. */
  readonly keys: readonly (readonly [column: string, key: string])[]
  readonly told: No | Step<V>
}

/** New with `id` null. */
type Sent<T> = Omit<T, 'id'> & { readonly id: number | null }
interface Laid {
  readonly ids: readonly number[]
  write(): Promise<void>
}
interface Held<T, V> {
  all(): Promise<readonly T[]>
  aside(values: readonly V[]): Promise<Laid>
}
export interface NewAccount {
  readonly login: string
  readonly person: number
  readonly name: string
}

export interface ImportInto {
  readonly organisations: Held<Organisation, Sent<Organisation>>
  readonly persons: Held<Person, Sent<Person>>
  readonly accounts: {
    /** By person. */
    logins(): Promise<ReadonlyMap<number, string>>
    everTaken(): Promise<ReadonlySet<string>>
    aside(values: readonly NewAccount[]): Promise<Laid>
  }
  /** Grows with every write to any of them. */
  writes(): number
  /** Made ready; what it gives writes them to the trail. */
  trail(entries: readonly { readonly action: string; readonly subject: string; readonly detail: object }[]): Promise<() => Promise<void>>
  /** Of accounts that were made just now: where each sets the first password. */
  links(accounts: readonly number[]): Promise<readonly string[]>
  /** All that is written within it is one transaction. */
  readonly together: Together
}

/** One kind of table: how its rows are read, by what stood when it was opened, and where they are laid aside. */
export interface Table<V> {
  readonly what: string
  read(cells: Cells): Row<V>
  aside(values: readonly V[]): Promise<Laid>
}

const wrong = (...list: Wrong[]): No => ({ kind: 'wrong', wrong: list })
const because = (column: string, id: string, en: string): Wrong => ({ column, reason: en, words: { id, en } })
const ofIssues = (error: z.ZodError): Wrong[] =>
  error.issues.map(issue => ({ column: issue.path.join('.'), reason: issue.message, words: issueWords(issue) }))
const refused = (error: z.ZodError): No => wrong(...ofIssues(error))

/** Only what the file has columns for is changed: an absent column says nothing about a value. */
function compared<T extends { readonly id: number }>(
  was: T | undefined,
  read: Omit<T, 'id' | 'goneAt'> & { readonly name: string },
  cells: Cells,
): No | Step<Sent<T>> {
  const { name } = read
  if (was === undefined) return { kind: 'step', name, fields: null, value: { ...read, goneAt: null, id: null } as unknown as Sent<T>, detail: read }
  const before = was as Readonly<Record<string, unknown>>
  const now = Object.entries(read).filter(([field, value]) => Object.hasOwn(cells, field) && JSON.stringify(before[field]) !== JSON.stringify(value))
  if (now.length === 0) return { kind: 'same' }
  const fields = now.map(([field]) => field)
  return {
    kind: 'step',
    name,
    fields,
    value: { ...was, ...Object.fromEntries(now) },
    detail: { name, now: Object.fromEntries(now), before: Object.fromEntries(fields.map(field => [field, before[field] ?? null])) },
  }
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

export async function organisationTable({ organisations }: ImportInto): Promise<Table<Sent<Organisation>>> {
  const known = new Map((await organisations.all()).map(one => [one.short.toLowerCase(), one]))
  const read = (cells: Cells): Row<Sent<Organisation>> => {
    const kind = (cells['kind'] ?? '').toLowerCase()
    const read = OrganisationRow.safeParse({ ...cells, kind: KINDS[kind] ?? kind })
    if (!read.success) return { keys: [], told: refused(read.error) }
    const key = read.data.short.toLowerCase()
    return { keys: [['short', key]], told: compared<Organisation>(known.get(key), read.data, cells) }
  }
  return { what: 'organisation', read, aside: organisations.aside }
}

const PersonRow = Person.omit({ id: true, goneAt: true })
/** "III.b" is echelon III; "-" and nothing are none. */
const echelonOf = (text: string): string =>
  /^(I{1,3}|IV)(?=[.\s]*[a-d]?$)/i.exec(text.trim())?.[1]?.toUpperCase() ?? (/^-?$/.test(text.trim()) ? 'none' : text)

export async function personTable(into: ImportInto): Promise<Table<Sent<Person>>> {
  const homes = new Map<string, Organisation>()
  for (const one of await into.organisations.all())
    for (const name of [one.short, one.name]) if (!homes.has(name.toLowerCase())) homes.set(name.toLowerCase(), one)
  const persons = await into.persons.all()
  const byNip = new Map(persons.flatMap(person => (person.nip === null ? [] : [[person.nip, person] as const])))
  const keyOf = (organisation: number, name: string) => `${organisation} ${name.toLowerCase()}`
  const byName = new Map(persons.flatMap(person => (person.nip === null ? [[keyOf(person.organisation, person.name), person] as const] : [])))
  const read = (cells: Cells): Row<Sent<Person>> => {
    const { organisation: home = '', nip = '', echelon = '', skills = '', ...rest } = cells
    const found = homes.get(home.toLowerCase())
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
    return { keys: [[read.data.nip === null ? 'name' : 'nip', key]], told: compared<Person>(was, read.data, cells) }
  }
  return { what: 'person', read, aside: into.persons.aside }
}

export async function accountTable({ persons, accounts }: ImportInto): Promise<Table<NewAccount>> {
  const who = new Map<string, Person[]>()
  for (const person of await persons.all())
    for (const known of new Set([person.nip, person.email.toLowerCase()]))
      if (known !== null && known !== '') who.set(known, [...(who.get(known) ?? []), person])
  const logins = await accounts.logins()
  const taken = await accounts.everTaken()
  const read = (cells: Cells): Row<NewAccount> => {
    const read = Login.safeParse(cells['login'])
    const wanted = (cells['person'] ?? '').trim().toLowerCase()
    const found = who.get(wanted) ?? who.get(wanted.replaceAll(/\s/g, '')) ?? []
    const [person] = found
    const mistakes: Wrong[] = read.success
      ? []
      : ofIssues(read.error)
          .slice(0, 1)
          .map(one => ({ ...one, column: 'login' }))
    if (person === undefined)
      mistakes.push(because('person', `tidak ada orang dengan NIP atau surel "${wanted}"`, `there is no person with the NIP or e-mail "${wanted}"`))
    else if (found.length > 1) mistakes.push(because('person', `lebih dari satu orang memakai "${wanted}"`, `several persons have "${wanted}"`))
    if (!read.success || person === undefined || mistakes.length > 0) return { keys: [], told: { kind: 'wrong', wrong: mistakes } }
    const login = read.data
    const has = logins.get(person.id)
    const keys = [['login', login] as const, ['person', `#${person.id}`] as const]
    if (has === login) return { keys, told: { kind: 'same' } }
    if (has !== undefined)
      return { keys, told: wrong(because('person', `${person.name} sudah punya akun "${has}"`, `${person.name} has the account "${has}" already`)) }
    // Also of one who has left: the trail must mean one person.
    if (taken.has(login)) return { keys, told: wrong(because('login', `"${login}" milik orang lain`, `"${login}" is another person's`)) }
    const value = { login, person: person.id, name: person.name }
    return { keys, told: { kind: 'step', name: `${login}: ${person.name}`, fields: null, value, detail: { login, person: person.id } } }
  }
  return { what: 'account', read, aside: accounts.aside }
}
