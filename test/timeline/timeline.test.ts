// The timeline: what the rooms keep of a place, as one list; nothing of elsewhere, nothing twice, pages that fit together.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { Alarm } from '../../daemon/domain/alarm.ts'
import { Inventory } from '../../daemon/domain/inventory.ts'
import type { PlaceVersion } from '../../daemon/domain/place.ts'
import type { Fact, PlaceNote, TicketHappened, TimelineOf } from '../../daemon/domain/timeline.ts'
import type { Pass, VisitRecord } from '../../daemon/domain/visit-record.ts'
import type { KeptOpening } from '../../daemon/timeline/facts.ts'
import { merge, newestFirst } from '../../daemon/timeline/merge.ts'
import { openTimeline } from '../../daemon/timeline/timeline.ts'

const NOW = Date.UTC(2026, 10, 20, 7)
const MIN = 60_000
const box = { x: 0, y: 0, width: 1, depth: 1 }
const { devices: _, ...layout } = Inventory.parse({
  site: { id: 'dc', name: 'DC' },
  rooms: [
    { id: 'server', name: 'Ruang Server', ...box },
    { id: 'power', name: 'Ruang Daya', ...box },
  ],
  rows: [{ id: 'a', name: 'A', room: 'server' }],
  racks: [
    { id: 'a1', name: 'A1', row: 'a', room: 'server', facing: 'north', ...box },
    { id: 'a2', name: 'A2', row: 'a', room: 'server', facing: 'north', ...box },
  ],
  equipment: [{ id: 'srv', name: 'Server', rack: 'a1', u: 10, device: 'srv' }],
  doors: [
    { id: 'd1', name: 'D1', room: 'server', x: 0, y: 0, toX: 1, toY: 0 },
    { id: 'd2', name: 'D2', room: 'power', x: 0, y: 0, toX: 1, toY: 0 },
  ],
  sensors: [{ id: 's1', name: 'S1', room: 'server', rack: 'a2', side: 'inlet', x: 0, y: 0, point: { device: 'netbotz', key: 'temperature' } }],
})

const alarm = (id: number, minutes: number, given: Partial<Alarm> = {}): Alarm => ({
  ...{ id, key: `srv/down/${id}`, device: 'srv', point: null, severity: 'critical', condition: { kind: 'down', since: NOW, why: 'timeout' } },
  ...{ raisedAt: NOW + minutes * MIN, clearedAt: null, acknowledged: null, cause: null, suppressed: false, notes: [], ...given },
})
const opening = (id: number, door: string, minutes: number): KeptOpening => ({
  ...{ id, door, name: door.toUpperCase(), openedAt: NOW + minutes * MIN, closedAt: null, forced: false },
  explanation: { kind: 'unexplained', card: null },
})
const VISIT = {
  ...{
    id: 7,
    number: 'KJ-2026-0007',
    from: NOW - 60 * MIN,
    until: NOW + 60 * MIN,
    racks: ['a1'],
    rooms: ['server'],
    doors: ['d1'],
    anonymisedAt: null,
  },
  visitors: [{ id: 1, name: 'Rina' }],
} as unknown as VisitRecord
const pass = (id: number, inAt: number, outAt: number | null): Pass => ({
  ...{ id, visit: 7, visitor: 1, inAt: NOW + inAt * MIN, inBy: 'Joko', outAt: outAt === null ? null : NOW + outAt * MIN },
  ...{ outBy: outAt === null ? null : 'Joko', badge: null },
})
const version: PlaceVersion = {
  ...{ version: 3, at: NOW - 5 * MIN, by: 'Admin', changes: 2 },
  told: [
    { kind: 'equipment', id: 'srv', name: 'Server', what: 'changed' },
    { kind: 'racks', id: 'a2', name: 'A2', what: 'changed' },
  ],
}

