// Versions of services: a service that reads otherwise than its newest version becomes the next one.
import { createHash } from 'node:crypto'
import type { Clock } from '../domain/call.ts'
import { done, failed, type Outcome } from '../domain/outcome.ts'
import { Service, type ServiceVersion } from '../domain/service.ts'
import type { Db, Schema } from './schema.ts'

export interface CatalogueStore {
  /** Saves what differs from its newest version, all or nothing, and gives the newest version of each, in the same order. */
  keep(services: readonly Service[]): Promise<readonly ServiceVersion[]>
  /** Of every service there ever was. A version that cannot be read any more is left out. */
  newest(): Promise<readonly ServiceVersion[]>
  /** `notFound`; `garbage` when it was written by a Suar whose services had another shape. */
  version(key: string, version: number): Promise<Outcome<ServiceVersion>>
}

type Row = Schema['service_versions']

export function catalogueStore(db: Db, { clock }: { clock: Clock }): CatalogueStore {
  return {
    keep: services =>
      db.transaction().execute(async trx => {
        const kept: ServiceVersion[] = []
        for (const service of services) {
          const document = canonical(service)
          const hash = createHash('sha256').update(document).digest('hex')
          const was = await trx
            .selectFrom('service_versions')
            .select(['version', 'hash', 'since'])
            .where('key', '=', service.key)
            .orderBy('version', 'desc')
            .limit(1)
            .executeTakeFirst()
          if (was?.hash === hash) {
            kept.push({ key: service.key, version: was.version, hash, since: was.since, service })
            continue
          }
          const row: Row = { key: service.key, version: (was?.version ?? 0) + 1, hash, since: clock(), document }
          await trx.insertInto('service_versions').values(row).execute()
          kept.push({ key: service.key, version: row.version, hash, since: row.since, service })
        }
        return kept
      }),

    async newest() {
      const rows = await db
        .selectFrom('service_versions as one')
        .selectAll()
        .where('version', '=', eb =>
          eb
            .selectFrom('service_versions as other')
            .select(({ fn }) => fn.max('other.version').as('version'))
            .whereRef('other.key', '=', 'one.key'),
        )
        .orderBy('key')
        .execute()
      return rows.flatMap(row => {
        const read = readRow(row)
        return read.ok ? read.value : []
      })
    },

    async version(key, version) {
      const row = await db.selectFrom('service_versions').selectAll().where('key', '=', key).where('version', '=', version).executeTakeFirst()
      return row === undefined ? failed('notFound', `There is no version ${version} of the service "${key}".`) : readRow(row)
    },
  }
}

function readRow({ key, version, hash, since, document }: Row): Outcome<ServiceVersion> {
  const read = Service.safeParse(JSON.parse(document))
  if (read.success) return done({ key, version, hash, since, service: read.data })
  const where = read.error.issues[0]?.path.join('.') ?? ''
  return failed('garbage', `Version ${version} of the service "${key}" was written by another Suar and cannot be read (${where}).`)
}

/** JSON with keys in order: the same service has the same hash wherever its keys stand in the file. */
function canonical(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`)
  return `{${members.join(',')}}`
}
