// Documents as they go from hand to hand: in order, by scan, with the seal, void and drawn up anew; the secret proven afresh.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { onePage } from '../../../daemon/desk/demonstration/pdf.ts'
import { openDesk } from '../../../daemon/desk/desk.ts'
import { timelineOf } from '../../../daemon/desk/documents/timeline.ts'
import { eventsFor } from '../../../daemon/desk/tickets/audience.ts'
import { failed } from '../../../daemon/domain/outcome.ts'
import { tempFolder } from '../../store/support/folder.ts'
import { must } from '../../store/support/must.ts'
import { type House, MINUTE, openHouse } from './support/house.ts'

const kind = (outcome: { ok: boolean; failure?: { kind: string } }) => (outcome.ok ? 'ok' : outcome.failure?.kind)

describe('the papers of the desk', () => {
  let house: House
  let number = ''
  let id = 0
  let folder = ''
  beforeEach(async () => {
    folder = tempFolder()
    house = await openHouse(folder)
    number = await house.filed('splp')
    await house.do(number, 'petugas', { kind: 'urgent', to: await house.person('petugas'), reason: 'Layanan mati.' })
    await house.do(number, 'petugas', { kind: 'work', note: 'Dipulihkan.' })
    await house.do(number, 'petugas', { kind: 'report', text: 'Selesai dipulihkan.', recommendation: '' })
    id = (await house.do(number, 'petugas', { kind: 'minutes' })).documents[0]?.id ?? 0
  })
  afterEach(() => house.close())

  it('are signed in their order, each by whoever is that party, with a secret proven within five minutes', async () => {
    const [kabid, requester] = [await house.as('kabid'), await house.as('pemohon')]
    assert.equal(kind(await house.desk.sign(id, { party: 1, method: 'approval' }, requester)), 'conflict')
    assert.equal(kind(await house.desk.sign(id, { party: 0, method: 'approval' }, await house.as('kadis'))), 'forbidden')
    assert.equal(kind(await house.desk.sign(id, { party: 0, method: 'approval' }, { ...kabid, provenAt: house.clock.now - 6 * MINUTE })), 'forbidden')
    assert.equal(
      kind(await house.desk.sign(id, { party: 0, method: 'approval' }, { ...kabid, via: 'token', scopes: ['desk', 'desk.act'] })),
      'forbidden',
    )
    const once = must(await house.desk.sign(id, { party: 0, method: 'approval' }, kabid))
    assert.equal(once.state, 'sent')
    assert.equal(kind(await house.desk.sign(id, { party: 0, method: 'approval' }, kabid)), 'conflict')
    assert.equal(kind(await house.desk.sign(id, { party: 1, method: 'approval' }, await house.as('pemohon-dinkes'))), 'notFound')
    assert.equal(kind(await house.desk.sign(id, { party: 1, method: 'approval' }, await house.as('teknis-bkpsdmd'))), 'forbidden')
    const twice = must(await house.desk.sign(id, { party: 1, method: 'approval' }, requester))
    assert.equal(twice.state, 'returned')
    assert.deepEqual(
      twice.signatures.map(({ record }) => record?.previous === undefined),
      [false, false],
    )
    assert.equal(twice.signatures[1]?.record?.previous, twice.signatures[0]?.record?.hash)
    assert.ok(house.told.some(({ kind: what, to }) => what === 'sign' && to.person === requester.person))
  })

  it('come back as scans: whole, and what they say they are', async () => {
    const officer = await house.as('petugas')
    assert.equal(kind(await house.desk.scan(id, Buffer.from('<html>'), true, officer)), 'invalid')
    const half = must(await house.desk.scan(id, onePage('halaman 1 dari 1'), false, officer))
    assert.deepEqual([half.state, half.signatures.map(({ at }) => at === null)], ['sent', [false, true]])
    const whole = must(await house.desk.scan(id, onePage('kembali'), false, await house.as('pemohon')))
    assert.deepEqual([whole.state, whole.signatures.map(({ method }) => method)], ['returned', ['scan', 'scan']])
    assert.equal(must(await house.desk.view(number, officer)).step?.key, 'archive')
  })

  it('of many parties are signed for others by nobody but the desk, which has seen the paper', async () => {
    number = await house.filed('data-management')
    await house.do(number, 'petugas', { kind: 'urgent', to: await house.person('petugas'), reason: 'Data diminta segera.' })
    await house.do(number, 'petugas', { kind: 'work', note: 'Diperiksa.' })
    await house.do(number, 'petugas', { kind: 'report', text: 'Pemeriksaan selesai.', recommendation: '' })
    id = (await house.do(number, 'petugas', { kind: 'minutes' })).documents[0]?.id ?? 0
    const [officer, requester] = [await house.as('petugas'), await house.as('pemohon')]
    const { content } = must(await house.desk.content(id, officer))
    const paper = (what: string) => Buffer.concat([content, Buffer.from(`\n% ${what}\n`)])
    must(await house.desk.scan(id, paper('pihak pertama'), false, officer))
    assert.equal(kind(await house.desk.scan(id, paper('semua'), true, requester)), 'forbidden')
    const own = must(await house.desk.scan(id, paper('pihak kedua'), false, requester))
    assert.deepEqual([own.state, own.signatures.filter(({ at }) => at === null).length], ['signing', own.signatures.length - 2])
    assert.equal(kind(await house.desk.scan(id, paper('pihak ketiga'), false, requester)), 'forbidden')
    assert.equal(must(await house.desk.scan(id, paper('semua'), true, officer)).state, 'returned')
  })

  it('are void with a reason and drawn up anew under the next number, and the old code says so', async () => {
    const officer = await house.as('petugas')
    const { code } = must(await house.desk.view(number, officer)).documents[0] ?? { code: '' }
    must(await house.desk.voidOne(id, 'Nama pejabat keliru.', officer))
    assert.equal(must(await house.desk.verify(code)).status, 'void')
    assert.equal(kind(await house.desk.sign(id, { party: 0, method: 'approval' }, await house.as('kabid'))), 'conflict')
    const again = await house.do(number, 'petugas', { kind: 'minutes' })
    assert.deepEqual(
      again.documents.map(({ number: no, state }) => [no, state]),
      [
        ['1/BA-LIA/SC-05/DISKOMINFO/2026', 'void'],
        ['2/BA-LIA/SC-05/DISKOMINFO/2026', 'draft'],
      ],
    )
    assert.equal(kind(await house.desk.verify('0'.repeat(26))), 'notFound')
    assert.equal(kind(await house.desk.verify('bukan kode')), 'notFound')
  })

  it('are the same file when they are asked for twice, and for the requester only those that are his', async () => {
    const one = must(await house.desk.content(id, await house.as('petugas')))
    const other = must(await house.desk.content(id, await house.as('pemohon')))
    assert.deepEqual(Buffer.from(one.content), Buffer.from(other.content))
    const sheet = must(await house.desk.make(number, 'disposition', await house.as('petugas')))
    assert.equal(kind(await house.desk.content(sheet.id, await house.as('pemohon'))), 'notFound')
    assert.equal(kind(await house.desk.content(id, await house.as('pemohon-dinkes'))), 'notFound')
    assert.equal(kind(await house.desk.make(number, 'minutes', await house.as('petugas'))), 'forbidden')
  })

  it('say on the page that verifies them when their file or a signature was changed behind their back, and never who signed', async () => {
    const { code } = must(await house.desk.view(number, await house.as('petugas'))).documents[0] ?? { code: '' }
    must(await house.desk.sign(id, { party: 0, method: 'approval' }, await house.as('kabid')))
    const told = must(await house.desk.verify(code))
    assert.deepEqual([told.intact, told.status, told.signers.map(({ at }) => at === null)], [true, 'sent', [false, true]])
    assert.doesNotMatch(JSON.stringify(told), /Ratna|Mariana|"person"|"nip"|"name"/)
    const db = new Database(join(folder, 'records.db'))
    const { signatures } = db.prepare('select signatures from documents where id = ?').get(id) as { signatures: string }
    const put = (text: string) => db.prepare('update documents set signatures = ? where id = ?').run(text, id)
    put(signatures.replace('Ratna', 'Retno'))
    assert.equal(must(await house.desk.verify(code)).intact, false)
    put(signatures)
    assert.equal(must(await house.desk.verify(code)).intact, true)
    db.close()
    // A disk that does not answer makes no paper false.
    const { documentRoom } = house.sources
    const busy = { ...documentRoom.files, read: async () => failed('busy', 'Too many files are open.') }
    assert.equal(kind(await openDesk({ ...house.sources, documentRoom: { ...documentRoom, files: busy } }).verify(code)), 'busy')
    appendFileSync(join(folder, 'documents', told.sha256.slice(0, 2), told.sha256.slice(2, 4), told.sha256), 'x')
    assert.equal(must(await house.desk.verify(code)).intact, false)
  })

  it('hold what was noted during the work, for those who work there', async () => {
    const [officer, requester] = [await house.as('petugas'), await house.as('pemohon')]
    await house.do(number, 'petugas', { kind: 'note', text: 'Sandi dikirim terpisah.', visibility: 'internal' })
    const sheet = must(await house.desk.make(number, 'notes', officer))
    assert.equal(sheet.state, 'archived')
    const { content } = must(await house.desk.content(sheet.id, officer))
    const text = execFileSync('pdftotext', ['-layout', '-', '-'], { input: content, encoding: 'utf8' })
    for (const words of ['CATATAN', number, 'Dipulihkan.', 'Sandi dikirim terpisah.']) assert.ok(text.includes(words), words)
    assert.equal(kind(await house.desk.content(sheet.id, requester)), 'notFound')
    assert.ok(!must(await house.desk.view(number, requester)).documents.some(({ kind: what }) => what === 'notes'))
  })

  it('tell in the report, which goes to the requester, nothing that officials wrote to each other', async () => {
    const view = must(await house.desk.view(number, await house.as('petugas')))
    const secret = 'RAHASIA-ANTARPEJABAT'
    const by = view.events[0]?.by ?? assert.fail()
    const to = { person: 1, name: 'Ratna', position: 'Kabid' }
    const written = [
      { kind: 'disposed', step: 'dispose-kadis', to, note: secret },
      { kind: 'sentBack', step: 'dispose-kadis', note: secret },
      { kind: 'verified', note: secret },
      { kind: 'worked', note: secret },
      { kind: 'urgent', reason: secret, to },
      { kind: 'ratified', step: 'dispose-kadis', note: secret },
      { kind: 'note', text: secret, visibility: 'internal', channel: 'portal' },
      { kind: 'overridden', priority: 'high', reason: secret },
      { kind: 'difficulty', level: 'hard', reason: secret },
    ] as const
    const events = written.map((fact, i) => ({ ...fact, seq: i + 1, at: i, by }))
    const lines = timelineOf(events, view.serviceDefinition)
    assert.ok(lines.length > 0 && !JSON.stringify(lines).includes(secret))
    assert.ok(!JSON.stringify(eventsFor('public', events)).includes(secret))
  })
})
