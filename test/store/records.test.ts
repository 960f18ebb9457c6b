// The records on real SQLite files: what each small store keeps over a restart.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { Alarm } from '../../daemon/domain/alarm.ts'
import { Device } from '../../daemon/domain/device.ts'
import { Inventory } from '../../daemon/domain/inventory.ts'
import type { Point } from '../../daemon/domain/point.ts'
import { StoreFault } from '../../daemon/store/fault.ts'
import { openRecords, type Records } from '../../daemon/store/records.ts'
import { recordsIn, tempFolder } from './support/folder.ts'
import { must, NOON, quiet } from './support/must.ts'

const ups = Device.parse({
  id: 'ups-a',
  name: 'UPS A',
  kind: 'ups',
  address: { host: '127.0.0.1' },
  access: { via: 'snmp', version: '2c', community: 'kepiting-rahasia' },
})
const switch1 = Device.parse({
  id: 'sw-1',
  name: 'Switch 1',
  kind: 'switch',
  address: { host: '127.0.0.2', port: 1161 },
  access: { via: 'snmp', version: '3', user: 'noc', auth: { protocol: 'sha256', password: 'cumi-cumi-merah' } },
})

const point = (key: string): Point => ({
  key,
  label: { en: key },
  quantity: 'charge',
  unit: '%',
  cadence: 'fast',
  source: '1.3.6.1.2.1.33.1.2.4.0',
  decode: { scale: 1, offset: 0, absent: [], counter: null, decoder: null },
  profile: 'ups-mib',
  limits: { lowWarning: 50 },
  states: null,
  rules: [{ kind: 'limits', hysteresis: 1, delay: 0 }],
})

const alarm = (id: number, over: Partial<Alarm> = {}): Alarm => ({
  id,
  key: 'ups-a/battery.charge/limits',
  device: 'ups-a',
  point: { no: 1, key: 'battery.charge' },
  severity: 'warning',
  condition: { kind: 'below', value: 40, limit: 50, clear: 51, from: 'profile' },
  raisedAt: NOON + id,
  clearedAt: null,
  acknowledged: null,
  cause: null,
  suppressed: false,
  notes: [{ at: NOON + id, kind: 'raised', by: null, text: '' }],
  ...over,
})

