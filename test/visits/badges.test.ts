// The badges: handed out once, lost ones open nothing, those that nobody uses go, and standing access is looked through.
import assert from 'node:assert/strict'
import { must } from '../store/support/must.ts'
import { AGUS, DAY, HOUR, openYard, type Yard } from './support/yard.ts'

describe('a badge', () => {
  let yard: Yard
  beforeEach(async () => {
    yard = await openYard()
  })
  afterEach(() => yard.close())

  const BLANK = { holder: '', organisation: '', doors: [], rooms: [], zones: [], from: null, until: null, hours: null }
  const words = (outcome: { ok: boolean; failure?: { words?: { id: string } } }) => (outcome.ok ? '' : (outcome.failure?.words?.id ?? ''))

  it('of the pool is with one visitor at a time, and explains their doors while it is', async () => {
    const officer = await yard.as('petugas')
    for (const card of ['T-01', 'T-02']) must(await yard.visits.badges.add({ ...BLANK, card, kind: 'visitor' }, officer))
    const visit = await yard.approved()
    assert.equal((await yard.door({ kind: 'in', visit: visit.id, visitor: 1, badge: 'T-01' })).ok, true)
    assert.match((await yard.door({ kind: 'in', visit: visit.id, visitor: 2, badge: 'T-01' })).words?.id ?? '', /sedang dipakai Agus/)
    assert.match((await yard.door({ kind: 'in', visit: visit.id, visitor: 2, badge: 'T-99' })).words?.id ?? '', /tidak terdaftar/)
    assert.deepEqual((await yard.visits.book(officer)).badges, ['T-02'])
    const [here] = await yard.visits.presences(yard.clock.now)
    assert.deepEqual([...(here?.badges ?? [])], ['T-01'])
    const card = await yard.visits.badgeOf('T-01', yard.clock.now)
    assert.equal(card?.opens, true)
    assert.equal(card?.badge.handed?.visit, visit.id)
    await yard.door({ kind: 'out', visit: visit.id, visitor: 1 })
    assert.equal((await yard.visits.badgeOf('T-01', yard.clock.now))?.opens, false)
    assert.deepEqual((await yard.visits.book(officer)).badges, ['T-01', 'T-02'])
  })

  it('that is lost opens nothing and is handed to nobody; its card is registered once', async () => {
    const officer = await yard.as('petugas')
    const { id } = must(await yard.visits.badges.add({ ...BLANK, card: 'S-1', kind: 'standing', holder: 'Rizky', rooms: ['server-room'] }, officer))
    assert.match(words(await yard.visits.badges.add({ ...BLANK, card: 'S-1', kind: 'visitor' }, officer)), /sudah terdaftar/)
    const known = await yard.visits.badgeOf('S-1', yard.clock.now)
    assert.deepEqual([known?.opens, [...(known?.doors ?? [])].sort()], [true, ['d1', 'd3']])
    must(await yard.visits.badges.lost(id, 'Tertinggal di bus', officer))
    assert.equal((await yard.visits.badgeOf('S-1', yard.clock.now))?.opens, false)
    assert.equal(await yard.visits.badgeOf('nobody', yard.clock.now), null)
  })

  it('on the block list is handed to nobody and opens nothing', async () => {
    const officer = await yard.as('petugas')
    must(await yard.visits.badges.add({ ...BLANK, card: 'T-01', kind: 'visitor' }, officer))
    must(await yard.visits.badges.add({ ...BLANK, card: 'S-1', kind: 'standing', holder: 'Rizky' }, officer))
    for (const card of ['T-01', 'S-1']) must(await yard.visits.badges.block({ name: '', identity: '', card, reason: 'Tergandakan' }, officer))
    const visit = await yard.approved()
    assert.match((await yard.door({ kind: 'in', visit: visit.id, visitor: 1, badge: 'T-01' })).words?.id ?? '', /Tergandakan/)
    assert.equal((await yard.visits.badgeOf('S-1', yard.clock.now))?.opens, false)
  })

  it('unused for a year is taken away by itself, with an entry of the trail; one in use stays', async () => {
    const officer = await yard.as('petugas')
    for (const card of ['S-1', 'S-2'])
      must(await yard.visits.badges.add({ ...BLANK, card, kind: 'standing', holder: `Pemilik ${card}`, zones: ['server'] }, officer))
    yard.clock.now += 200 * DAY
    await yard.visits.badgeOf('S-2', yard.clock.now)
    yard.clock.now += 166 * DAY
    await yard.visits.tick()
    const { badges } = await yard.visits.badges.register()
    assert.deepEqual(
      badges.map(({ card, state }) => [card, state]),
      [
        ['S-1', 'dormant'],
        ['S-2', 'active'],
      ],
    )
    assert.equal((await yard.records.audit.page({ size: 5, action: 'badge.dormant' })).length, 1)
    assert.ok((await yard.records.mailings.due(yard.clock.now)).some(({ id }) => id.includes('dormant')))
  })

  it('is reviewed every 90 days: all of them or none, signed, and overdue until then', async () => {
    const officer = await yard.as('petugas')
    const ids = []
    for (const card of ['S-1', 'S-2'])
      ids.push(must(await yard.visits.badges.add({ ...BLANK, card, kind: 'standing', holder: `Pemilik ${card}` }, officer)).id)
    yard.clock.now += 91 * DAY
    await yard.visits.tick()
    assert.ok(yard.alarms.has('visit.review'))
    const [one = 0, other = 0] = ids
    assert.match(words(await yard.visits.badges.review([one], [], officer)), /S-2/)
    must(await yard.visits.badges.review([one], [other], officer))
    const { badges, review, reviews } = await yard.visits.badges.register()
    assert.deepEqual(
      badges.map(({ state }) => state),
      ['active', 'revoked'],
    )
    assert.equal(review.dueAt, yard.clock.now + 90 * DAY)
    assert.equal(reviews[0]?.by, officer.name)
    yard.clock.now += DAY
    await yard.visits.tick()
    assert.equal(yard.alarms.has('visit.review'), false)
  })

  it('list of those kept out is asked at the request, at the approval and at the door; numbers are not kept', async () => {
    const officer = await yard.as('petugas')
    const visit = await yard.approved({ until: yard.clock.now + 5 * HOUR })
    const asked = must(await yard.visits.ofTicket(await yard.filed({ from: yard.clock.now + DAY }), officer))
    const block = must(await yard.visits.badges.block({ name: AGUS.name, identity: AGUS.identity, card: '', reason: 'Membawa alat rekam' }, officer))
    assert.equal(block.identity, '•••• 0417')
    assert.match((await yard.door({ kind: 'in', visit: visit.id, visitor: 1 })).words?.id ?? '', /larangan masuk: Membawa alat rekam/)
    const grant = { from: asked.from, until: asked.until, doors: ['d1'], racks: [], escort: await yard.person('petugas2') }
    assert.match(words(await yard.visits.approve(asked.id, grant, await yard.as('kabid'))), /larangan masuk/)
    const draft = await yard.draft({ from: yard.clock.now + 2 * DAY })
    const submitted = await yard.desk.desk.submit(draft, await yard.as('pemohon-dinkes'))
    // Who asks is not told that there is a list, nor what stands in it.
    assert.match(words(submitted), /Agus Setiawan tidak dapat didaftarkan .* Hubungi pengelola pusat data/)
    assert.doesNotMatch(JSON.stringify(submitted), /alat rekam/)
    must(await yard.visits.badges.unblock(block.id, 'Salah orang', officer))
    assert.equal((await yard.door({ kind: 'in', visit: visit.id, visitor: 1 })).ok, true)
  })
})
