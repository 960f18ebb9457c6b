// The doors as a room: real records, a turned clock, alarms and pages; nothing told is lost, nothing counts twice.
import assert from 'node:assert/strict'
import type { Door } from '../../daemon/domain/inventory.ts'
import type { DoorEvent } from '../../daemon/domain/opening.ts'
import type { AlarmState } from '../../daemon/doors/alarms.ts'
import { type Doors, openDoors } from '../../daemon/doors/doors.ts'
import type { Register } from '../../daemon/doors/register.ts'
import { DoorSettings } from '../../daemon/doors/settings.ts'
import { SILENT } from '../../daemon/log.ts'
import { openRecords, type Records } from '../../daemon/store/records.ts'
import { tempFolder } from '../store/support/folder.ts'
import { must } from '../store/support/must.ts'
import { viewer } from '../support/viewers.ts'

const S = 1000
const START = Date.UTC(2026, 10, 20, 7)
const DOOR: Door = { id: 'd1', name: 'D1', room: 'server-room', x: 0, y: 0, toX: 1, toY: 0, zone: 'server', readers: ['c3/1'] }
const settings = DoorSettings.parse({ controllers: { c3: { via: 'zkteco', serial: 'CJDE204660123', from: ['127.0.0.1'], heartbeat: '60s' } } })

