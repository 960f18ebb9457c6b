// What asks for a visit: the ticket it comes from, what is refused of it, and what becomes of it when that is amended or withdrawn.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { must } from '../store/support/must.ts'
import { AGUS, DAY, HOUR, openYard, wordsOf, type Yard } from './support/yard.ts'

describe('a visit that is asked for', () => {
  let yard: Yard
  beforeEach(async () => {
    yard = await openYard()
  })
  afterEach(() => yard.close())

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
      assert.match(`${wordsOf(submitted)} ${JSON.stringify(submitted.ok ? '' : submitted.failure)}`, says)
      assert.equal((await yard.records.visits.live()).length, 0)
      // Nothing of it was written: the draft is still one.
      assert.match(must(await yard.desk.desk.view(draft, await yard.as('pemohon-dinkes'))).number, /^D-/)
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
      return yard.of(number)
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
    assert.match(wordsOf(await yard.visits.look(qr, await yard.as('noc'))), /tidak dikenal/)
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
    assert.equal((await yard.of(number)).state, 'cancelled')
    assert.match(wordsOf(await yard.visits.look(qr, await yard.as('noc'))), /tidak dikenal/)
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
    const before = await yard.of(number)
    must(await amended({ site: 'drc', room: 'Ruang Daya', touched: ['A6'] }))
    const after = await yard.of(number)
    assert.notEqual(after.site, before.site)
    assert.deepEqual([after.asked, after.doors], [{ room: 'Ruang Daya', touched: ['A6'] }, []])
    assert.equal(after.racks.includes('a5'), false)
    must(await amended({ site: 'dc', room: 'Ruang Server', touched: ['A5'] }))
    const back = await yard.of(number)
    assert.deepEqual([back.site, back.rooms, back.racks], [before.site, before.rooms, before.racks])
    const grant = { from: back.from, until: back.until, doors: ['d1'], racks: [], escort: await yard.person('petugas') }
    must(await yard.visits.approve(back.id, grant, await yard.as('kabid')))
    await yard.door({ kind: 'in', visit: back.id, visitor: 1 })
    await yard.door({ kind: 'out', visit: back.id, visitor: 1 })
    assert.match(wordsOf(await amended({ site: 'drc' })), /Situs kunjungan yang sudah berjalan tidak dapat diganti/)
    assert.equal((await yard.of(number)).site, before.site)
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
