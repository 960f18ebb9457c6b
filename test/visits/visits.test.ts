// A visit from its request to the guest book: asked for on a form, allowed, let in once, out again; and everything that is refused on the way.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import type { Paper } from '../../daemon/domain/paper.ts'
import { evacuationPaper } from '../../daemon/paper/kinds/evacuation.ts'
import { visitLogPaper } from '../../daemon/paper/kinds/visit-log.ts'
import { openPrints } from '../../daemon/visits/prints.ts'
import { must } from '../store/support/must.ts'
import { AGUS, DAY, HOUR, LESTARI, MINUTE, openYard, type Yard } from './support/yard.ts'

describe('a visit', () => {
  let yard: Yard
  beforeEach(async () => {
    yard = await openYard()
  })
  afterEach(() => yard.close())

  const of = async (ticket: string) => must(await yard.visits.ofTicket(ticket, await yard.as('petugas')))
  const words = (outcome: { ok: boolean; failure?: { words?: { id: string }; message: string } }) =>
    outcome.ok ? '' : (outcome.failure?.words?.id ?? outcome.failure?.message ?? '')

  it('is asked for by a ticket, allowed at the end of the dispositions, lets its people in once, and ends in the guest book', async () => {
    const number = await yard.ordered({ from: yard.clock.now + HOUR, goods: [{ direction: 'both', kind: 'Laptop', serial: 'LN-1' }] })
    const asked = await of(number)
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

  it('keeps no identity number: not in the ticket, not in the visit, not anywhere in the file', async () => {
    const number = await yard.filed()
    const view = must(await yard.desk.desk.view(number, await yard.as('petugas')))
    assert.deepEqual(
      (view.answers['visitors'] as { identity: string }[]).map(({ identity }) => identity),
      ['•••• 0417', '•••• 2291'],
    )
    assert.deepEqual(
      (await of(number)).visitors.map(({ identity }) => identity),
      ['•••• 0417', '•••• 2291'],
    )
    for (const file of ['records.db', 'records.db-wal']) {
      const bytes = readFileSync(join(yard.folder, file))
      for (const { identity } of [AGUS, LESTARI]) assert.equal(bytes.includes(identity), false, `${identity} stands in ${file}`)
    }
  })

  it('compares a whole number at the door, and turns another card away', async () => {
    const visit = await yard.approved()
    const wrong = await yard.door({ kind: 'in', visit: visit.id, visitor: 1, identity: '1971030605810418' })
    assert.match(wrong.words?.id ?? '', /bukan kartu Agus Setiawan/)
    assert.equal((await yard.door({ kind: 'in', visit: visit.id, visitor: 1, identity: '1971 0306 0581 0417' })).ok, true)
  })

  for (const [what, given, says] of [
    ['without an end', { answers: { leave: '' } }, /wajib|keluar/i],
    ['that ends before it begins', { until: -HOUR }, /berakhir sebelum dimulai/],
    ['in the past', { from: -3 * HOUR, until: -HOUR }, /sudah lewat/],
    ['of 15 days', { until: 15 * DAY }, /paling lama 14 hari/],
    ['with a name that is a script', { people: [{ name: '<script>alert(1)</script>', identity: '1971030605810417' }] }, /bukan bagian nama/],
    ['with a person twice', { people: [AGUS, { ...AGUS, name: 'Agus  SETIAWAN' }] }, /tercantum dua kali/],
    ['with an identity number of three digits', { people: [{ name: 'Budi', identity: '123' }] }, /terlalu pendek/],
  ] as const)
    it(`${what} is not taken, and says why`, async () => {
      const { from = 0, until, ...rest } = given as { from?: number; until?: number }
      const now = yard.clock.now
      const draft = await yard.draft({ ...rest, from: now + from, ...(until === undefined ? {} : { until: now + until }) })
      const submitted = await yard.desk.desk.submit(draft, await yard.as('pemohon-dinkes'))
      assert.equal(submitted.ok, false)
      assert.match(`${words(submitted)} ${JSON.stringify(submitted.ok ? '' : submitted.failure)}`, says)
      assert.equal((await yard.records.visits.live()).length, 0)
      // Nothing of it was written: the draft is still one.
      assert.match(must(await yard.desk.desk.view(draft, await yard.as('pemohon-dinkes'))).number, /^D-/)
    })

  it('of twenty people is taken, and five of an escort are let in at a time', async () => {
    const people = Array.from({ length: 20 }, (_, i) => ({ name: `Tamu ${String.fromCharCode(65 + i)}`, identity: `19710306058104${10 + i}` }))
    const visit = await yard.approved({ people })
    const answers = await Promise.all(people.map((_, i) => yard.door({ kind: 'in', visit: visit.id, visitor: i + 1 })))
    assert.equal(answers.filter(({ ok }) => ok).length, 5)
    assert.match(answers.find(({ ok }) => !ok)?.words?.id ?? '', /sudah mendampingi 5 tamu/)
    await yard.door({ kind: 'out', visit: visit.id, visitor: answers.findIndex(({ ok }) => ok) + 1 })
    assert.equal((await yard.door({ kind: 'in', visit: visit.id, visitor: answers.findIndex(({ ok }) => !ok) + 1 })).ok, true)
  })

  it('is not approved by who asked for it, nor by an officer before the dispositions have come to him', async () => {
    const visit = await of(await yard.filed())
    const grant = { from: visit.from, until: visit.until, doors: ['d1'], racks: [], escort: await yard.person('petugas2') }
    assert.match(words(await yard.visits.approve(visit.id, grant, await yard.as('petugas'))), /Disposisi .* belum sampai/)
    const self = { ...(await yard.as('pemohon-dinkes')), roles: ['approver' as const] }
    assert.match(words(await yard.visits.approve(visit.id, grant, self)), /sendiri/)
    assert.match(words(await yard.visits.approve(visit.id, { ...grant, doors: ['d99'] }, await yard.as('kabid'))), /d99/)
    assert.match(
      words(await yard.visits.approve(visit.id, { ...grant, escort: await yard.person('kadis') }, await yard.as('kabid'))),
      /bukan petugas/,
    )
    assert.equal(must(await yard.visits.approve(visit.id, grant, await yard.as('kabid'), visit.revision)).state, 'approved')
    assert.equal(words(await yard.visits.approve(visit.id, grant, await yard.as('kadis'), visit.revision)).includes('baru saja diubah'), true)
  })

  it('in a freeze is refused, and allowed by an approver who says why', async () => {
    const visit = await of(await yard.ordered())
    const { now } = yard.clock
    must(
      await yard.visits.badges.freeze({ site: 'demo', rooms: [], from: now - DAY, until: now + DAY, reason: 'Tutup buku' }, await yard.as('petugas')),
    )
    const grant = { from: visit.from, until: visit.until, doors: ['d1'], racks: [], escort: await yard.person('petugas2') }
    assert.match(words(await yard.visits.approve(visit.id, grant, await yard.as('kabid'))), /Tutup buku/)
    assert.match(words(await yard.visits.approve(visit.id, { ...grant, override: 'Server padam' }, await yard.as('petugas'))), /Tutup buku/)
    const approved = must(await yard.visits.approve(visit.id, { ...grant, override: 'Server padam' }, await yard.as('kabid')))
    assert.equal(approved.approved?.override, 'Server padam')
  })

  it('shows what else goes on: the same person, the same rack, the escort taken', async () => {
    const one = await yard.approved()
    const other = await of(await yard.filed({ login: 'pemohon-dinkes', people: [{ ...AGUS, name: 'Agus S.' }] }))
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

  it('amended after people were on it keeps its guest book: who was here stays, who comes anew has a number of their own', async () => {
    const laptop = { direction: 'both', kind: 'Laptop', serial: 'LN-1' }
    const visit = await yard.approved({ until: yard.clock.now + 3 * DAY, goods: [laptop] })
    const { qr } = await yard.codeOf(visit.id, 1)
    await yard.door({ kind: 'in', visit: visit.id, visitor: 1 })
    await yard.door({ kind: 'goodsIn', visit: visit.id, visitor: 1 })
    yard.clock.now += 2 * HOUR
    await yard.door({ kind: 'out', visit: visit.id, visitor: 1 })
    const log = () => yard.visits.log('demo', yard.clock.now - DAY, yard.clock.now + DAY)
    const before = await log()
    const number = visit.ticket ?? ''
    const requester = await yard.as('pemohon-dinkes')
    const amended = async (answers: Record<string, unknown>) => {
      must(await yard.desk.desk.act(number, { kind: 'return', reason: 'Daftar orang keliru' }, await yard.as('petugas')))
      const view = must(await yard.desk.desk.view(number, requester))
      must(await yard.desk.desk.save(number, { answers: { ...view.answers, ...answers } }, requester))
      must(await yard.desk.desk.act(number, { kind: 'resubmit' }, requester))
      return of(number)
    }
    const budi = { name: 'Budi Hartono', identity: '1971030605810999', company: 'PT Lain', mobile: '081200000003' }
    const other = await amended({ visitors: [budi], goods: [{ ...laptop, serial: 'LN-2' }] })
    const logged = await log()
    assert.deepEqual(
      logged.map(({ name, identity, inAt, outAt }) => [name, identity, inAt, outAt]),
      before.map(({ name, identity, inAt, outAt }) => [name, identity, inAt, outAt]),
    )
    assert.equal(other.state, 'requested')
    assert.deepEqual(
      other.visitors.map(({ id, name, state }) => [id, name, state]),
      [
        [1, AGUS.name, 'refused'],
        [3, budi.name, 'expected'],
      ],
    )
    assert.deepEqual(
      other.goods.map(({ id, serial, inAt }) => [id, serial, inAt !== null]),
      [
        [1, 'LN-1', true],
        [2, 'LN-2', false],
      ],
    )
    assert.match(words(await yard.visits.look(qr, await yard.as('noc'))), /tidak dikenal/)
    // Who was taken off the list has no code on it, and does not come in.
    const grant = { from: other.from, until: other.until, doors: ['d1'], racks: [], escort: await yard.person('petugas') }
    must(await yard.visits.approve(other.id, grant, await yard.as('kabid')))
    assert.deepEqual(
      must(await yard.visits.codes(other.id, requester)).items.map(({ visitor }) => visitor),
      [3],
    )
    assert.equal((await yard.door({ kind: 'in', visit: other.id, visitor: 1 })).ok, false)
    assert.equal((await yard.door({ kind: 'in', visit: other.id, visitor: 3 })).ok, true)
  })

  it('ends with its ticket when that is withdrawn, and its codes with it', async () => {
    const asked = await yard.approved()
    const number = asked.ticket ?? ''
    const { qr } = await yard.codeOf(asked.id, 1)
    must(await yard.desk.desk.act(number, { kind: 'cancel', reason: 'Tidak jadi.' }, await yard.as('pemohon-dinkes')))
    assert.equal((await of(number)).state, 'cancelled')
    assert.match(words(await yard.visits.look(qr, await yard.as('noc'))), /tidak dikenal/)
  })

  it('amended to another place is asked for there; once people were on it, it keeps its site', async () => {
    const number = await yard.filed()
    const requester = await yard.as('pemohon-dinkes')
    const amended = async (answers: Record<string, unknown>) => {
      must(await yard.desk.desk.act(number, { kind: 'return', reason: 'Tempat keliru' }, await yard.as('petugas')))
      const view = must(await yard.desk.desk.view(number, requester))
      must(await yard.desk.desk.save(number, { answers: { ...view.answers, ...answers } }, requester))
      return yard.desk.desk.act(number, { kind: 'resubmit' }, requester)
    }
    const before = await of(number)
    must(await amended({ site: 'drc', room: 'Ruang Daya', touched: ['A6'] }))
    const after = await of(number)
    assert.notEqual(after.site, before.site)
    assert.deepEqual([after.asked, after.doors], [{ room: 'Ruang Daya', touched: ['A6'] }, []])
    assert.equal(after.racks.includes('a5'), false)
    must(await amended({ site: 'dc', room: 'Ruang Server', touched: ['A5'] }))
    const back = await of(number)
    assert.deepEqual([back.site, back.rooms, back.racks], [before.site, before.rooms, before.racks])
    const grant = { from: back.from, until: back.until, doors: ['d1'], racks: [], escort: await yard.person('petugas') }
    must(await yard.visits.approve(back.id, grant, await yard.as('kabid')))
    await yard.door({ kind: 'in', visit: back.id, visitor: 1 })
    await yard.door({ kind: 'out', visit: back.id, visitor: 1 })
    assert.match(words(await amended({ site: 'drc' })), /Situs kunjungan yang sudah berjalan tidak dapat diganti/)
    assert.equal((await of(number)).site, before.site)
  })

  it('is on the evacuation list of its own site', async () => {
    const there = yard.inventory.sites[0]
    assert.ok(there !== undefined)
    const entry = {
      kind: 'emergency' as const,
      racks: [],
      purpose: 'Asap',
      until: yard.clock.now + HOUR,
      escort: null,
      organisation: null,
      goods: [],
      accepted: true,
    }
    const guest = (name: string) => [{ name, company: '', identity: '', mobile: '', badge: '' }]
    const noc = await yard.as('noc')
    must(await yard.visits.enter({ ...entry, site: 'demo', doors: ['d1'], visitors: guest('Damkar Satu') }, noc))
    must(await yard.visits.enter({ ...entry, site: 'demo', doors: ['d1'], visitors: guest('Damkar Dua') }, noc))
    const set: Paper[] = []
    const prints = openPrints({
      visits: {
        log: yard.visits.log,
        // The other site of the demonstration has no door of its own.
        inside: async () => (await yard.visits.inside()).map(one => (one.name === 'Damkar Dua' ? { ...one, site: there.id } : one)),
      },
      inventory: () => yard.inventory,
      office: () => ({
        frame: yard.desk.office.frame,
        render(paper) {
          set.push(paper as Paper)
          return yard.desk.office.render(paper as Paper)
        },
      }),
      papers: { log: visitLogPaper, evacuation: evacuationPaper },
      clock: () => yard.clock.now,
    })
    must(await prints.evacuationPdf())
    const blocks = set[0]?.blocks ?? []
    const cut = blocks.findIndex(({ kind }) => kind === 'page-break')
    const [here, away] = [JSON.stringify(blocks.slice(0, cut)), JSON.stringify(blocks.slice(cut))]
    assert.deepEqual([here.includes('Damkar Satu'), here.includes('Damkar Dua'), here.includes(yard.inventory.site.name)], [true, false, true])
    assert.deepEqual([away.includes('Damkar Satu'), away.includes('Damkar Dua'), away.includes(there.name)], [false, true, true])
  })

  it('leaves no entry code in the messages that went out, and none of them after the retention', async () => {
    const visit = await yard.approved()
    const number = visit.ticket ?? ''
    const { short } = await yard.codeOf(visit.id, 1)
    const ours = async () => (await yard.records.mailings.ofTicket(number)).filter(({ id }) => id.startsWith(`visit-${visit.id}-`))
    const told = await ours()
    assert.equal(told.length > 0 && !JSON.stringify(told).includes(short), true)
    for (const [i, { id }] of told.entries()) await (i === 0 ? yard.records.mailings.failed(id, 'unreachable') : yard.records.mailings.sent(id, null))
    const left = await ours()
    assert.equal(left.length, told.length)
    assert.equal(JSON.stringify(left).includes(short) || JSON.stringify(left).includes(AGUS.name), false)
    yard.clock.now += 500 * DAY
    await yard.visits.tick()
    yard.clock.now += 500 * DAY
    await yard.visits.tick()
    assert.deepEqual(await ours(), [])
  })

  it('told later with another card is written, for somebody went in, and says so', async () => {
    const visit = await yard.approved()
    const said = await yard.door({ kind: 'in', visit: visit.id, visitor: 1, identity: '1971030605810418', kept: true })
    assert.deepEqual([said.ok, said.conflict], [true, true])
    assert.match(said.words?.id ?? '', /bukan kartu Agus Setiawan/)
    assert.equal((await yard.visits.inside()).length, 1)
  })

  it('overstays with an alarm that grows, and is quiet when the last one is out', async () => {
    const visit = await yard.approved({ until: yard.clock.now + HOUR })
    await yard.door({ kind: 'in', visit: visit.id, visitor: 1 })
    const code = `visit.overstay.${visit.id}`
    yard.clock.now = visit.until + MINUTE
    await yard.visits.tick()
    assert.equal(yard.alarms.get(code)?.severity, 'warning')
    assert.equal(must(await yard.visits.one(visit.id, await yard.as('noc'))).overstay, true)
    const told = await yard.records.mailings.due(yard.clock.now)
    assert.equal(told.filter(({ id }) => id.includes('overstay')).length, 1)
    yard.clock.now = visit.until + HOUR + MINUTE
    await yard.visits.tick()
    assert.equal(yard.alarms.get(code)?.severity, 'critical')
    assert.equal((await yard.records.mailings.due(yard.clock.now)).filter(({ id }) => id.includes('overstay')).length, 1)
    await yard.door({ kind: 'out', visit: visit.id, visitor: 1 })
    await yard.visits.tick()
    assert.equal(yard.alarms.has(code), false)
    assert.equal(must(await yard.visits.one(visit.id, await yard.as('noc'))).state, 'ended')
  })

  it('expires when nobody came, and its code says so', async () => {
    const visit = await yard.approved({ until: yard.clock.now + HOUR })
    const { qr } = await yard.codeOf(visit.id, 1)
    yard.clock.now = visit.until + MINUTE
    assert.match((await yard.door({ kind: 'in', visit: visit.id, visitor: 1, code: qr })).words?.id ?? '', /berakhir/)
    await yard.visits.tick()
    assert.equal(must(await yard.visits.one(visit.id, await yard.as('noc'))).state, 'expired')
    assert.equal((await yard.visits.look(qr, await yard.as('noc'))).ok, false)
  })

  it('keeps guessers waiting after ten wrong codes', async () => {
    const noc = await yard.as('noc')
    for (let i = 0; i < 10; i++) assert.match(words(await yard.visits.look(`2345-678${i}`, noc)), /tidak dikenal/)
    const tired = await yard.visits.look('2345-6789', noc)
    assert.equal(tired.ok ? '' : tired.failure.kind, 'tooMany')
    yard.clock.now += 6 * MINUTE
    assert.match(words(await yard.visits.look('2345-6789', noc)), /tidak dikenal/)
  })

  it('told later by a device with a wrong clock is written as it was, once, and what the house knows better is said', async () => {
    const visit = await yard.approved()
    const other = await yard.approved({ people: [{ name: 'Budi Santoso', identity: '1971030605990001' }] })
    const { qr } = await yard.codeOf(visit.id, 1)
    const left = yard.clock.now
    // While the device has no line the second visit is called off.
    must(await yard.visits.cancel(other.id, 'Tidak jadi', await yard.as('petugas')))
    yard.clock.now += 2 * HOUR
    const wrong = 9 * DAY
    const acts = [
      {
        client: crypto.randomUUID(),
        kind: 'in' as const,
        visit: visit.id,
        visitor: 1,
        code: qr,
        at: left + 10 * MINUTE + wrong,
        matched: true,
        accepted: true,
      },
      {
        client: crypto.randomUUID(),
        kind: 'in' as const,
        visit: other.id,
        visitor: 1,
        at: left + 20 * MINUTE + wrong,
        matched: true,
        accepted: true,
      },
      { client: crypto.randomUUID(), kind: 'out' as const, visit: visit.id, visitor: 1, at: left + 30 * MINUTE + wrong },
    ]
    const noc = await yard.as('noc')
    const answers = must(await yard.visits.tell(acts, yard.clock.now + wrong, noc))
    assert.deepEqual(
      answers.map(({ ok, conflict }) => [ok, conflict]),
      [
        [true, false],
        [true, true],
        [true, false],
      ],
    )
    assert.match(answers[1]?.words?.id ?? '', /dibatalkan: tidak boleh masuk/)
    const [pass] = await yard.records.visits.passesOf(visit.id)
    assert.deepEqual([pass?.inAt, pass?.outAt], [left + 10 * MINUTE, left + 30 * MINUTE])
    // They are inside, whatever was allowed: the evacuation list says so.
    assert.deepEqual(
      (await yard.visits.inside()).map(({ name }) => name),
      ['Budi Santoso'],
    )
    assert.deepEqual(must(await yard.visits.tell(acts, yard.clock.now + wrong, noc)), answers)
    assert.equal((await yard.records.visits.passesOf(visit.id)).length, 1)
  })

  it('told a moment later by a device that had lost its line is not refused as if the visitor still stood there', async () => {
    const visit = await yard.approved()
    must(await yard.visits.cancel(visit.id, 'Tidak jadi', await yard.as('petugas')))
    const said = await yard.door({ kind: 'in', visit: visit.id, visitor: 1, kept: true })
    assert.deepEqual([said.ok, said.conflict], [true, true])
    assert.equal((await yard.visits.inside()).length, 1)
    assert.equal((await yard.door({ kind: 'in', visit: visit.id, visitor: 2 })).ok, false)
  })

  it('of an emergency enters first and owes its report; a walk-in owes its approval within the working day', async () => {
    const entry = {
      site: 'demo', doors: ['d1'], racks: [], purpose: 'Asap dari rak B2', until: yard.clock.now + 2 * HOUR, organisation: null, goods: [],
      visitors: [{ name: 'Damkar Satu', company: 'Damkar', identity: '', mobile: '', badge: '' }],
    } // biome-ignore format: one line a group
    const noc = await yard.as('noc')
    const emergency = must(await yard.visits.enter({ ...entry, kind: 'emergency', escort: null, accepted: false }, noc))
    assert.deepEqual([emergency.state, emergency.owes], ['inside', 'report'])
    const walkIn = must(
      await yard.visits.enter(
        {
          ...entry,
          kind: 'walkIn',
          visitors: [{ name: 'Tamu Mendadak', company: '', identity: '', mobile: '', badge: '' }],
          escort: await yard.person('petugas'),
          accepted: true,
        },
        noc,
      ),
    )
    assert.equal(walkIn.owes, 'approval')
    assert.match(
      words(await yard.visits.approve(walkIn.id, { from: 0, until: 0, doors: [], racks: [], escort: 0 }, { ...noc, roles: ['approver'] })),
      /sendiri/,
    )
    yard.clock.now += 9 * HOUR
    await yard.visits.tick()
    assert.deepEqual([...yard.alarms.keys()].filter(code => code.startsWith('visit.owed')).sort(), [
      `visit.owed.${emergency.id}`,
      `visit.owed.${walkIn.id}`,
    ])
    // However long it is owed.
    yard.clock.now += 65 * DAY
    await yard.visits.tick()
    assert.equal([...yard.alarms.keys()].filter(code => code.startsWith('visit.owed')).length, 2)
    must(await yard.visits.report(emergency.id, 'Asap dari catu daya; dimatikan.', noc))
    must(await yard.visits.approve(walkIn.id, { from: 0, until: 0, doors: [], racks: [], escort: 0 }, await yard.as('kabid')))
    await yard.visits.tick()
    assert.deepEqual(
      [...yard.alarms.keys()].filter(code => code.startsWith('visit.owed')),
      [],
    )
  })

  it('forgets its people after the retention, and the trail says so', async () => {
    const visit = await yard.approved({ until: yard.clock.now + HOUR })
    await yard.door({ kind: 'in', visit: visit.id, visitor: 1 })
    await yard.door({ kind: 'out', visit: visit.id, visitor: 1 })
    yard.clock.now = visit.until + MINUTE
    await yard.visits.tick()
    yard.clock.now += 366 * DAY
    await yard.visits.tick()
    const kept = await yard.records.visits.find(visit.id)
    assert.deepEqual(
      kept?.visitors.map(({ name, last, hash, mobile }) => [name, last, hash, mobile]),
      [
        ['', null, null, ''],
        ['', null, null, ''],
      ],
    )
    assert.deepEqual(await yard.records.visits.identities(visit.ticket === null ? 0 : (kept?.ticket?.id ?? 0)), [])
    assert.equal((await yard.records.audit.page({ size: 5, action: 'visit.anonymise' })).length, 1)
    assert.equal(JSON.stringify(await yard.records.visits.trace(visit.id)).includes('Agus'), false)
  })

  it('lets in as many as went in less those that went out, whatever the order; a code at most once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ who: fc.integer({ min: 1, max: 4 }), what: fc.constantFrom('code', 'name', 'out') }), { maxLength: 14 }),
        async steps => {
          const people = ['A', 'B', 'C', 'D'].map((letter, i) => ({ name: `Tamu ${letter} ${yard.clock.now}`, identity: `${yard.clock.now}${i}00` }))
          const visit = await yard.approved({ people, until: yard.clock.now + 3 * DAY, escort: 'petugas2' })
          const codes = await Promise.all(people.map((_, i) => yard.codeOf(visit.id, i + 1)))
          let ins = 0
          let outs = 0
          const byCode = new Map<number, number>()
          await Promise.all(
            steps.map(async ({ who, what }) => {
              const code = what === 'code' ? { code: codes[who - 1]?.qr ?? '' } : {}
              const { ok } = await yard.door({ kind: what === 'out' ? 'out' : 'in', visit: visit.id, visitor: who, ...code })
              if (!ok) return
              if (what === 'out') outs++
              else ins++
              if (what === 'code') byCode.set(who, (byCode.get(who) ?? 0) + 1)
            }),
          )
          const inside = (await yard.visits.inside()).filter(one => one.visit === visit.id)
          assert.equal(inside.length, ins - outs)
          assert.ok([...byCode.values()].every(times => times === 1))
          assert.equal((await yard.records.visits.passesOf(visit.id)).length, ins)
          for (const { visitor } of inside) await yard.door({ kind: 'out', visit: visit.id, visitor })
          yard.clock.now += MINUTE
        },
      ),
      { numRuns: 12 },
    )
  })

  it('that cannot be written in the trail does not happen, and its ticket neither', async () => {
    const draft = await yard.draft()
    const { default: Database } = await import('better-sqlite3')
    const db = new Database(join(yard.folder, 'records.db'))
    db.exec(
      `CREATE TRIGGER no_visit BEFORE INSERT ON audit WHEN NEW.action = 'visit.request' BEGIN SELECT RAISE(ABORT, 'no') END;`.replace(
        ' END;',
        '; END;',
      ),
    )
    db.close()
    const requester = await yard.as('pemohon-dinkes')
    const submitted = await yard.desk.desk.submit(draft, requester).catch((error: unknown) => ({ ok: false as const, error }))
    assert.equal(submitted.ok, false)
    assert.match(must(await yard.desk.desk.view(draft, requester)).number, /^D-/)
    assert.equal((await yard.records.visits.live()).length, 0)
  })
})
