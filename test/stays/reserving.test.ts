// Keeping a place in a rack: what fits by the planner, one officer wins, the time runs out, and nothing is kept by half.
import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Outcome } from '../../daemon/domain/outcome.ts'
import type { PlacementView } from '../../daemon/domain/stay.ts'
import { tempFolder } from '../store/support/folder.ts'
import { must } from '../store/support/must.ts'
import { type Cage, DAY, MINUTE, never, openCage } from './support/cage.ts'

const refusalOf = <T>(outcome: Outcome<T>) => (outcome.ok ? assert.fail('it was done') : outcome.failure)

/** What the officer sees and clicks: the best rack, its places. */
const bestOf = (view: PlacementView, rack?: string) => {
  const offer = view.placement?.offers.find(one => rack === undefined || one.rack === rack) ?? never('an offer')
  return { rack: offer.rack, places: offer.places.map(({ item, u, face }) => ({ item: view.items[item] ?? 0, u, face })) }
}

describe('reservations', function () {
  this.timeout(120_000)
  let cage: Cage
  beforeEach(async () => {
    cage = await openCage()
  })
  afterEach(() => cage.close())

  const view = async (ticket: string) => must(await cage.stays.view(ticket))
  const reserve = async (ticket: string, wanted: Parameters<Cage['stays']['reserve']>[1], login = 'petugas') =>
    cage.stays.reserve(ticket, wanted, await cage.as(login))

  it('offers racks that fit with their headroom and says why the others do not; what is reserved is taken, and stands in the trail', async () => {
    const ticket = await cage.filed([{}, { model: 'Panel', height: 1, depth: 'half', weight: 2, power: 10 }])
    const before = await view(ticket)
    const offered = before.placement?.offers.map(({ rack }) => rack) ?? []
    assert.ok(offered.includes('a5'), 'the rack of this organisation')
    const other = before.placement?.refused.find(({ rack }) => rack === 'a6') ?? never('refusal')
    assert.deepEqual(
      other.why.filter(({ code }) => code === 'otherTenant'),
      [{ code: 'otherTenant', tenant: 'Dinas Pendidikan' }],
    )
    const wanted = bestOf(before, 'a5')
    const after = must(await reserve(ticket, wanted))
    assert.equal(after.stay.state, 'reserved')
    assert.equal(after.placement, null, 'everything has a place')
    const [reservation] = after.reservations
    assert.equal(reservation?.expiresAt, cage.clock.now + 14 * DAY)
    assert.equal(reservation?.watts, 410)
    assert.equal(reservation?.ports, 2)
    const capacity = must(await cage.plant.capacity()).racks.find(({ rack }) => rack === 'a5')
    assert.equal(capacity?.ports.used, 2, 'the planner counts it')
    const [entry] = await cage.records.audit.page({ size: 5, action: 'stay.reserve' })
    assert.equal(entry?.subject, ticket)
    assert.equal((entry?.detail as { readonly places: readonly string[] } | undefined)?.places.length, 2)
    // The next one is offered other U.
    const next = await view(await cage.filed([{}]))
    for (const place of bestOf(next, 'a5').places) assert.ok(!wanted.places.some(({ u }) => u === place.u), `U${place.u} is offered again`)
  })

  it('lets one of two officers win who click at once, fifty times, and tells the other by whom', async () => {
    const [one, other] = [await cage.as('petugas'), { ...(await cage.as('petugas')), name: 'Siti Maimunah', account: 99 }]
    for (let round = 0; round < 50; round++) {
      const [mine, theirs] = [await cage.filed([{ height: 1, power: 1, weight: 0.1 }]), await cage.filed([{ height: 1, power: 1, weight: 0.1 }])]
      const wanted = bestOf(await view(mine), 'a5')
      const both = await Promise.all(
        [cage.stays.reserve(mine, wanted, one), cage.stays.reserve(theirs, wanted, other)].toSorted(() => (round % 2) - 0.5),
      )
      assert.deepEqual(both.map(({ ok }) => ok).toSorted(), [false, true], `round ${round}`)
      const lost = both.find(({ ok }) => !ok) ?? never('loser')
      const failure = refusalOf(lost)
      assert.equal(failure.kind, 'conflict')
      const [winner] = await cage.records.stays.held()
      assert.match(failure.words?.id ?? '', new RegExp(`oleh ${winner?.madeBy} untuk tiket ${winner?.ticket}`))
      assert.equal((await cage.records.stays.held()).length, 1)
      must(await cage.stays.release(winner?.id ?? 0, 'ronde berikutnya', one))
    }
  })

  it('refuses what cannot be: U that are not there, twice the same piece, a rack of another, a full-depth piece on one face', async () => {
    const ticket = await cage.filed([{}, {}])
    const at = (places: { item: number; u: number; face: 'front' | 'rear' | 'both' }[], rack = 'a5') => reserve(ticket, { rack, places })
    const wrongs: readonly [Promise<Outcome<unknown>>, string, RegExp][] = [
      [at([{ item: 1, u: 42, face: 'both' }]), 'invalid', /hanya sampai U42/],
      [at([{ item: 9, u: 2, face: 'both' }]), 'invalid', /nomor 9/],
      [at([{ item: 1, u: 2, face: 'front' }]), 'invalid', /sisi depan dan belakang/],
      [at([{ item: 1, u: 2, face: 'both' }, { item: 1, u: 5, face: 'both' }]), 'invalid', /dua kali/],
      [at([{ item: 1, u: 2, face: 'both' }, { item: 2, u: 3, face: 'both' }]), 'invalid', /bertindihan/],
      [at([{ item: 1, u: 38, face: 'both' }]), 'conflict', /SIMRS-DB1/],
      [at([{ item: 1, u: 2, face: 'both' }], 'z9'), 'notFound', /z9/],
      [at([{ item: 1, u: 2, face: 'both' }], 'a6'), 'conflict', /Dinas Pendidikan/],
      [reserve('T-2026-9999', { rack: 'a5', places: [{ item: 1, u: 2, face: 'both' }] }), 'notFound', /T-2026-9999/],
    ] // biome-ignore format: a mistake is a line
    for (const [outcome, kind, says] of wrongs) {
      const failure = refusalOf(await outcome)
      assert.equal(failure.kind, kind, failure.message)
      assert.match(failure.words?.id ?? '', says)
    }
    assert.deepEqual(await cage.records.stays.held(), [])
  })

  it('takes the two faces of a U for two half-deep pieces', async () => {
    const half = { height: 1, depth: 'half', power: 5, weight: 1 } as const
    const [one, other, third] = [await cage.filed([half]), await cage.filed([half]), await cage.filed([half])]
    must(await reserve(one, { rack: 'a5', places: [{ item: 1, u: 3, face: 'front' }] }))
    must(await reserve(other, { rack: 'a5', places: [{ item: 1, u: 3, face: 'rear' }] }))
    assert.equal(refusalOf(await reserve(third, { rack: 'a5', places: [{ item: 1, u: 3, face: 'front' }] })).kind, 'conflict')
  })

  it('is extended with a reason, given back, and ends by itself after its notice; the piece is asked for again', async () => {
    const ticket = await cage.filed([{}])
    const wanted = bestOf(await view(ticket), 'a5')
    const officer = await cage.as('petugas')
    const [first] = must(await reserve(ticket, wanted)).reservations
    const id = first?.id ?? 0
    assert.equal(refusalOf(await cage.stays.extend(id, cage.clock.now + DAY, 'lebih cepat', officer)).kind, 'invalid')
    const until = cage.clock.now + 20 * DAY
    assert.equal(must(await cage.stays.extend(id, until, 'barang tertahan di pelabuhan', officer)).expiresAt, until)
    cage.clock.now = until - 2 * DAY
    await cage.stays.tick()
    await cage.stays.tick()
    const letters = async () => (await cage.records.mailings.due(Date.now() * 2, 1_000)).filter(({ id: one }) => one.startsWith('reservation-'))
    const warned = await letters()
    assert.ok(warned.length > 0 && warned.every(one => one.id.includes('expiring')), 'each officer is told')
    assert.equal(new Set(warned.map(one => one.id)).size, warned.length)
    cage.clock.now = until + MINUTE
    await cage.stays.tick()
    assert.deepEqual(await cage.records.stays.held(), [])
    const after = await view(ticket)
    assert.equal(after.reservations[0]?.state, 'expired')
    assert.equal(after.stay.items[0]?.state, 'asked')
    assert.equal((await letters()).length, warned.length * 2)
    assert.match(refusalOf(await cage.stays.extend(id, until + DAY, 'terlambat', officer)).words?.id ?? '', /kedaluwarsa/)
    must(await reserve(ticket, bestOf(after, 'a5')))
  })

  it('keeps a place for no ticket that came to nothing', async () => {
    const ticket = await cage.filed([{}])
    const wanted = bestOf(await view(ticket), 'a5')
    must(await cage.desk.desk.act(ticket, { kind: 'cancel', reason: 'Tidak jadi' }, await cage.as('pemohon-dinkes')))
    assert.match(refusalOf(await reserve(ticket, wanted)).message, /is over/)
  })

  it('dies with its ticket, at once, in the same transaction: U free, notice sent, who did it in the trail; nothing is installed on it', async () => {
    const ticket = await cage.filed([{ serial: 'SN-1' }, { model: 'Switch', serial: 'SN-2', height: 1 }])
    const officer = await cage.as('petugas')
    const { stay } = must(await reserve(ticket, bestOf(await view(ticket), 'a5')))
    must(await cage.stays.receive(stay.id, 1, { serial: 'SN-1', damaged: false, note: '', photos: [] }, officer))
    const told: number[] = []
    cage.stays.room.onChange(({ reservations }) => told.push(...reservations))
    must(await cage.desk.desk.act(ticket, { kind: 'cancel', reason: 'Anggaran dicabut' }, await cage.as('pemohon-dinkes')))
    assert.deepEqual(await cage.records.stays.held(), [])
    const [reservation] = await cage.records.stays.reservationsOf(ticket)
    assert.deepEqual([reservation?.state, reservation?.reason], ['released', 'Anggaran dicabut'])
    assert.deepEqual(told, [reservation?.id], 'open pages hear of it')
    const [entry] = await cage.records.audit.page({ size: 1, action: 'stay.release' })
    assert.equal(entry?.actor, (await cage.as('pemohon-dinkes')).name)
    const letters = await cage.records.mailings.ofTicket(ticket)
    assert.ok(
      letters.some(({ id }) => id.startsWith(`reservation-${reservation?.id}-dropped`)),
      'officers are told',
    )
    const left = (await cage.records.stays.stay(stay.id)) ?? never('stay')
    assert.deepEqual(
      left.items.map(({ state, rack }) => [state, rack]),
      [['asked', null], ['gone', null]],
    ) // biome-ignore format: a piece is a line
    assert.equal(refusalOf(await cage.stays.install(stay.id, 1, { psus: [], port: null }, officer, '127.0.0.1')).kind, 'conflict')
    assert.equal(refusalOf(await cage.stays.receive(stay.id, 2, { serial: 'SN-2', damaged: false, note: '', photos: [] }, officer)).kind, 'conflict')
    // What came to the door goes home again, and nobody ever saw it as a tenant.
    must(await cage.stays.leave(stay.id, [1], 'tiket dibatalkan', officer))
    assert.deepEqual(await cage.stays.list(await cage.as('pemohon-dinkes')), [])
  })

  it('is given back by the round when its ticket had come to nothing before anybody followed it', async () => {
    const ticket = await cage.filed([{}])
    must(await reserve(ticket, bestOf(await view(ticket), 'a5')))
    const [held] = await cage.records.stays.held()
    must(await cage.desk.desk.act(ticket, { kind: 'cancel', reason: 'Tidak jadi' }, await cage.as('pemohon-dinkes')))
    const given = (await cage.records.stays.reservation(held?.id ?? 0)) ?? never('reservation')
    // As an earlier release left it.
    assert.equal(await cage.records.stays.putReservation({ ...given, state: 'held', revision: given.revision + 1 }), 'written')
    await cage.stays.tick()
    assert.deepEqual(await cage.records.stays.held(), [])
  })
})

