// What is kept of visitors, where and for how long: hashes with the ticket or not at all, codes under lock while they wait, nothing after the retention.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { must } from '../store/support/must.ts'
import { textOfPdf } from '../support/pdf-text.ts'
import { AGUS, DAY, HOUR, LESTARI, MINUTE, openYard, type Yard } from './support/yard.ts'

/** All there is in the folder of the records, as it lies on the disk. */
function onDisk(folder: string): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(one => one.isFile() && /^records/.test(one.name))
  return files.map(one => readFileSync(join(one.parentPath, one.name)).toString('latin1')).join('\n')
}

describe('of visitors is kept', function () {
  this.timeout(60_000)
  let yard: Yard
  beforeEach(async () => {
    yard = await openYard()
  })
  afterEach(() => yard.close())

  it('the hash of an identity number in the transaction of its ticket, or neither', async () => {
    const number = await yard.draft()
    const { frame, draft } = (await yard.records.desk.tickets.find(number)) ?? assert.fail('no draft')
    assert.deepEqual((await yard.records.visits.identities(frame.id)).map(({ last }) => last).sort(), ['0417', '2291'])

    // The disk is full at the moment the hash is to be written: the answers are not there either.
    const database = new DatabaseSync(join(yard.folder, 'records.db'))
    database.exec("create trigger full before insert on visit_identities begin select raise(abort, 'full'); end")
    const answers = { ...draft?.answers, visitors: [{ name: 'Budi Santoso', identity: '1971030605990001', company: 'PT', mobile: '0812000003' }] }
    await assert.rejects(yard.desk.desk.save(number, { answers }, await yard.as('pemohon-dinkes')), /contradicts/)
    assert.deepEqual((await yard.records.desk.tickets.find(number))?.draft, draft)

    database.exec('drop trigger full')
    database.close()
    must(await yard.desk.desk.save(number, { answers }, await yard.as('pemohon-dinkes')))
    assert.ok((await yard.records.visits.identities(frame.id)).some(({ last }) => last === '0001'))
  })

  it('no entry code in clear while the message with it waits, and nothing of it once it went out', async () => {
    const visit = await yard.approved()
    const codes = [await yard.codeOf(visit.id, 1), await yard.codeOf(visit.id, 2)]
    const [waiting] = (await yard.records.mailings.due(yard.clock.now)).filter(({ id }) => id.startsWith(`visit-${visit.id}-approved`))
    const says = JSON.stringify(waiting?.payload)
    assert.ok(onDisk(yard.folder).includes(visit.number))
    for (const { short } of codes) {
      // Whoever it is for reads it; whoever reads the file does not.
      assert.ok(says.includes(short))
      assert.ok(!onDisk(yard.folder).includes(short), short)
    }
    await yard.records.mailings.sent(waiting?.id ?? '', null)
    const database = new DatabaseSync(join(yard.folder, 'records.db'), { readOnly: true })
    const row = database.prepare('select state, payload from messages_out where id = ?').get(waiting?.id ?? '')
    database.close()
    assert.deepEqual({ ...row }, { state: 'sent', payload: '{}' })
  })

  it('nothing of their answers after the retention: not in the ticket, not in its search, not in papers that nobody signed', async () => {
    const number = await yard.ordered()
    const officer = await yard.as('petugas')
    const guest = must(await yard.visits.ofTicket(number, officer))
    const { from, until } = guest
    must(await yard.visits.approve(guest.id, { from, until, doors: ['d1'], racks: [], escort: await yard.person('petugas') }, await yard.as('kabid')))
    const { frame } = (await yard.records.desk.tickets.find(number)) ?? assert.fail('no ticket')
    const found = async (search: string) => (await yard.desk.desk.page({ view: 'all', sort: '-changed', page: 1, size: 10, search }, officer)).total
    assert.equal(await found('Lestari'), 1)
    const paper = must(await yard.desk.desk.make(number, 'form', officer))
    const printed = async () => textOfPdf(must(await yard.desk.desk.content(paper.id, officer)).content)
    assert.match(await printed(), /Lestari Maharani/)

    yard.clock.now += DAY
    await yard.visits.tick()
    const ended = (await yard.records.visits.find(guest.id))?.endedAt ?? 0
    yard.clock.now = ended + 365 * DAY + HOUR
    await yard.visits.tick()
    assert.notEqual((await yard.records.visits.find(guest.id))?.anonymisedAt, null)

    const record = await yard.records.desk.tickets.find(number)
    const kept = JSON.stringify(record)
    for (const word of [AGUS.name, LESTARI.name, 'PT Medika Data', '081200000002', '0417', '2291']) assert.ok(!kept.includes(word), word)
    // That there were two stays, and what for.
    const amended = record?.events.findLast(event => event.kind === 'amended')
    assert.deepEqual(amended?.kind === 'amended' && (amended.answers['visitors'] as readonly unknown[]).length, 2)
    assert.match(kept, /Ganti modul memori server E-Resep/)
    assert.equal(await found('Lestari'), 0)
    assert.equal(await found('Medika'), 0)
    assert.equal(await found('Ganti modul'), 1)
    assert.deepEqual(await yard.records.visits.identities(frame.id), [])
    const [entry] = await yard.records.audit.page({ size: 3, action: 'visit.anonymise' })
    const { people, ticket, answers, papers } = { people: 0, ticket: '', answers: 0, papers: 0, ...(entry?.detail as object) }
    assert.deepEqual([people, ticket, answers > 0, papers], [2, number, true, 1])
    const anew = await printed()
    assert.match(anew, /Ganti modul memori server E-Resep/)
    assert.doesNotMatch(anew, /Lestari|Medika|081200000002/)
    // A second round finds nothing more to take.
    yard.clock.now += 2 * DAY
    await yard.visits.tick()
    assert.equal((await yard.records.audit.page({ size: 3, action: 'visit.anonymise' })).length, 1)
  })

  it('a number of the year in which the site has its new year, without gaps', async () => {
    await yard.close()
    // 31 December 2026, 23:50 in Jakarta is still the old year in Greenwich's afternoon.
    yard = await openYard({ now: Date.UTC(2026, 11, 31, 16, 50) })
    const guard = await yard.as('noc')
    const enter = async (name: string) =>
      (
        await must(
          await yard.visits.enter(
            {
              ...{ kind: 'maintenance', site: 'demo', doors: ['d1'], racks: [], purpose: 'Jaga malam', until: yard.clock.now + HOUR },
              ...{ escort: null, organisation: null, goods: [], accepted: true },
              visitors: [{ name, company: '', identity: '', mobile: '', badge: '' }],
            },
            guard,
          ),
        )
      ).number
    assert.equal(await enter('Budi'), 'KJ-2026-0001')
    yard.clock.now += 20 * MINUTE
    assert.equal(await enter('Joko'), 'KJ-2027-0001')
    // Given up: its number is given to the next.
    const refused = await yard.visits.enter(
      {
        ...{ kind: 'maintenance', site: 'demo', doors: ['d1'], racks: [], purpose: 'Jaga malam', until: yard.clock.now + HOUR },
        ...{ escort: null, organisation: null, goods: [], accepted: true },
        visitors: [{ name: 'Joko', company: '', identity: '', mobile: '', badge: '' }],
      },
      guard,
    )
    assert.equal(refused.ok, false)
    assert.equal(await enter('Rudi'), 'KJ-2027-0002')
  })

  it('no identity number: not in the ticket, not in the visit, not anywhere in the file', async () => {
    const number = await yard.filed()
    const view = must(await yard.desk.desk.view(number, await yard.as('petugas')))
    assert.deepEqual(
      (view.answers['visitors'] as { identity: string }[]).map(({ identity }) => identity),
      ['•••• 0417', '•••• 2291'],
    )
    assert.deepEqual(
      (await yard.of(number)).visitors.map(({ identity }) => identity),
      ['•••• 0417', '•••• 2291'],
    )
    for (const file of ['records.db', 'records.db-wal']) {
      const bytes = readFileSync(join(yard.folder, file))
      for (const { identity } of [AGUS, LESTARI]) assert.equal(bytes.includes(identity), false, `${identity} stands in ${file}`)
    }
  })

  it('no message about a visit after the retention, and nothing of what it said once it went out', async () => {
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

  it('nobody’s name after the retention, and the trail says so', async () => {
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
})
