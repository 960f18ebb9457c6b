// Opening the records: one daemon a folder, migrations with a copy put aside, wrong keys, damaged files, full disks.
import assert from 'node:assert/strict'
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { Kysely } from 'kysely'
import { Device } from '../../daemon/domain/device.ts'
import type { Failure } from '../../daemon/domain/outcome.ts'
import { openSqlite } from '../../daemon/store/dialect.ts'
import { StoreFault } from '../../daemon/store/fault.ts'
import { MIGRATIONS, migrate } from '../../daemon/store/migrate.ts'
import { openRecords, type RecordsOptions } from '../../daemon/store/records.ts'
import type { Schema } from '../../daemon/store/schema.ts'
import { openSecrets } from '../../daemon/store/secrets.ts'
import { tinyDisk } from './support/disk.ts'
import { recordsIn, tempFolder } from './support/folder.ts'
import { must, NOON, quiet } from './support/must.ts'

const device = (id: string): Device =>
  Device.parse({ id, name: id, kind: 'ups', address: { host: '127.0.0.1' }, access: { via: 'snmp', version: '2c', community: 'rahasia' } })

const refusal = async (folder: string, over: Partial<RecordsOptions> = {}): Promise<Failure> => {
  const opened = await openRecords({ folder, log: quiet, clock: () => NOON, ...over })
  if (!opened.ok) return opened.failure
  await opened.value.close()
  return assert.fail('it opened')
}

/** Puts a fresh records file of that version into the folder, as the Suar of that time left it. */
async function recordsOfVersion(folder: string, version: number): Promise<void> {
  const { dialect, close } = must(openSqlite(join(folder, 'records.db')))
  const db = new Kysely<Schema>({ dialect })
  must(await migrate(db, { copy: null, now: NOON, migrations: MIGRATIONS.slice(0, version) }))
  const { access, ...definition } = device('ups-old')
  const secrets = must(openSecrets({ folder, environmentKey: undefined, mustExist: false }))
  await db
    .insertInto('devices')
    .values({
      no: 1,
      id: 'ups-old',
      definition: JSON.stringify(definition),
      access: secrets.seal(JSON.stringify(access), 'device ups-old'),
      identity: null,
      source: 'adopted',
      added_at: NOON,
      removed_at: null,
    })
    .execute()
  close()
}

const versionOf = (file: string): unknown => {
  const db = new Database(file, { readonly: true })
  const version = db.prepare('SELECT max(version) FROM migrations').pluck().get()
  db.close()
  return version
}

