// Applications in the records: those that a Suar of before kept with one person each go on with the same.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { Kysely } from 'kysely'
import { responsibleAt } from '../../daemon/domain/people.ts'
import { openSqlite } from '../../daemon/store/dialect.ts'
import { MIGRATIONS, migrate } from '../../daemon/store/migrate.ts'
import type { Schema } from '../../daemon/store/schema.ts'
import { recordsIn, tempFolder } from './support/folder.ts'
import { must, NOON } from './support/must.ts'

/** What version 10 left behind. */
async function before(folder: string): Promise<void> {
  const file = join(folder, 'records.db')
  const { dialect, close } = must(openSqlite(file))
  must(await migrate(new Kysely<Schema>({ dialect }), { copy: null, now: NOON, migrations: MIGRATIONS.slice(0, 10) }))
  close()
  const db = new Database(file)
  db.exec(`
    insert into organisations values (1, 'Dinas Kesehatan', 'Dinkes', 'agency', '', '', '', null, 'dinkes');
    insert into persons values (1, 'Ani', null, '', 'III', '', 1, '', '', '', '', '[]', null, 'ani'), (2, 'Budi', null, '', 'none', '', 1, '', '', '', '', '[]', null, 'budi');
    insert into applications values (1, 'SIMRS', 1, 1, 2, 'house', 'maintenance', '', null, 'simrs'), (2, 'e-Gizi', 1, null, 2, 'nobody', 'study', '', 5, 'e-gizi');
  `)
  db.close()
}

describe('applications of an earlier Suar', () => {
  it('keep who answers for them, those that left as well, and know no tickets yet', async () => {
    const folder = tempFolder()
    await before(folder)
    const records = await recordsIn(folder, () => NOON)
    const [one, other] = await records.people.applicationsById([1, 2])
    assert.ok(one !== undefined && other !== undefined)
    assert.deepEqual([responsibleAt(one, 'structural', NOON), responsibleAt(one, 'technical', NOON)], [1, 2])
    assert.deepEqual([responsibleAt(other, 'structural', NOON), responsibleAt(other, 'technical', 0), other.goneAt], [null, 2, 5])
    assert.deepEqual(
      (await records.people.applications.all()).map(({ name }) => name),
      ['SIMRS'],
    )
    const { responsible: _, ...rest } = one
    const changed = must(
      await records.people.applications.change(1, { ...rest, responsible: [{ as: 'technical', person: 1, from: NOON, until: null }] }),
    )
    assert.equal(responsibleAt(changed, 'structural', NOON), null)
    await records.close()
  })
})