function house(
  given: {
    alarms?: readonly Alarm[]
    openings?: readonly KeptOpening[]
    passes?: readonly Pass[]
    tickets?: readonly TicketHappened[]
    notes?: readonly PlaceNote[]
  } = {},
) {
  const { alarms = [], openings = [], passes = [], tickets = [], notes = [] } = given
  const timeline = openTimeline({
    alarms: async () => alarms,
    alarm: async id => alarms.find(one => one.id === id) ?? null,
    titleOf: one => ({ title: { en: `alarm ${one.id}`, id: `alarm ${one.id}` }, where: null }),
    openings: async () => openings,
    passes: async () => passes,
    passesOf: async () => passes,
    visits: async ids => (ids.includes(7) ? [VISIT] : []),
    versions: async before => (before === undefined ? [version] : []),
    works: async () => [],
    tickets: async () => tickets,
    notes: async () => notes,
    restarts: async () => [{ id: 1, at: NOW - 2 * MIN, device: 'srv' }],
    layout: () => layout,
    placed: () => [
      { id: 'srv', name: 'SRV', place: { room: 'server', rack: 'a1' } },
      { id: 'netbotz', name: 'NetBotz', place: { room: 'server', rack: 'a1' } },
    ],
    clock: () => NOW,
  })
  return async (of: TimelineOf, more: Partial<Parameters<typeof timeline>[0]> = {}) => {
    const told = await timeline({ of, size: 100, ...more })
    assert.ok(told.ok, told.ok ? '' : told.failure.message)
    return told.value
  }
}
const ids = (facts: readonly Fact[]) => facts.map(({ id }) => id)

