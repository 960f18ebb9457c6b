// Files that were brought by mistake: gone from a draft with a line in the trail, struck and kept once the request is registered.
import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { onePage } from '../../../daemon/desk/demonstration/pdf.ts'
import { done, type Outcome } from '../../../daemon/domain/outcome.ts'
import type { Viewer } from '../../../daemon/domain/people.ts'
import { SIGNED_FORM } from '../../../daemon/domain/ticket.ts'
import type { TicketView } from '../../../daemon/domain/ticket-view.ts'
import { tempFolder } from '../../store/support/folder.ts'
import { must } from '../../store/support/must.ts'
import { type House, openHouse } from './support/house.ts'

describe('a file that was brought by mistake', () => {
  let house: House
  let requester: Viewer
  let officer: Viewer
  before(async () => {
    house = await openHouse(tempFolder())
    requester = await house.as('pemohon')
    officer = await house.as('petugas')
  })
  after(() => house.close())

  async function bring(number: string, name: string, viewer: Viewer, slot: string | null = null, visibility: 'public' | 'internal' = 'public') {
    const one = async function* () {
      yield done({ name, content: Readable.from([onePage(name)]) })
    }
    const { items } = must(await house.desk.attach(number, one(), { slot, visibility }, viewer))
    return items[0]?.id ?? 0
  }
  const view = async (number: string, viewer: Viewer): Promise<TicketView> => must(await house.desk.view(number, viewer))
  const trail = (action: string) => house.records.audit.page({ size: 1, action })
  const kind = (outcome: Outcome<unknown>): string => (outcome.ok ? 'ok' : outcome.failure.kind)
  const fate = (seen: TicketView, id: number) => seen.attachments.find(one => one.id === id)

  it('goes from a draft at once, whose answers know it no more, and the trail says who took it', async () => {
    const number = await house.draft('colocation')
    const wrong = await bring(number, 'kartu-keluarga.pdf', requester, 'letter')
    assert.equal(fate(await view(number, requester), wrong)?.removal, 'delete')
    assert.equal(must(await house.desk.strike(wrong, '', requester)).removal, 'delete')
    assert.equal(fate(await view(number, requester), wrong), undefined)
    assert.equal(kind(await house.desk.attachment(wrong, requester)), 'notFound')
    assert.equal(kind(await house.desk.strike(wrong, '', requester)), 'notFound')
    const [entry] = await trail('ticket.detach')
    assert.equal(entry?.subject, number)
    assert.match(JSON.stringify(entry?.detail), /kartu-keluarga\.pdf/)
    const [other] = (await view(number, requester)).attachments
    assert.ok(other)
    must(await house.desk.strike(other.id, '', requester))
    const { answers } = await view(number, requester)
    const { mistakes } = must(await house.desk.save(number, { answers: { ...answers, nameplates: [other.id] } }, requester))
    assert.ok(
      mistakes.some(({ path }) => path.startsWith('nameplates')),
      'a form that names it is told so',
    )
  })

  it('stays when it is registered: struck with a reason, told to both sides, opened by the house only', async () => {
    const number = await house.filed('colocation')
    const scan = await bring(number, 'berita-acara-lain.pdf', officer, SIGNED_FORM)
    assert.equal(kind(await house.desk.strike(scan, '', officer)), 'invalid')
    assert.equal(kind(await house.desk.strike(scan, 'bukan milik saya', requester)), 'conflict', 'the requester is not in turn')
    assert.equal(must(await house.desk.strike(scan, 'Pindaian milik tiket lain.', officer)).removal, 'strike')
    const seen = await view(number, requester)
    assert.equal(fate(seen, scan)?.struck?.reason, 'Pindaian milik tiket lain.')
    assert.equal(fate(seen, scan)?.removal, undefined)
    assert.equal(seen.events.at(-1)?.kind, 'struck')
    assert.equal(kind(await house.desk.attachment(scan, requester)), 'notFound')
    const kept = must(await house.desk.attachment(scan, officer))
    assert.match(await text(kept.content), /^%PDF-/)
    assert.equal(kind(await house.desk.strike(scan, 'sekali lagi', officer)), 'conflict')
    const [entry] = await trail('ticket.strike')
    assert.deepEqual([entry?.subject, /Pindaian milik tiket lain/.test(JSON.stringify(entry?.detail))], [number, true])
  })

  it('counts as a paper no more, unless there is another in its place', async () => {
    // An official below the rank that signs: only the signed form makes it good.
    const number = await house.filed('feasibility-test', 'pemohon', { answers: {} })
    const loaded = await house.desk.room.load(number)
    assert.ok(loaded)
    const slots = async () => (await house.desk.room.load(number))?.state.slots.filter(slot => slot === SIGNED_FORM).length
    const first = await bring(number, 'formulir-salah.pdf', officer, SIGNED_FORM)
    await bring(number, 'formulir.pdf', officer, SIGNED_FORM)
    assert.equal(await slots(), 2)
    must(await house.desk.strike(first, 'Halaman tertukar.', officer))
    assert.equal(await slots(), 1)
  })

  it('is the requester’s to take back while the papers are returned, and the desk’s own notes are not', async () => {
    const number = await house.filed('colocation')
    const [letter] = (await view(number, requester)).attachments
    assert.ok(letter)
    const internal = await bring(number, 'catatan-petugas.pdf', officer, null, 'internal')
    await house.do(number, 'petugas', { kind: 'return', reason: 'Suratnya milik instansi lain.' })
    assert.equal(kind(await house.desk.strike(internal, 'tidak perlu', requester)), 'notFound')
    assert.equal(kind(await house.desk.strike(letter.id, 'milik orang lain', await house.as('pemohon-dinkes'))), 'notFound')
    must(await house.desk.strike(letter.id, 'Salah unggah.', requester))
    const [, again] = [await bring(number, 'surat-benar.pdf', requester, letter.slot), await view(number, requester)]
    assert.deepEqual(
      again.attachments.filter(one => one.slot === letter.slot).map(one => [one.name, one.struck?.reason ?? null]),
      [
        [letter.name, 'Salah unggah.'],
        ['surat-benar.pdf', null],
      ],
    )
  })

  it('is struck once when two press at the same moment', async () => {
    const number = await house.filed('domain')
    const wrong = await bring(number, 'salah.pdf', officer)
    const both = await Promise.all(['Salah.', 'Keliru.'].map(reason => house.desk.strike(wrong, reason, officer)))
    assert.deepEqual(both.map(kind).sort(), ['conflict', 'ok'])
    assert.equal((await house.desk.room.load(number))?.state.struck.length, 1)
  })
})