describe('the doors', () => {
  let records: Records
  let doors: Doors
  let now = START
  let alarms: Map<string, AlarmState>
  let register: Register
  let lookUp: () => Promise<Register>
  let folder: string
  let used: string[]

  const open = async () => {
    records = must(await openRecords({ folder, log: SILENT, clock: () => now }))
    doors = await openDoors({
      kept: records.doors,
      register: () => lookUp(),
      settings,
      doors: () => [DOOR],
      working: () => true,
      visited: () => false,
      alarm: (code, state) => void (state === null ? alarms.delete(code) : alarms.set(code, state)),
      used: card => void used.push(card),
      alarmNumber: code => (alarms.has(code) ? 4711 : null),
      timezone: () => 'Asia/Jakarta',
      clock: () => now,
      log: SILENT,
    })
  }
  const shut = async () => {
    await doors.close()
    await records.close()
  }
  beforeEach(async () => {
    now = START
    alarms = new Map()
    used = []
    lookUp = async () => register
    folder = tempFolder()
    register = {
      presences: () => [],
      card: card => (card === '42' ? { kind: 'badge', badge: 1, holder: 'Budi' } : { kind: 'fault', fault: 'unknown' }),
    }
    await open()
  })
  afterEach(shut)

  const event = (kind: DoorEvent['kind'], seconds: number, given: Partial<DoorEvent> = {}): DoorEvent => ({
    ...{ controller: 'c3', reader: '1', kind, card: null, leaving: false, told: START + seconds * S },
    ...{ received: now, sequence: null, via: 'zkteco', ...given },
  })
  const pages = async () => [...(await doors.rows.all()).values()]
  /** Until the room's own timer has decided. */
  const decided = () =>
    new Promise<void>(resolve => {
      const stop = doors.rows.onChange(() => {
        stop()
        resolve()
      })
    })

  it('raise an alarm for an opening that nobody explains, and end it with the word of a person, which stands in the trail', async () => {
    const waiting = decided()
    must(await doors.hear([event('opened', 0)]))
    await waiting
    assert.equal((await pages())[0]?.explanation.kind, 'pending')
    now += 600
    await decided()
    const [row] = await pages()
    assert.deepEqual([row?.explanation.kind, row?.alarm], ['unexplained', 4711])
    assert.deepEqual(alarms.get('door.d1'), {
      severity: 'critical',
      text: { en: 'D1 opened 14.00: no visit, no badge', id: 'D1 dibuka 14.00: tanpa kunjungan, tanpa kartu' },
    })
    const noted = must(await doors.explain(row?.id ?? 0, 'Petugas kebersihan', viewer('noc', { name: 'Nina' })))
    assert.equal(noted.explanation.kind, 'noted')
    assert.equal(alarms.size, 0)
    const again = await doors.explain(row?.id ?? 0, 'lagi', viewer('noc'))
    assert.equal(again.ok ? '' : again.failure.kind, 'conflict')
    const [entry] = await records.audit.page({ size: 1 })
    assert.deepEqual([entry?.actor, entry?.action], ['Nina', 'opening.explain'])
  })

  it('count what is told twice once, also after a restart, and hide the number of a card', async () => {
    now += 5 * S
    const told = [
      event('granted', 0, { card: '990042', sequence: '7' }),
      event('opened', 1, { sequence: '8' }),
      event('closed', 4, { sequence: '9' }),
    ]
    assert.equal(must(await doors.hear(told)), 3)
    assert.equal(must(await doors.hear(told)), 0)
    assert.deepEqual(
      (await pages()).map(({ card, closedAt }) => [card, closedAt]),
      [['…0042', START + 4 * S]],
    )
    await shut()
    await open()
    assert.equal(must(await doors.hear([...told].reverse())), 0)
    assert.equal((await pages()).length, 1)
  })

  it('take up after a restart where they were: open stays open, unexplained stays an alarm until it is explained', async () => {
    must(await doors.hear([event('opened', 0)]))
    now += 2 * S
    await shut()
    alarms.clear()
    await open()
    await decided()
    assert.equal(alarms.get('door.d1')?.severity, 'critical')
    must(await doors.hear([event('closed', 3)]))
    assert.equal((await pages())[0]?.closedAt, now)
    register = {
      ...register,
      presences: () => [
        { kind: 'visit', visit: 1, number: 'KJ-2026-0001', doors: new Set(['d1']), from: 0, until: now, inside: 1, badges: new Set() },
      ],
    }
    must(await doors.reconsider())
    assert.equal(alarms.size, 0, 'a check-in that was told late explains it')
  })

  it('keep what is told while the records fail, say so, and write it when they work', async () => {
    const put = records.doors.put
    const failing = { ...records.doors, put: async () => Promise.reject(new Error('disk full')) }
    Object.assign(records.doors, { put: failing.put })
    const heard = await doors.hear([event('granted', 0, { card: '42' }), event('opened', 1)])
    assert.equal(heard.ok ? '' : heard.failure.kind, 'busy', 'the controller is told to come again')
    assert.match(doors.trouble()?.en ?? '', /disk full/)
    Object.assign(records.doors, { put })
    await doors.tick()
    assert.equal(doors.trouble(), null)
    must(await doors.hear([event('granted', 0, { card: '42' }), event('opened', 1)]))
    const { items } = await records.doors.page({ search: '', page: 1, size: 10 })
    assert.deepEqual(
      items.map(({ explanation }) => explanation.kind),
      ['badge'],
    )
    assert.deepEqual(used, ['42'], 'the badge is known to be in use')
  })

  it('look again at what waits when nobody could be asked for a moment', async () => {
    const asked = register
    must(await doors.hear([event('opened', 0)]))
    now += 600
    let fails = 1
    lookUp = async () => {
      if (fails-- > 0) throw new Error('locked')
      return asked
    }
    await decided()
    assert.equal((await pages())[0]?.explanation.kind, 'unexplained')
  })

  it('keep who is inside by a badge over a restart', async () => {
    now += 5 * S
    must(await doors.hear([event('granted', 0, { card: '42' }), event('opened', 1), event('closed', 4)]))
    await shut()
    now += 600 * S
    await open()
    must(await doors.hear([event('opened', 604)]))
    now += 600
    await decided()
    const [row] = await pages()
    assert.deepEqual(row?.explanation, { kind: 'badge', badge: 1, holder: 'Budi', leaving: true })
  })

  it('learn no clock from a table', async () => {
    must(await doors.hear([event('opened', 20_000, { via: 'csv' })]))
    now += 3_600 * S
    must(await doors.hear([event('opened', 3_000, { via: 'csv', sequence: '2' })]))
    assert.ok((await pages()).some(({ openedAt, skew }) => openedAt === START + 3_000 * S && skew === null))
  })

  it('tell of doors nobody has described, of silent controllers and wrong clocks', async () => {
    now += 61 * S
    await doors.tick()
    assert.match(alarms.get('door.silent.c3')?.text.id ?? '', /c3 diam/)
    must(await doors.hear([event('alive', 61, { reader: '' }), event('opened', 400, { reader: '9' })]))
    await doors.tick()
    assert.deepEqual(
      [...alarms.keys()].filter(code => code !== 'door.c3/9'),
      ['door.clock.c3'],
    )
    const [row] = await pages()
    assert.deepEqual([row?.door, row?.name, row?.openedAt, row?.skew], [null, 'c3/9', now, -339 * S])
  })

  it('take ten thousand events at once, each once, and pages get the newest', async () => {
    const many = Array.from({ length: 5_000 }, (_, i) => [event('opened', i * 20 - 200_000), event('closed', i * 20 - 199_995)]).flat()
    assert.equal(must(await doors.hear(many)), 10_000)
    const { total } = await records.doors.page({ search: '', page: 1, size: 1 })
    assert.equal(total, 5_000)
    assert.equal((await pages()).length, 200)
    assert.equal((await pages())[0]?.openedAt, START + (4_999 * 20 - 200_000) * S)
  })

  it('explain the five-hundredth opening of a night as they do the first, also while pages look', async () => {
    now += 2 * 3_600_000
    must(await doors.hear(Array.from({ length: 500 }, (_, i) => [event('opened', i * 10), event('closed', i * 10 + 2)]).flat()))
    now += S
    const unexplained = () => records.doors.page({ search: '', kind: 'unexplained', sort: 'openedAt', down: false, page: 1, size: 500 })
    while ((await unexplained()).total < 500) await decided()
    const { items } = await unexplained()
    assert.match(alarms.get('door.d1')?.text.en ?? '', /opened 500 times/)
    const guard = viewer('noc')
    for (const { id } of [items[0], items[250], items[499]].flatMap(one => one ?? [])) must(await doors.explain(id, 'Uji alat', guard))
    assert.match(alarms.get('door.d1')?.text.en ?? '', /opened 497 times/)

    // A maintenance that was told late explains them all: in turns, between which others are heard.
    const presence = { kind: 'maintenance', visit: 3, number: 'KJ-2026-0003', from: START - S, until: now, inside: 1 } as const
    register = { ...register, presences: () => [{ ...presence, doors: new Set(['d1']), badges: new Set<string>() }] }
    let over = false
    const looking = doors.reconsider().then(() => {
      over = true
    })
    must(await doors.hear([event('granted', 7200, { card: '42' })]))
    assert.equal(over, false)
    await looking
    assert.equal((await unexplained()).total, 0)
    assert.equal((await records.doors.page({ search: '', kind: 'maintenance', page: 1, size: 1 })).total, 497)
    assert.equal(alarms.has('door.d1'), false)
    // What is past its time is at hand no longer.
    now += settings.keep * S + 3 * 3_600_000
    await doors.prune()
    assert.equal((await doors.explain(items[0]?.id ?? 0, 'Lagi', guard)).ok, false)
  })
})
