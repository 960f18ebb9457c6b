// A server's stay: in at the door, into the rack, seen by the readings, in custody by the minutes, moved, out again.
import assert from 'node:assert/strict'
import type { Outcome } from '../../daemon/domain/outcome.ts'
import type { Evidence, StayView } from '../../daemon/domain/stay.ts'
import { annexOf } from '../../daemon/stays/annex.ts'
import { must } from '../store/support/must.ts'
import { type Cage, DAY, MINUTE, never, openCage } from './support/cage.ts'

const refusalOf = <T>(outcome: Outcome<T>) => (outcome.ok ? assert.fail('it was done') : outcome.failure)
const AS_LISTED = { damaged: false, note: '', photos: [] }
const A = { device: 'pdu-a5-a', key: 'outlet.9.power' }
const B = { device: 'pdu-a5-b', key: 'outlet.9.power' }
const PSUS = [
  { feed: 'A' as const, power: A },
  { feed: 'B' as const, power: B },
]

describe('a stay', function () {
  this.timeout(60_000)
  let cage: Cage
  let ticket = ''
  let id = 0
  beforeEach(async () => {
    cage = await openCage()
    ticket = await cage.filed([{ serial: 'SN-7F21-0412' }])
    const { items, placement } = must(await cage.stays.view(ticket))
    const offer = placement?.offers.find(({ rack }) => rack === 'a5') ?? never('offer')
    const places = offer.places.map(({ item, u, face }) => ({ item: items[item] ?? 0, u, face }))
    id = must(await cage.stays.reserve(ticket, { rack: 'a5', places }, await officer())).stay.id
  })
  afterEach(() => cage.close())

  const officer = () => cage.as('petugas')
  const receive = async (given: Partial<Parameters<Cage['stays']['receive']>[2]> = {}) =>
    cage.stays.receive(id, 1, { serial: 'SN-7F21-0412', ...AS_LISTED, ...given }, await officer())
  const install = async (given: Partial<Parameters<Cage['stays']['install']>[2]> = {}) =>
    cage.stays.install(id, 1, { psus: PSUS, port: null, ...given }, await officer(), '127.0.0.1')
  const verify = async () => must(await cage.stays.verify(id, 1, await officer())).items[0] ?? never('piece')
  const evidence = (stay: { readonly evidence: readonly Evidence[] }, kind: Evidence['kind']) => stay.evidence.filter(one => one.kind === kind)
  const readBoth = async (watts: number, at = cage.clock.now) => {
    for (const point of ['pdu-a5-a/outlet.9.power', 'pdu-a5-b/outlet.9.power']) await cage.read(point, watts, at)
  }

  it('comes in by its serial; what deviates needs words, a photograph of another ticket is none, nothing comes in twice', async () => {
    assert.match(refusalOf(await receive({ serial: 'SN-LAIN' })).words?.id ?? '', /catatan/)
    assert.match(refusalOf(await receive({ damaged: true })).words?.id ?? '', /catatan/)
    assert.match(refusalOf(await receive({ photos: [4711] })).words?.id ?? '', /4711/)
    assert.match(refusalOf(await install()).words?.id ?? '', /dipesan/, 'not into the rack before it is here')
    const come = must(await receive({ serial: 'sn-7f21-0413', note: 'diganti vendor' })).items[0] ?? never('piece')
    assert.deepEqual([come.state, come.in?.found, come.serial], ['arrived', 'other', 'sn-7f21-0413'])
    assert.equal(refusalOf(await receive()).kind, 'conflict')
    const unlisted = must(await cage.stays.unlisted(id, { serial: 'KABEL-1', note: 'dua kabel daya' }, await officer()))
    assert.equal(unlisted.unlisted[0]?.serial, 'KABEL-1')
  })

  it('stands in the inventory under its tenant, frees its reservation, and is refused outlets that are not its own', async () => {
    must(await receive())
    const taken = [{ feed: 'A' as const, power: { device: 'pdu-a5-a', key: 'outlet.2.power' } }]
    assert.match(refusalOf(await install({ psus: taken })).words?.id ?? '', /SIMRS-DB1/)
    assert.match(refusalOf(await install({ psus: [{ feed: 'A', power: { device: 'pdu-a6-a', key: 'outlet.9.power' } }] })).words?.id ?? '', /jalur A/)
    assert.match(refusalOf(await install({ psus: [{ feed: 'C' }] })).words?.id ?? '', /jalur C/)
    assert.match(refusalOf(await install({ port: { device: 'sw-a5', key: 'no.such' } })).words?.id ?? '', /sw-a5\/no.such/)
    const standing = must(await install()).items[0] ?? never('piece')
    assert.equal(standing.state, 'installed')
    const equipment = cage.place.inventory.equipment.find(one => one.id === standing.equipment)
    assert.deepEqual([equipment?.tenant, equipment?.rack, equipment?.u, equipment?.serial], ['Dinas Kesehatan', 'a5', standing.u, 'SN-7F21-0412'])
    assert.deepEqual(await cage.records.stays.held(), [])
    assert.equal((await cage.records.stays.reservationsOf(ticket))[0]?.state, 'used')
  })

  it('uses no reservation whose time is over', async () => {
    must(await receive())
    cage.clock.now += 14 * DAY
    assert.match(refusalOf(await install()).words?.id ?? '', /berakhir pada/)
    await cage.stays.tick()
    const left = (await cage.records.stays.stay(id))?.items[0]
    assert.deepEqual([left?.state, left?.in?.serial], ['asked', 'SN-7F21-0412'], 'it is here and waits for another place')
    assert.equal(
      cage.place.inventory.equipment.some(({ id: one }) => one.startsWith('t-')),
      false,
    )
  })

  it('is verified by outlets that went from nothing to something; until then says what is not seen, or cannot be measured', async () => {
    await readBoth(0, cage.clock.now - 30 * MINUTE)
    await cage.read('pdu-a5-a/outlet.9.power', 0)
    must(await receive())
    must(await install())
    const dark = await verify()
    assert.deepEqual([dark.state, evidence(dark, 'outletPower').map(({ state }) => state)], ['installed', ['notYet', 'notYet']])
    assert.deepEqual(
      evidence(dark, 'portUp').map(({ state }) => state),
      ['unmeasured'],
    )
    cage.clock.now += 5 * MINUTE
    await cage.read('pdu-a5-a/outlet.9.power', 171)
    assert.deepEqual(
      evidence(await verify(), 'outletPower').map(({ state }) => state),
      ['seen', 'notYet'],
      'one of its two cords',
    )
    await cage.read('pdu-a5-b/outlet.9.power', 168)
    const seen = await verify()
    assert.equal(seen.state, 'verified')
    assert.deepEqual(evidence(seen, 'outletPower').map(({ before, after }) => [before, after]), [[0, 171], [0, 168]]) // biome-ignore format: one line
  })

  it('is not verified by an outlet that gave power to something else before, nor by a reading of yesterday', async () => {
    await readBoth(150, cage.clock.now - 30 * MINUTE)
    must(await receive())
    must(await install())
    await readBoth(160)
    assert.equal((await verify()).state, 'installed')
    cage.clock.now += DAY
    const old = await verify()
    assert.deepEqual(evidence(old, 'outletPower').map(({ state, after }) => [state, after]), [['notYet', null], ['notYet', null]]) // biome-ignore format: one line
    const accepted = must(await cage.stays.accept(id, 1, 'stopkontak dipakai bersama panel', await officer())).items[0]
    assert.deepEqual([accepted?.state, accepted?.accepted?.reason], ['verified', 'stopkontak dipakai bersama panel'])
  })

  it('is in custody when the minutes are signed, of itself; its organisation sees it from then on and nobody else does', async () => {
    const [own, other] = [await cage.as('pemohon-dinkes'), await cage.as('pemohon')]
    const seenBy = async (viewer: typeof own): Promise<readonly StayView[]> => cage.stays.list(viewer)
    must(await receive())
    must(await install())
    must(await cage.stays.accept(id, 1, 'tanpa pengukuran', await officer()))
    assert.match(refusalOf(await cage.stays.custody(id, await officer())).words?.id ?? '', /belum ditandatangani/)
    assert.deepEqual(await seenBy(own), [])
    assert.equal(refusalOf(await cage.stays.one(id, own)).kind, 'notFound')
    const number = await cage.signed(ticket)
    await cage.stays.tick()
    const kept = (await cage.records.stays.stay(id)) ?? never('stay')
    assert.deepEqual([kept.state, kept.minutes.in], ['inCustody', number])
    assert.equal(new Date(kept.until ?? 0).toISOString().slice(0, 10), '2027-11-20', 'twelve months')
    assert.equal((await seenBy(own)).length, 1)
    assert.deepEqual(await seenBy(other), [])
    const [mine, theirs] = [refusalOf(await cage.stays.one(id, other)), refusalOf(await cage.stays.one(id + 1_000, other))]
    assert.equal(mine.message.replaceAll(/\d+/g, '#'), theirs.message.replaceAll(/\d+/g, '#'), 'what is not there and what is not yours are one')
  })

  it('stands in the annex of the minutes with its serial, its place, its power and what was seen', async () => {
    await readBoth(0)
    must(await receive())
    must(await install())
    assert.deepEqual(annexOf(null, cage.place.inventory, 'id'), [])
    cage.clock.now += MINUTE
    await readBoth(170)
    const kept = await verify()
    const [annex] = annexOf(await cage.records.stays.stay(id), cage.place.inventory, 'id')
    const text = JSON.stringify(annex)
    for (const said of ['SN-7F21-0412', '1.3.2.05.01.01.005.00012', `A5 U${kept.u}–${(kept.u ?? 0) + 1}`, '400 W', 'Daya 0 → 170 W'])
      assert.ok(text.includes(said), `${said} is not in ${text}`)
  })

  it('is moved by another reservation, its old U free again and its evidence taken anew; leaves by its own serial only', async () => {
    must(await receive())
    must(await install())
    must(await cage.stays.accept(id, 1, 'tanpa pengukuran', await officer()))
    await cage.signed(ticket)
    const was = must(await cage.stays.custody(id, await officer())).items[0] ?? never('piece')
    const plan = must(await cage.stays.view(ticket, [1]))
    assert.deepEqual(plan.items, [1])
    const to = plan.placement?.offers.find(({ rack }) => rack === 'a5')?.places[0] ?? never('place')
    must(await cage.stays.reserve(ticket, { rack: 'a5', places: [{ item: 1, u: to.u, face: to.face }] }, await officer()))
    assert.equal((await cage.records.stays.stay(id))?.items[0]?.u, was.u, 'it stands where it stood')
    const moved = must(await install()).items[0] ?? never('piece')
    assert.deepEqual([moved.state, moved.u, moved.moved[0]?.u, moved.evidence.length], ['inCustody', to.u, was.u, 0])
    assert.equal(cage.place.inventory.equipment.filter(one => one.id === moved.equipment).length, 1)
    must(await cage.stays.leave(id, [1], 'diganti baru', await officer()))
    const out = async (serial: string, without?: string) => cage.stays.out(id, 1, { serial, ...AS_LISTED, without }, await officer(), '127.0.0.1')
    assert.match(refusalOf(await out('SN-ORANG-LAIN')).words?.id ?? '', /SN-7F21-0412/)
    must(await cage.stays.media(id, 1, { kind: 'none' }, await officer()))
    assert.equal(must(await out('SN-7F21-0412', 'dibawa vendor malam hari')).state, 'gone')
    assert.equal(
      cage.place.inventory.equipment.some(one => one.id === moved.equipment),
      false,
    )
    assert.deepEqual(await cage.stays.list(await cage.as('pemohon-dinkes')), [], 'nothing of it is seen any more')
  })

  it('reminds of its end and raises an alarm when it draws more than agreed for a while', async () => {
    must(await receive())
    must(await install())
    must(await cage.stays.accept(id, 1, 'tanpa pengukuran', await officer()))
    await cage.signed(ticket)
    must(await cage.stays.custody(id, await officer()))
    await readBoth(300)
    await cage.stays.tick()
    assert.equal(cage.alarms.size, 0, 'not at the first reading')
    cage.clock.now += 11 * MINUTE
    await readBoth(300)
    await cage.stays.tick()
    const [[code, alarm] = never('alarm')] = [...cage.alarms]
    assert.equal(code, `stay.over.${id}`)
    assert.match(alarm.text.id, /600 W > 400 W/)
    await readBoth(150)
    await cage.stays.tick()
    assert.equal(cage.alarms.size, 0)
    // One of a stay that is gone meanwhile, and one of somebody else's.
    cage.alarms.set('stay.over.4711', alarm)
    cage.alarms.set('visit.overstay.1', alarm)
    await cage.stays.tick()
    assert.deepEqual([...cage.alarms.keys()], ['visit.overstay.1'])
    cage.clock.now = Date.UTC(2027, 9, 25)
    await cage.stays.tick()
    await cage.stays.tick()
    const letters = (await cage.records.mailings.ofTicket(ticket)).filter(one => one.id.startsWith(`stay-${id}-ending`))
    const requester = (await cage.as('pemohon-dinkes')).person
    assert.ok(
      letters.some(one => one.id.endsWith(`-${requester}`)),
      'the requester is told',
    )
    assert.equal(new Set(letters.map(one => one.id)).size, letters.length)
  })
})