describe('opening the records', () => {
  describe('one daemon a folder', function () {
    this.timeout(60_000)
    const children: ChildProcess[] = []
    afterEach(async () => {
      for (const child of children.splice(0))
        if (child.exitCode === null && child.signalCode === null) {
          child.kill('SIGKILL')
          await once(child, 'close')
        }
    })
    const hold = async (folder: string): Promise<{ child: ChildProcess; said: unknown }> => {
      const child = fork(new URL('./support/holder.ts', import.meta.url), [folder])
      children.push(child)
      const [said] = await once(child, 'message')
      return { child, said }
    }

    it('a second one is refused with the number of the first and what to do', async () => {
      const folder = tempFolder()
      const { child, said } = await hold(folder)
      assert.equal(said, 'opened')
      const second = (await hold(folder)).said as Failure
      assert.equal(second.kind, 'conflict')
      assert.match(second.message, new RegExp(`process ${child.pid}\\b.*kill ${child.pid}.*data folder of its own`))
    })

    it('kill -9 gives the folder free at once', async () => {
      const folder = tempFolder()
      const { child } = await hold(folder)
      child.kill('SIGKILL')
      await once(child, 'close')
      assert.ok(existsSync(join(folder, 'suar.pid')), 'the dead one has left its number')
      assert.equal((await hold(folder)).said, 'opened')
    })

    it('also within one process, and closing gives it back', async () => {
      const folder = tempFolder()
      const first = await recordsIn(folder)
      assert.equal((await refusal(folder)).kind, 'conflict')
      await first.close()
      await (await recordsIn(folder)).close()
    })
  })

  describe('migrations', () => {
    for (let version = 1; version < MIGRATIONS.length; version++)
      it(`bring version ${version} forward, with a copy of it put aside first`, async () => {
        const folder = tempFolder()
        await recordsOfVersion(folder, version)
        const records = await recordsIn(folder)
        assert.deepEqual(
          (await records.devices.list()).map(({ device }) => device),
          [device('ups-old')],
        )
        await records.audit.append('ani', 'test', 'works')
        assert.deepEqual(await records.alarms.open(), [])
        await records.close()
        const copies = readdirSync(join(folder, 'backup'))
        assert.deepEqual(copies, [`records-${version}-2026-11-20T12-00-00-000Z.db`])
        assert.equal(versionOf(join(folder, 'backup', copies[0] ?? '')), version)
        assert.equal(versionOf(join(folder, 'records.db')), MIGRATIONS.length)
      })

    it('have nothing to do and copy nothing the second time', async () => {
      const folder = tempFolder()
      await (await recordsIn(folder)).close()
      await (await recordsIn(folder)).close()
      assert.equal(existsSync(join(folder, 'backup')), false)
    })

    it('are numbered without gaps', () => {
      assert.deepEqual(
        MIGRATIONS.map(({ version }) => version),
        MIGRATIONS.map((_, index) => index + 1),
      )
    })

    it('that fail half-way leave the version before, whole', async () => {
      const folder = tempFolder()
      await recordsOfVersion(folder, 2)
      const { dialect, close } = must(openSqlite(join(folder, 'records.db')))
      const db = new Kysely<Schema>({ dialect })
      const failing = {
        version: 3,
        name: 'failing',
        up: async (half: Kysely<unknown>) => {
          await half.schema.createTable('half_done').addColumn('id', 'integer').execute()
          throw new Error('power cut')
        },
      }
      await assert.rejects(migrate(db, { copy: null, now: NOON, migrations: [...MIGRATIONS.slice(0, 2), failing] }), /power cut/)
      assert.deepEqual(
        (await db.introspection.getTables()).filter(({ name }) => name === 'half_done'),
        [],
      )
      close()
      assert.equal(versionOf(join(folder, 'records.db')), 2)
    })

    it('refuse records of a newer Suar, and leave them alone', async () => {
      const folder = tempFolder()
      await (await recordsIn(folder)).close()
      const db = new Database(join(folder, 'records.db'))
      db.exec(`INSERT INTO migrations VALUES (99, 'from tomorrow', 0)`)
      db.close()
      const { kind, message, retry } = await refusal(folder)
      assert.deepEqual([kind, retry], ['conflict', false])
      assert.match(message, /version 99.*newer Suar.*Start that one, or put back a copy/)
      assert.equal(versionOf(join(folder, 'records.db')), 99)
    })
  })

  describe('a damaged file', () => {
    it('that is no database is named, with what to do', async () => {
      const folder = tempFolder()
      writeFileSync(join(folder, 'records.db'), 'halaman ini bukan basis data '.repeat(400))
      const { kind, message } = await refusal(folder)
      assert.equal(kind, 'garbage')
      assert.match(message, /records\.db.*damaged.*newest copy from the backup folder/)
    })

    it('with pages overwritten is found at the door', async () => {
      const folder = tempFolder()
      const records = await recordsIn(folder)
      await records.devices.reconcile(Array.from({ length: 300 }, (_, i) => device(`ups-${i}`)))
      await records.close()
      const file = join(folder, 'records.db')
      const bytes = readFileSync(file)
      bytes.fill(0xa5, 4096 * 3, 4096 * 12)
      writeFileSync(file, bytes)
      assert.equal((await refusal(folder)).kind, 'garbage')
    })
  })

  describe('the key', () => {
    const KEY = 'ab'.repeat(32)

    it('from the environment opens what it sealed, and leaves no file', async () => {
      const folder = tempFolder()
      const first = must(await openRecords({ folder, log: quiet, clock: () => NOON, environmentKey: KEY }))
      must(await first.devices.add(device('ups-1'), 'adopted'))
      await first.close()
      assert.equal(existsSync(join(folder, 'secret.key')), false)
      const again = must(await openRecords({ folder, log: quiet, clock: () => NOON, environmentKey: Buffer.from(KEY, 'hex').toString('base64') }))
      assert.deepEqual((await again.devices.list())[0]?.device, device('ups-1'))
      await again.close()
    })

    it('that is another, is lost, is open to others or is none is told apart, and never shown', async () => {
      const folder = tempFolder()
      const records = await recordsIn(folder)
      must(await records.devices.add(device('ups-1'), 'adopted'))
      await records.close()
      const file = join(folder, 'secret.key')
      const right = readFileSync(file, 'utf8')
      const failures = [await refusal(folder, { environmentKey: KEY }), await refusal(folder, { environmentKey: 'rahasia sekali' })]
      chmodSync(file, 0o644)
      failures.push(await refusal(folder))
      rmSync(file)
      failures.push(await refusal(folder))
      writeFileSync(file, `${KEY}\n`, { mode: 0o600 })
      failures.push(await refusal(folder))
      assert.deepEqual(
        failures.map(({ kind }) => kind),
        ['wrongCredential', 'invalid', 'forbidden', 'notFound', 'wrongCredential'],
      )
      for (const { message } of failures) for (const secret of [KEY, 'rahasia', right.trim()]) assert.equal(message.includes(secret), false)
      writeFileSync(file, right)
      await (await recordsIn(folder)).close()
    })

    it('binds what is sealed to its record, and notices any changed byte', () => {
      const secrets = must(openSecrets({ folder: tempFolder(), environmentKey: undefined, mustExist: false }))
      const sealed = secrets.seal('komunitas', 'device a')
      assert.notEqual(secrets.seal('komunitas', 'device a'), sealed)
      assert.equal(must(secrets.unseal(sealed, 'device a')), 'komunitas')
      const elsewhere = secrets.unseal(sealed, 'device b')
      assert.equal(elsewhere.ok, false)
      for (let i = 0; i < sealed.length; i++) {
        const changed = `${sealed.slice(0, i)}${sealed[i] === 'A' ? 'B' : 'A'}${sealed.slice(i + 1)}`
        // The last characters of base64 carry bits that mean nothing.
        const opened = secrets.unseal(changed, 'device a')
        if (opened.ok) assert.deepEqual(Buffer.from(changed.slice(3), 'base64'), Buffer.from(sealed.slice(3), 'base64'))
      }
      assert.equal(secrets.unseal('', 'device a').ok, false)
    })
  })

  it('on a full disk says so, keeps what was there, and goes on when there is space', async function () {
    using disk = tinyDisk(2)
    if (disk === null) return this.skip()
    const records = await recordsIn(disk.folder)
    let kept = 0
    let failure: unknown = null
    while (failure === null && kept < 100)
      await records.settings.set(`plan ${kept}`, 'x'.repeat(50_000)).then(
        () => kept++,
        error => {
          failure = error
        },
      )
    assert.ok(failure instanceof StoreFault)
    assert.equal(failure.failure.kind, 'full')
    assert.equal((await records.settings.all()).size, kept, 'what was acknowledged is there, what was not is not')
    disk.resize(8)
    await records.settings.set('plan b', 'x'.repeat(50_000))
    await records.close()
    const again = await recordsIn(disk.folder)
    assert.equal((await again.settings.all()).size, kept + 1)
    await again.close()
  })
})
