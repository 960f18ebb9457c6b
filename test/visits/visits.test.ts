// A visit from its request to the guest book: asked for on a form, allowed, let in once, out again; and what is decided on the way.
import assert from 'node:assert/strict'
import { must } from '../store/support/must.ts'
import { AGUS, DAY, HOUR, LESTARI, openYard, wordsOf, type Yard } from './support/yard.ts'

describe('a visit', () => {
  let yard: Yard
  beforeEach(async () => {
    yard = await openYard()
  })
  afterEach(() => yard.close())

  it('is asked for by a ticket, allowed at the end of the dispositions, lets its people in once, and ends in the guest book', async () => {
    const number = await yard.ordered({ from: yard.clock.now + HOUR, goods: [{ direction: 'both', kind: 'Laptop', serial: 'LN-1' }] })
    const asked = await yard.of(number)
    assert.equal(asked.state, 'requested')
    assert.deepEqual([asked.site, asked.rooms, asked.racks], ['demo', ['server-room'], ['a5']])
    const escort = await yard.person('petugas2')
    const { from, until } = asked
    const visit = must(await yard.visits.approve(asked.id, { from, until, doors: ['d1'], racks: ['a5'], escort }, await yard.as('petugas')))
    assert.equal(visit.state, 'approved')
    assert.deepEqual(visit.rooms, ['server-room'])

    const { qr, short } = await yard.codeOf(visit.id, 1)
    const early = await yard.door({ kind: 'in', visit: visit.id, visitor: 1, code: qr })
    assert.match(early.words?.id ?? '', /baru berlaku mulai/)
    yard.clock.now = from
    assert.deepEqual(must(await yard.visits.look(qr, await yard.as('noc'))), { visit: visit.id, visitor: 1, wrong: null })
    assert.equal((await yard.door({ kind: 'in', visit: visit.id, visitor: 1, code: qr })).ok, true)
    await yard.door({ kind: 'goodsIn', visit: visit.id, visitor: 1 })

    // The same code again, typed: who and when is said.
    const again = await yard.door({ kind: 'in', visit: visit.id, visitor: 1, code: short.toLowerCase() }, 'petugas')
    assert.equal(again.ok, false)
    assert.match(again.words?.id ?? '', /sudah dipakai masuk .*10\.00.* dicatat oleh/)
    const [here] = await yard.visits.presences(yard.clock.now)
    assert.deepEqual([here?.number, here?.inside, [...(here?.doors ?? [])]], [visit.number, 1, ['d1']])

    yard.clock.now += HOUR
    const out = await yard.door({ kind: 'out', visit: visit.id, visitor: 1, code: qr })
    assert.equal(out.ok, true)
    assert.match(out.words?.id ?? '', /Barang belum dicatat keluar: Laptop LN-1/)
    const log = await yard.visits.log('demo', from - DAY, from + DAY)
    assert.deepEqual(
      log.map(({ name, identity, inAt, outAt }) => [name, identity, inAt, outAt]),
      [['Agus Setiawan', '•••• 0417', from, from + HOUR]],
    )
    const kinds = must(await yard.visits.one(visit.id, await yard.as('noc'))).trace.map(({ kind }) => kind)
    assert.deepEqual(kinds, ['requested', 'approved', 'in', 'goods', 'codeAgain', 'out'])
  })

  it('is not approved by who asked for it, nor by an officer before the dispositions have come to him', async () => {
    const visit = await yard.of(await yard.filed())
    const grant = { from: visit.from, until: visit.until, doors: ['d1'], racks: [], escort: await yard.person('petugas2') }
    assert.match(wordsOf(await yard.visits.approve(visit.id, grant, await yard.as('petugas'))), /Disposisi .* belum sampai/)
    const self = { ...(await yard.as('pemohon-dinkes')), roles: ['approver' as const] }
    assert.match(wordsOf(await yard.visits.approve(visit.id, grant, self)), /sendiri/)
    assert.match(wordsOf(await yard.visits.approve(visit.id, { ...grant, doors: ['d99'] }, await yard.as('kabid'))), /d99/)
    assert.match(
      wordsOf(await yard.visits.approve(visit.id, { ...grant, escort: await yard.person('kadis') }, await yard.as('kabid'))),
      /bukan petugas/,
    )
    assert.equal(must(await yard.visits.approve(visit.id, grant, await yard.as('kabid'), visit.revision)).state, 'approved')
    assert.equal(wordsOf(await yard.visits.approve(visit.id, grant, await yard.as('kadis'), visit.revision)).includes('baru saja diubah'), true)
  })

  it('in a freeze is refused, and allowed by an approver who says why', async () => {
    const visit = await yard.of(await yard.ordered())
    const { now } = yard.clock
    must(
      await yard.visits.badges.freeze({ site: 'demo', rooms: [], from: now - DAY, until: now + DAY, reason: 'Tutup buku' }, await yard.as('petugas')),
    )
    const grant = { from: visit.from, until: visit.until, doors: ['d1'], racks: [], escort: await yard.person('petugas2') }
    assert.match(wordsOf(await yard.visits.approve(visit.id, grant, await yard.as('kabid'))), /Tutup buku/)
    assert.match(wordsOf(await yard.visits.approve(visit.id, { ...grant, override: 'Server padam' }, await yard.as('petugas'))), /Tutup buku/)
    const approved = must(await yard.visits.approve(visit.id, { ...grant, override: 'Server padam' }, await yard.as('kabid')))
    assert.equal(approved.approved?.override, 'Server padam')
  })

  it('shows what else goes on: the same person, the same rack, the escort taken', async () => {
    const one = await yard.approved()
    const other = await yard.of(await yard.filed({ login: 'pemohon-dinkes', people: [{ ...AGUS, name: 'Agus S.' }] }))
    const kinds = other.conflicts.map(({ kind }) => kind)
    assert.deepEqual(kinds, ['samePerson', 'sameRack'])
    assert.ok(other.conflicts.every(conflict => !('number' in conflict) || conflict.number === one.number))
    // A person is inside once.
    const visit = must(
      await yard.visits.approve(
        other.id,
        { from: other.from, until: other.until, doors: ['d1'], racks: [], escort: await yard.person('petugas') },
        await yard.as('kabid'),
      ),
    )
    await yard.door({ kind: 'in', visit: one.id, visitor: 1 })
    assert.match((await yard.door({ kind: 'in', visit: visit.id, visitor: 1 })).words?.id ?? '', new RegExp(`kunjungan ${one.number}`))
  })

  it('is none of another organisation’s business, and shows who asked no other names', async () => {
    const visit = await yard.approved()
    const stranger = await yard.as('pemohon-pesisir')
    assert.equal((await yard.visits.one(visit.id, stranger)).ok, false)
    assert.equal((await yard.visits.codes(visit.id, stranger)).ok, false)
    assert.equal((await yard.visits.cancel(visit.id, 'Tidak jadi', stranger)).ok, false)
    assert.deepEqual([...(await yard.visits.stream.all(stranger)).keys()], [])
    assert.deepEqual(await yard.visits.list({ from: 0, until: visit.until }, stranger), [])
    const own = await yard.as('pemohon-dinkes')
    const mine = must(await yard.visits.one(visit.id, own))
    assert.deepEqual(mine.conflicts, [])
    assert.equal(must(await yard.visits.codes(visit.id, own)).items.length, 2)
    assert.deepEqual([...(await yard.visits.stream.some([String(visit.id)], own)).keys()], [String(visit.id)])
  })

  it('tells who asked what happened, not what staff wrote of it', async () => {
    const officer = await yard.as('petugas')
    const blank = { holder: '', organisation: '', doors: [], rooms: [], zones: [], from: null, until: null, hours: null }
    must(await yard.visits.badges.add({ ...blank, card: 'T-01', kind: 'visitor' }, officer))
    const visit = await yard.approved()
    await yard.door({ kind: 'in', visit: visit.id, visitor: 1, badge: 'T-01' })
    await yard.door({ kind: 'refuse', visit: visit.id, visitor: 2, reason: 'Diduga mabuk' })
    const seen = must(await yard.visits.one(visit.id, await yard.as('pemohon-dinkes')))
    assert.deepEqual(
      seen.trace.slice(2).map(({ kind, detail }) => [kind, detail]),
      [
        ['in', { name: AGUS.name, visitor: 1 }],
        ['turnedAway', { name: LESTARI.name, visitor: 2 }],
      ],
    )
    assert.equal(JSON.stringify(must(await yard.visits.one(visit.id, officer)).trace).includes('T-01'), true)
    const noc = await yard.as('noc')
    const emergency = must(
      await yard.visits.enter(
        {
          kind: 'emergency',
          site: 'demo',
          doors: ['d1'],
          racks: [],
          purpose: 'Asap',
          until: yard.clock.now + HOUR,
          escort: null,
          organisation: visit.organisation?.id ?? null,
          visitors: [{ name: 'Damkar Satu', company: '', identity: '', mobile: '', badge: '' }],
          goods: [],
          accepted: true,
        },
        noc,
      ),
    )
    must(await yard.visits.report(emergency.id, 'Rak milik dinas lain terbakar', noc))
    const theirs = must(await yard.visits.one(emergency.id, await yard.as('pemohon-dinkes')))
    assert.equal(theirs.trace.at(-1)?.kind, 'report')
    assert.equal(JSON.stringify(theirs).includes('terbakar'), false)
  })
})
