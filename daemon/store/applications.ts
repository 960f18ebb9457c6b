// Applications in the records, and how one that a ticket brings gets there.
import { sameName } from '../domain/form-application.ts'
import { Application } from '../domain/people.ts'
import type { EnteredApplication, WantedApplication } from '../domain/ticket-record.ts'
import type { Schema, Trx } from './schema.ts'

type Row = Schema['applications']

export const applicationOf = ({ search: _, gone_at, backup, phase, responsible, ...row }: Row): Application => ({
  ...row,
  responsible: JSON.parse(responsible) as Application['responsible'],
  backup: backup as Application['backup'],
  phase: phase as Application['phase'],
  goneAt: gone_at,
})

export const applicationColumns = ({
  name,
  organisation,
  responsible,
  backup,
  phase,
  note,
}: Omit<Application, 'id'>): Omit<Row, 'id' | 'search' | 'gone_at'> => ({
  name,
  organisation,
  responsible: JSON.stringify(responsible),
  backup,
  phase,
  note,
})

export const applicationSearched = ({ name, note, phase }: Omit<Application, 'id'>): string => [name, note, phase].join('\n')

/** Within the transaction that writes the ticket: whoever was quicker with the same name has entered it. It begins at the first phase. */
export async function enterApplication(trx: Trx, { organisation, name, responsible }: WantedApplication): Promise<EnteredApplication> {
  const standing = await trx
    .selectFrom('applications')
    .select(['id', 'name'])
    .where('organisation', '=', organisation)
    .where('gone_at', 'is', null)
    .execute()
  const there = standing.find(one => sameName(one.name) === sameName(name))
  if (there !== undefined) return { ...there, added: false }
  const last = await trx
    .selectFrom('applications')
    .select(({ fn }) => fn.max('id').as('id'))
    .executeTakeFirst()
  const id = (last?.id ?? 0) + 1
  const { id: _, ...value } = Application.parse({ id, name, organisation, responsible, phase: 'study' })
  const row = { id, gone_at: null, ...applicationColumns(value), search: applicationSearched(value).toLowerCase() }
  await trx.insertInto('applications').values(row).execute()
  return { id, name: value.name, added: true }
}
