// Names of persons and organisations by their numbers, for lists that only have the numbers. Asked once a page; what is edited changes in place.
import { type ReadonlySignal, signal } from '@preact/signals'
import type { Organisation, Person } from '../../../daemon/domain/people.ts'
import { api } from '../../api.ts'
import { t } from '../../words/index.ts'

export interface Listed<T> {
  readonly items: readonly T[]
  readonly total: number
  readonly page: number
  readonly size: number
}

const persons = signal<ReadonlyMap<number, Person>>(new Map())
const organisations = signal<ReadonlyMap<number, Organisation>>(new Map())
export const personsKnown: ReadonlySignal<ReadonlyMap<number, Person>> = persons
export const organisationsKnown: ReadonlySignal<ReadonlyMap<number, Organisation>> = organisations

const MOST = 200

/** All there is, page by page: a region has some hundred officials and some dozen agencies. */
async function all<T>(path: string): Promise<readonly T[]> {
  const items: T[] = []
  for (let page = 1; ; page++) {
    const answer = await api.get<Listed<T>>(`/api/v1/${path}?page=${page}&size=${MOST}&gone=true`)
    if (!answer.ok) return items
    items.push(...answer.value.items)
    if (answer.value.items.length === 0 || items.length >= answer.value.total) return items
  }
}

let asked: Promise<void> | null = null

/** Brings the names; at most once until `forget`. */
export function bringNames(): Promise<void> {
  asked ??= (async () => {
    const [people, bodies] = await Promise.all([all<Person>('people'), all<Organisation>('organisations')])
    persons.value = new Map(people.map(one => [one.id, one]))
    organisations.value = new Map(bodies.map(one => [one.id, one]))
  })()
  return asked
}
export const forgetNames = (): void => {
  asked = null
}

export const learnPerson = (one: Person): void => {
  persons.value = new Map(persons.peek()).set(one.id, one)
}
export const learnOrganisation = (one: Organisation): void => {
  organisations.value = new Map(organisations.peek()).set(one.id, one)
}

export const personName = (id: number | null): string => (id === null ? '' : (persons.value.get(id)?.name ?? t.value.people.register.unknown(id)))
export const organisationShort = (id: number | null): string =>
  id === null ? '' : (organisations.value.get(id)?.short ?? t.value.people.register.unknown(id))