describe('records', () => {
  let folder = ''
  let records: Records

  const restart = async (): Promise<void> => {
    await records.close()
    records = await recordsIn(folder)
  }

  beforeEach(async () => {
    folder = tempFolder()
    records = await recordsIn(folder)
  })
  afterEach(() => records.close())

  describe('devices', () => {
    it('keep number, definition and way in over a restart', async () => {
      const added = must(await records.devices.add(ups, 'adopted'))
      must(await records.devices.add(switch1, 'adopted'))
      await restart()
      assert.deepEqual(
        (await records.devices.list()).map(({ no, device }) => [no, device]),
        [
          [1, ups],
          [2, switch1],
        ],
      )
      assert.equal(added.no, 1)
    })

    it('keep their number when removed and taken up again, and nobody else gets it', async () => {
      must(await records.devices.add(ups, 'adopted'))
      must(await records.devices.remove(1))
      assert.equal(must(await records.devices.add(switch1, 'adopted')).no, 2)
      assert.equal((await records.devices.list({ removed: true })).length, 2)
      assert.equal((await records.devices.list()).length, 1)
      assert.equal(must(await records.devices.add({ ...ups, name: 'UPS A baru' }, 'adopted')).no, 1)
    })

    it('refuse a name that is taken and a number that is not', async () => {
      must(await records.devices.add(ups, 'adopted'))
      must(await records.devices.add(switch1, 'adopted'))
      const again = await records.devices.add(ups, 'adopted')
      assert.equal(again.ok ? 'ok' : again.failure.kind, 'conflict')
      const renamed = await records.devices.update(2, { ...switch1, id: 'ups-a' })
      assert.equal(renamed.ok ? 'ok' : renamed.failure.kind, 'conflict')
      const nobody = await records.devices.remove(77)
      assert.equal(nobody.ok ? 'ok' : nobody.failure.kind, 'notFound')
    })

    it('follow the inventory: new ones in, changed ones changed, missing ones out, adopted ones left alone', async () => {
      const door = Device.parse({ ...ups, id: 'door-1', kind: 'door', access: { via: 'host' } })
      must(await records.devices.add(door, 'adopted'))
      await records.devices.reconcile([ups, switch1])
      await records.devices.reconcile([{ ...ups, name: 'UPS A (baru)' }])
      assert.deepEqual(
        (await records.devices.list()).map(({ no, device, source }) => [no, device.name, source]),
        [
          [1, 'UPS A', 'adopted'],
          [2, 'UPS A (baru)', 'inventory'],
        ],
      )
    })

    it('remember who they said they are', async () => {
      const identity = {
        kind: 'ups',
        vendor: 'APC',
        model: 'Symmetra',
        serial: 'QD123',
        firmware: '7.1',
        sysName: 'ups-a',
        sysDescr: 'APC',
        sysObjectID: '1.3.6.1.4.1.318',
        profiles: ['apc-ups'],
      } as const
      must(await records.devices.add(ups, 'adopted'))
      must(await records.devices.setIdentity(1, identity))
      await restart()
      assert.deepEqual((await records.devices.list())[0]?.identity, identity)
    })

    it('leave no secret in any byte of the folder', async () => {
      must(await records.devices.add(ups, 'adopted'))
      must(await records.devices.add(switch1, 'adopted'))
      const searched = readdirSync(folder).filter(name => name.startsWith('records'))
      assert.ok(searched.includes('records.db-wal'), 'the log of the open database is searched too')
      for (const name of searched) {
        const bytes = readFileSync(join(folder, name))
        for (const secret of ['kepiting-rahasia', 'cumi-cumi-merah']) assert.equal(bytes.includes(secret), false, `${secret} in ${name}`)
      }
      assert.equal(statSync(join(folder, 'secret.key')).mode & 0o777, 0o600)
    })
  })

  describe('points', () => {
    beforeEach(async () => {
      must(await records.devices.add(ups, 'adopted'))
      must(await records.devices.add(switch1, 'adopted'))
    })

    it('keep the number of their key, over restarts, absence and return', async () => {
      const first = await records.points.register(1, [point('a'), point('b'), point('c')])
      await records.points.register(2, [point('a')])
      await records.points.register(1, [point('c'), point('a')])
      await restart()
      assert.deepEqual(
        (await records.points.all()).map(({ no, device, point: { key } }) => [no, device, key]),
        [
          [1, 1, 'a'],
          [3, 1, 'c'],
          [4, 2, 'a'],
        ],
      )
      assert.equal((await records.points.all({ gone: true })).find(({ no }) => no === 2)?.goneAt, NOON)
      assert.deepEqual(await records.points.register(1, [point('d'), point('b'), point('b')]), Uint32Array.of(5, 2, 2))
      assert.deepEqual(first, Uint32Array.of(1, 2, 3))
    })

    it('are all there at start-up, ten thousand of them', async () => {
      const many = Array.from({ length: 5_000 }, (_, index) => point(`port.${index}.in.octets`))
      await records.points.register(1, many)
      await records.points.register(2, many)
      await restart()
      const all = await records.points.all()
      assert.equal(all.length, 10_000)
      assert.deepEqual(all[9_999]?.point, many[4_999])
    })
  })

  describe('layout', () => {
    it('keeps every version and refuses to overwrite one that was not seen', async () => {
      const { devices: _, ...layout } = Inventory.parse({ site: { id: 'dc', name: 'DC' } })
      assert.equal(await records.layout.current(), null)
      assert.equal(must(await records.layout.save(layout, 'ani', 0)).version, 1)
      const other = { ...layout, rows: [{ id: 'r1', name: 'R1', room: 'hall' }] }
      assert.equal(must(await records.layout.save(other, 'budi', 1)).version, 2)
      const late = await records.layout.save(layout, 'citra', 1)
      assert.equal(late.ok ? 'ok' : late.failure.kind, 'conflict')
      await restart()
      assert.deepEqual((await records.layout.current())?.layout, other)
      assert.deepEqual((await records.layout.version(1))?.layout, layout)
    })
  })

  describe('alarms', () => {
    it('come back with their timeline, whole', async () => {
      const raised = alarm(1)
      await records.alarms.commit({ alarms: [raised], notices: [] })
      const taken: Alarm = {
        ...raised,
        acknowledged: { by: 'ani', at: NOON + 9, comment: 'Sedang dilihat' },
        notes: [...raised.notes, { at: NOON + 9, kind: 'acknowledged', by: 'ani', text: 'Sedang dilihat' }],
      }
      await records.alarms.commit({ alarms: [taken], notices: [] })
      await records.alarms.commit({ alarms: [taken], notices: [] })
      await restart()
      assert.deepEqual(await records.alarms.open(), [taken])
      assert.deepEqual(await records.alarms.one(1), taken)
      assert.equal(await records.alarms.nextId(), 2)
    })

    it('are written with their notices or not at all', async () => {
      const notice = { id: 'n1', channel: 'email', to: 'noc@example.test', payload: { alarm: 1 }, dueAt: NOON }
      await records.alarms.commit({ alarms: [alarm(1)], notices: [notice] })
      // A second open alarm of the same key is a contradiction: its notice must not leave either.
      await assert.rejects(
        records.alarms.commit({ alarms: [alarm(2)], notices: [{ ...notice, id: 'n2' }] }),
        (error: unknown) => error instanceof StoreFault && error.failure.kind === 'conflict',
      )
      assert.deepEqual(
        (await records.outbox.due(NOON)).map(({ id }) => id),
        ['n1'],
      )
      assert.equal(await records.alarms.one(2), null)
    })

    it('make room for the next of their key in the same commit', async () => {
      await records.alarms.commit({ alarms: [alarm(1)], notices: [] })
      await records.alarms.commit({ alarms: [alarm(2), alarm(1, { clearedAt: NOON + 5 })], notices: [] })
      assert.deepEqual(
        (await records.alarms.open()).map(({ id }) => id),
        [2],
      )
      assert.deepEqual(
        (await records.alarms.similar(alarm(2))).map(({ id }) => id),
        [1],
      )
    })

    it('that ended lately are known at the start', async () => {
      await records.alarms.commit({ alarms: [alarm(1, { clearedAt: NOON + 5 }), alarm(2, { clearedAt: NOON + 60 }), alarm(3)], notices: [] })
      await restart()
      assert.deepEqual(
        (await records.alarms.clearedSince(NOON + 60)).map(({ id }) => id),
        [2],
      )
    })

    it('are found by state, device and words, sorted and paged', async () => {
      const acknowledged = { by: 'ani', at: NOON, comment: 'ganti baterai 100%' }
      await records.alarms.commit({
        alarms: [
          alarm(1, { key: 'ups-a/x', clearedAt: NOON + 60_000 }),
          alarm(2, { key: 'ups-a/battery.charge', acknowledged }),
          alarm(3, { key: 'sw-1/port.Gi0_1', device: 'sw-1', severity: 'critical' }),
          alarm(4, { key: 'sw-1/portXGi0', device: 'sw-1', suppressed: true, cause: 3 }),
          alarm(5, { key: 'ups-a/temp', severity: 'unknown' }),
        ],
        notices: [],
      })
      const ids = async (query: object) => must(await records.alarms.page({ page: 1, size: 10, ...query })).items.map(({ id }) => id)
      assert.deepEqual(await ids({}), [5, 4, 3, 2, 1])
      assert.deepEqual(await ids({ state: 'open' }), [5, 3])
      assert.deepEqual(await ids({ state: 'acknowledged' }), [2])
      assert.deepEqual(await ids({ state: 'suppressed' }), [4])
      assert.deepEqual(await ids({ state: 'cleared' }), [1])
      assert.deepEqual(await ids({ device: 'sw-1', sort: 'raised' }), [3, 4])
      assert.deepEqual(await ids({ search: 'BATERAI 100%' }), [2])
      assert.deepEqual(await ids({ search: 'gi0_' }), [3], 'an underscore is itself, no wildcard')
      assert.deepEqual(await ids({ sort: '-severity', size: 2 }), [3, 4])
      assert.deepEqual(await ids({ sort: '-severity', page: 3, size: 2 }), [5])
      assert.equal(must(await records.alarms.page({ page: 2, size: 2 })).total, 5)
    })
  })

  describe('outbox', () => {
    const notice = (id: string, dueAt: number) => ({ id, channel: 'email', to: 'a@example.test', payload: { id }, dueAt })

    it('keeps what was not sent over a restart, and never sends twice what was', async () => {
      await records.outbox.add([notice('one', NOON), notice('two', NOON + 5), notice('later', NOON + 99)])
      await records.outbox.add([notice('one', NOON + 50)])
      await records.outbox.sent('one')
      await records.outbox.again('two', NOON + 20, 'connection refused')
      await restart()
      assert.deepEqual(await records.outbox.due(NOON + 19), [])
      assert.equal(await records.outbox.nextDue(), NOON + 20)
      const [two] = await records.outbox.due(NOON + 20)
      assert.deepEqual([two?.id, two?.tries, two?.lastError, two?.payload], ['two', 1, 'connection refused', { id: 'two' }])
      await records.outbox.failed('two', 'gave up after a day')
      assert.deepEqual(await records.outbox.counts(), { queued: 1, sent: 1, failed: 1 })
      assert.equal(await records.outbox.prune(NOON + 1_000), 2)
    })

    it('forgets what was sent a quarter of a year ago, in the desk’s messages too, without a restart', async () => {
      const clock = { now: NOON }
      const kept = must(await openRecords({ folder: tempFolder(), log: quiet, clock: () => clock.now, upkeep: 5 }))
      const message = (id: string) => ({ ...notice(id, NOON), ticket: null, payload: { text: 'Yth. Bapak' } })
      await kept.outbox.add([notice('told', NOON), notice('waits', NOON)])
      await kept.mailings.add([message('written'), message('waits')])
      await kept.outbox.sent('told')
      await kept.mailings.sent('written', null)
      clock.now += 89 * 86_400_000
      await new Promise(resolve => setTimeout(resolve, 50))
      assert.deepEqual([(await kept.outbox.counts()).sent, (await kept.mailings.counts()).sent], [1, 1])
      clock.now += 2 * 86_400_000
      for (const end = Date.now() + 5_000; (await kept.outbox.counts()).sent + (await kept.mailings.counts()).sent > 0; ) {
        assert.ok(Date.now() < end, 'it is still there')
        await new Promise(resolve => setTimeout(resolve, 5))
      }
      assert.deepEqual([(await kept.outbox.counts()).queued, (await kept.mailings.counts()).queued], [1, 1])
      await kept.close()
    })

    it('gives the notices of every channel, however many of another are due', async () => {
      const flood = Array.from({ length: 700 }, (_, n) => ({ id: `m${n}`, channel: 'email', to: 'a@example.test', payload: { n }, dueAt: NOON + n }))
      const few = ['one', 'two'].map((id, n) => ({ id, channel: 'team', to: '/hook', payload: { id }, dueAt: NOON + 5000 - n }))
      await records.outbox.add([...flood, ...few, { id: 'later', channel: 'team', to: '/hook', payload: {}, dueAt: NOON + 6000 }])
      const due = await records.outbox.due(NOON + 5000, 50)
      assert.deepEqual(
        due.filter(({ channel }) => channel === 'team').map(({ id }) => id),
        ['two', 'one'],
      )
      assert.deepEqual(
        due.filter(({ channel }) => channel === 'email').map(({ id }) => id),
        flood.slice(0, 50).map(({ id }) => id),
      )
    })
  })

  describe('settings', () => {
    it('are set, changed, removed', async () => {
      await records.settings.set('alarm.levels', { 'ups-a': 40 })
      await records.settings.set('alarm.levels', { 'ups-a': 45 })
      await records.settings.set('gone', true)
      await records.settings.set('gone', undefined)
      await restart()
      assert.deepEqual([...(await records.settings.all())], [['alarm.levels', { 'ups-a': 45 }]])
      assert.equal(await records.settings.get('gone'), undefined)
    })
  })

  describe('audit', () => {
    const tamper = async (sql: string) => {
      await records.close()
      const db = new Database(join(folder, 'records.db'))
      db.exec(sql)
      db.close()
      records = await recordsIn(folder)
      const verdict = await records.audit.verify()
      return verdict.ok ? 'fits' : verdict.failure.message
    }

    beforeEach(async () => {
      for (const n of [1, 2, 3, 4]) await records.audit.append('ani', 'alarm.acknowledge', `alarm ${n}`, { b: n, a: ['x', null] })
    })

    it('proves an untouched chain over a restart', async () => {
      await restart()
      await records.audit.append('budi', 'device.add', 'ups-a')
      const proof = must(await records.audit.verify())
      assert.equal(proof.entries, 5)
      assert.deepEqual(
        (await records.audit.page({ size: 2 })).map(({ seq }) => seq),
        [5, 4],
      )
    })

    it('shows which entry was changed', async () => {
      assert.match(await tamper("update audit set actor = 'eve' where seq = 3"), /Entry 3 .* changed/)
    })
    it('shows a changed detail', async () => {
      assert.match(await tamper(`update audit set detail = '{"a":["x",null],"b":9}' where seq = 1`), /Entry 1 .* changed/)
    })
    it('shows a missing entry', async () => {
      assert.match(await tamper('delete from audit where seq = 2'), /lacks entry 2/)
    })
    it('shows an entry whose hash was made to fit', async () => {
      assert.match(await tamper("update audit set hash = 'ff' where seq = 2"), /Entry 2 .* changed/)
    })
  })
})