describe('reservations of a daemon that is killed', function () {
  this.timeout(120_000)
  it('are whole or not at all: the stay, the reservation, each U and the entry of the trail', async () => {
    const folder = tempFolder()
    const script = fileURLToPath(new URL('./support/reserver.ts', import.meta.url))
    for (let round = 0; round < 3; round++) {
      const child = fork(script, [folder], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
      await new Promise<void>((resolve, reject) => {
        child.on('message', (i: number) => (i >= 2 + round * 3 ? resolve() : undefined))
        child.on('exit', code => (code === null ? undefined : reject(new Error(`it ended with ${code}`))))
      })
      child.kill('SIGKILL')
      await once(child, 'exit')
    }
    const cage = await openCage({ folder })
    try {
      const held = await cage.records.stays.held()
      const entries = await cage.records.audit.page({ size: 500, action: 'stay.reserve' })
      assert.ok(held.length >= 3)
      assert.equal(entries.length, held.length, 'each is told of in the trail, and no other')
      for (const one of held) {
        const stay = await cage.records.stays.stayOf(one.ticket)
        assert.deepEqual(
          stay?.items.filter(item => item.reservation === one.id).map(({ u }) => u),
          one.places.map(({ u }) => u),
        )
      }
      assert.ok((await cage.records.audit.verify()).ok)
    } finally {
      await cage.close()
    }
  })
})