describe('the timeline', () => {
  it('tells of a rack what stands in it, the doors to it and the people at it, and nothing of the rack beside it', async () => {
    const inlet = alarm(2, -10, { device: 'netbotz', point: { no: 1, key: 'temperature' } })
    const ask = house({ alarms: [alarm(1, -20), inlet], openings: [opening(1, 'd1', -15), opening(2, 'd2', -14)], passes: [pass(1, -15, -1)] })
    const a1 = await ask({ of: 'rack', id: 'a1' })
    assert.deepEqual(ids(a1.facts), ['out:1', 'restart:1', 'place:3:equipment:srv', 'in:1', 'opening:1', 'alarm:1'])
    const a2 = await ask({ of: 'rack', id: 'a2' })
    assert.deepEqual(
      ids(a2.facts),
      ['out:1', 'place:3:racks:a2', 'alarm:2', 'in:1', 'opening:1'],
      'the sensor stands at A2 though its device is in A1',
    )
  })

  it('tells around an alarm what went before and what came after, with its span', async () => {
    const ask = house({ alarms: [alarm(1, -20, { clearedAt: NOW - 10 * MIN })], openings: [opening(1, 'd1', -25), opening(2, 'd1', -55)] })
    const told = await ask({ of: 'alarm', id: 1 })
    assert.deepEqual(told.span, { from: NOW - 20 * MIN, until: NOW - 10 * MIN })
    assert.deepEqual(ids(told.facts), ['restart:1', 'place:3:equipment:srv', 'cleared:1', 'alarm:1', 'opening:1'])
  })

  it('says of a visit which alarms began while it worked there', async () => {
    const ask = house({ alarms: [alarm(1, -50), alarm(2, -10), alarm(3, -1)], passes: [pass(1, -15, -5)] })
    const told = await ask({ of: 'visit', id: 7 })
    assert.deepEqual(told.during, ['alarm:2'])
    assert.deepEqual(told.span, { from: NOW - 15 * MIN, until: NOW - 5 * MIN })
    const inside = await house({ alarms: [alarm(3, -1)], passes: [pass(1, -15, null)] })({ of: 'visit', id: 7 })
    assert.deepEqual([inside.span?.until, inside.during], [null, ['alarm:3']])
  })

  it('counts alarms of doors and visits where they belong', async () => {
    const door = alarm(1, -10, { key: 'suar/-/door.d1', device: null })
    const overstay = alarm(2, -9, { key: 'suar/-/visit.overstay.7', device: null })
    const deaf = alarm(3, -8, { key: 'suar/-/deaf', device: null })
    const ask = house({ alarms: [door, overstay, deaf], passes: [pass(1, -15, null)] })
    const alarmsOf = async (of: TimelineOf) => ids((await ask(of, { kinds: ['alarm'] })).facts)
    assert.deepEqual(await alarmsOf({ of: 'rack', id: 'a1' }), ['alarm:2', 'alarm:1'])
    assert.deepEqual(await alarmsOf({ of: 'room', id: 'power' }), [])
    assert.deepEqual(await alarmsOf({ of: 'site' }), ['alarm:3', 'alarm:2', 'alarm:1'])
  })

  it('tells of tickets where their visit or their equipment is, and of notes where they were written', async () => {
    const by = { account: 1, person: 1, name: 'Sri', position: 'Kabid', organisation: null }
    const happened = (number: string, minutes: number, given: Pick<TicketHappened, 'visits' | 'racks'>): TicketHappened => ({
      ...{ number, title: 'Akses DC', organisation: 'Dinas Kesehatan', ...given },
      event: { kind: 'submitted', received: NOW, slot: null, seq: 1, at: NOW + minutes * MIN, by },
    })
    const note = (id: number, place: PlaceNote['place'], withdrawn: PlaceNote['withdrawn'] = null): PlaceNote => ({
      ...{ id, at: NOW - 40 * MIN, by: 'Joko', place, text: `catatan ${id}`, withdrawn },
    })
    const ask = house({
      tickets: [happened('T-2026-0001', -30, { visits: [7], racks: [] }), happened('T-2026-0002', -31, { visits: [], racks: ['a2'] })],
      notes: [
        note(1, { of: 'rack', id: 'a1' }, { at: NOW - 3 * MIN, by: 'Rina', reason: 'rak yang salah' }),
        note(2, { of: 'room', id: 'power' }),
        note(3, { of: 'site' }),
      ],
    })
    const told = async (of: TimelineOf) => (await ask(of, { kinds: ['ticket', 'note'] })).facts
    assert.deepEqual(ids(await told({ of: 'rack', id: 'a1' })), ['note:1:withdrawn', 'ticket:T-2026-0001:1', 'note:1'])
    assert.deepEqual(
      ids(await told({ of: 'rack', id: 'a2' })),
      ['ticket:T-2026-0001:1', 'ticket:T-2026-0002:1'],
      'the visit came through the same door',
    )
    assert.deepEqual(ids(await told({ of: 'room', id: 'power' })), ['note:2'])
    assert.deepEqual(ids(await told({ of: 'visit', id: 7 })), ['note:1:withdrawn', 'ticket:T-2026-0001:1', 'note:1'])
    const site = await told({ of: 'site' })
    assert.equal(site.length, 6)
    const first = site.find(({ id }) => id === 'note:1')
    assert.deepEqual(
      [first?.text.id, first?.by, first?.where, first?.withdrawn],
      ['catatan 1', 'Joko', 'A1', { by: 'Rina', reason: 'rak yang salah' }],
    )
    assert.equal(site.find(({ id }) => id === 'ticket:T-2026-0002:1')?.text.id, 'Akses DC diajukan: T-2026-0002')
  })

  it('knows what there is not', async () => {
    const timeline = openTimeline({
      alarms: async () => [],
      alarm: async () => null,
      titleOf: () => ({ title: { en: '' }, where: null }),
      openings: async () => [],
      passes: async () => [],
      passesOf: async () => [],
      visits: async () => [],
      versions: async () => [],
      works: async () => [],
      tickets: async () => [],
      notes: async () => [],
      restarts: async () => [],
      layout: () => layout,
      placed: () => [],
      clock: () => NOW,
    })
    for (const of of [
      { of: 'rack', id: 'z9' },
      { of: 'room', id: 'x' },
      { of: 'door', id: 'x' },
      { of: 'device', id: 'x' },
      { of: 'alarm', id: 9 },
      { of: 'visit', id: 9 },
    ] as const) {
      const told = await timeline({ of, size: 10 })
      assert.equal(told.ok ? 'told' : told.failure.kind, 'notFound', of.of)
    }
    const backwards = await timeline({ of: { of: 'site' }, from: NOW, to: NOW - 1, size: 10 })
    assert.equal(backwards.ok ? '' : backwards.failure.kind, 'invalid')
  })

  it('gives pages that fit together: every fact once, newest first, whatever the sources repeat', () => {
    const fact = fc.record({ n: fc.integer({ min: 0, max: 40 }), at: fc.integer({ min: 0, max: 60 }) }).map(
      ({ n, at }): Fact => ({
        ...{ id: `alarm:${n}`, at: at + n * 61, kind: 'alarm', text: { en: '' }, where: null },
        ...{ by: null, href: null, severity: null, unexplained: false },
      }),
    )
    fc.assert(
      fc.property(fc.array(fc.array(fact, { maxLength: 30 }), { maxLength: 4 }), fc.integer({ min: 1, max: 7 }), (sources, size) => {
        // One id is one thing: it has one instant.
        const known = new Map<string, Fact>()
        const same = sources.map(list =>
          list.map(one => {
            const is = known.get(one.id) ?? one
            known.set(one.id, is)
            return is
          }),
        )
        const window = { from: 10, to: 2_000, kinds: null }
        const all: Fact[] = []
        for (let before: Fact | null = null; ; ) {
          const { facts, more } = merge(same, { ...window, before, size })
          all.push(...facts)
          before = facts.at(-1) ?? null
          if (!more) break
          assert.equal(facts.length, size)
        }
        const expected = [...known.values()].filter(({ at }) => at >= 10 && at <= 2_000).sort(newestFirst)
        assert.deepEqual(ids(all), ids(expected))
      }),
    )
  })
})
