// Certificates in the records, keys under lock: the current one of each website, those before it, and one handed in and not yet put in place.
import type { Instant } from '../domain/call.ts'
import { fault } from './fault.ts'
import type { Db, Schema } from './schema.ts'
import type { Secrets } from './secrets.ts'

export interface KeptCertificate {
  /** SHA-256 of the leaf, hexadecimal. */
  readonly fingerprint: string
  readonly source: 'acme' | 'own' | 'upload'
  /** PEM, the leaf first. */
  readonly chain: string
  readonly names: readonly string[]
  readonly issuer: string
  readonly notBefore: Instant
  readonly notAfter: Instant
}

export interface CertificateStore {
  current(website: string): Promise<(KeptCertificate & { readonly key: string }) | null>
  /** The current one first, then those before it. */
  versions(website: string): Promise<readonly (KeptCertificate & { readonly key: string })[]>
  /** Of all websites, without their keys. */
  currents(): Promise<readonly (KeptCertificate & { readonly website: string })[]>
  /** The newest is the current one; the one before is kept. */
  put(website: string, certificate: KeptCertificate & { readonly key: string }, at: Instant): Promise<void>
  /** An older one is current again, or none. False: there is no such. */
  restore(website: string, fingerprint: string | null): Promise<boolean>
  /** Handed in: what the next change puts in place. */
  hand(website: string, certificate: KeptCertificate & { readonly key: string }, at: Instant): Promise<void>
  handed(website: string): Promise<(KeptCertificate & { readonly key: string }) | null>
  /** Orders under way, account keys, failures of renewals: by name. */
  note(name: string): Promise<string | null>
  putNote(name: string, text: string | null): Promise<void>
  notes(head: string): Promise<ReadonlyMap<string, string>>
}

type State = 'current' | 'former' | 'handed'
type Row = Pick<Schema['certificates'], 'website' | 'fingerprint' | 'key' | 'document'>

/** Of one website: what a way back may need. */
const KEPT = 10

export function certificateStore(db: Db, { secrets }: { readonly secrets: Secrets }): CertificateStore {
  const keyAs = (website: string, fingerprint: string) => `certificate ${website} ${fingerprint}`
  const noteAs = (name: string) => `certificates ${name}`
  const unsealed = (sealed: string, context: string): string => {
    const opened = secrets.unseal(sealed, context)
    if (!opened.ok) throw fault(opened.failure.kind, opened.failure.message)
    return opened.value
  }
  const certificateOf = ({ document }: Pick<Row, 'document'>) => JSON.parse(document) as KeptCertificate
  const withKey = (row: Row | undefined) =>
    row === undefined ? null : { ...certificateOf(row), key: unsealed(row.key, keyAs(row.website, row.fingerprint)) }
  const newest = async (website: string, state: State) =>
    withKey(
      await db
        .selectFrom('certificates')
        .select(['website', 'fingerprint', 'key', 'document'])
        .where('website', '=', website)
        .where('state', '=', state)
        .orderBy('id', 'desc')
        .limit(1)
        .executeTakeFirst(),
    )

  const enter = (website: string, { key, ...certificate }: KeptCertificate & { readonly key: string }, state: State, at: Instant) =>
    db.transaction().execute(async trx => {
      // What was current is kept for the way back; of those handed in only the last counts.
      if (state === 'handed') await trx.deleteFrom('certificates').where('website', '=', website).where('state', '=', 'handed').execute()
      else await trx.updateTable('certificates').set({ state: 'former' }).where('website', '=', website).where('state', '!=', 'handed').execute()
      const { fingerprint } = certificate
      const there = await trx
        .selectFrom('certificates')
        .select('state')
        .where('website', '=', website)
        .where('fingerprint', '=', fingerprint)
        .executeTakeFirst()
      // Handed in once more: the one that is in use stays so.
      if (state === 'handed' && there?.state === 'current') return
      await trx.deleteFrom('certificates').where('website', '=', website).where('fingerprint', '=', fingerprint).execute()
      await trx
        .insertInto('certificates')
        .values({
          ...{ website, fingerprint, state, at },
          key: secrets.seal(key, keyAs(website, fingerprint)),
          document: JSON.stringify(certificate),
        })
        .execute()
    })

  return {
    current: website => newest(website, 'current'),
    async versions(website) {
      const rows = await db
        .selectFrom('certificates')
        .select(['website', 'fingerprint', 'state', 'key', 'document'])
        .where('website', '=', website)
        .where('state', 'in', ['current', 'former'])
        .orderBy('id', 'desc')
        .limit(KEPT)
        .execute()
      return rows.toSorted((a, b) => Number(b.state === 'current') - Number(a.state === 'current')).flatMap(row => withKey(row) ?? [])
    },
    async currents() {
      const rows = await db.selectFrom('certificates').select(['website', 'document']).where('state', '=', 'current').orderBy('website').execute()
      return rows.map(row => ({ ...certificateOf(row), website: row.website }))
    },
    put: (website, certificate, at) => enter(website, certificate, 'current', at),
    hand: (website, certificate, at) => enter(website, certificate, 'handed', at),
    handed: website => newest(website, 'handed'),
    restore: (website, fingerprint) =>
      db.transaction().execute(async trx => {
        const of = trx.selectFrom('certificates').select('id').where('website', '=', website)
        const wanted = fingerprint === null ? undefined : await of.where('fingerprint', '=', fingerprint).executeTakeFirst()
        if (fingerprint !== null && wanted === undefined) return false
        await trx.updateTable('certificates').set({ state: 'former' }).where('website', '=', website).where('state', '=', 'current').execute()
        if (wanted !== undefined) await trx.updateTable('certificates').set({ state: 'current' }).where('id', '=', wanted.id).execute()
        return true
      }),
    async note(name) {
      const row = await db.selectFrom('certificate_notes').select('sealed').where('name', '=', name).executeTakeFirst()
      return row === undefined ? null : unsealed(row.sealed, noteAs(name))
    },
    async putNote(name, text) {
      if (text === null) {
        await db.deleteFrom('certificate_notes').where('name', '=', name).execute()
        return
      }
      const sealed = secrets.seal(text, noteAs(name))
      await db
        .insertInto('certificate_notes')
        .values({ name, sealed })
        .onConflict(conflict => conflict.column('name').doUpdateSet({ sealed }))
        .execute()
    },
    async notes(head) {
      const rows = await db.selectFrom('certificate_notes').selectAll().execute()
      return new Map(rows.filter(({ name }) => name.startsWith(head)).map(({ name, sealed }) => [name, unsealed(sealed, noteAs(name))]))
    },
  }
}
