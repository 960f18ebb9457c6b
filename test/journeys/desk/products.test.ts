// All eight services of the data centre, from the form to the archive, by the chairs that the rules name; their papers against the catalogue.
import assert from 'node:assert/strict'
import type { Service } from '../../../daemon/domain/service.ts'
import type { TicketDocument, TicketView } from '../../../daemon/domain/ticket-view.ts'
import { HOUR, type Office, openOffice, wib } from '../../support/office.ts'
import { approve, bringBack, file, minutes, plain, report, says, scanOf, textOf, tight, toWork } from '../../support/procedure.ts'

/** SV1 to SV8. */
const PRODUCTS = ['colocation', 'dc-access', 'hosting', 'domain', 'licence', 'feasibility-test', 'dc-operations', 'system-needs'] as const

/** What can be looked for in a clause: the stretches between its names in braces and its marks. */
const stretches = (clause: string): string[] =>
  clause
    .split(/\{[^}]*\}/)
    .map(one => plain(one.replaceAll('*', '')))
    .filter(one => one.length > 3)

describe('the eight services of the data centre', function () {
  this.timeout(120_000)
  let office: Office
  before(async () => {
    office = await openOffice({ now: wib('2026-11-20 09:00') })
  })
  after(() => office?.close())

  for (const [i, service] of PRODUCTS.entries())
    it(`${service} goes from submission to the archive`, async () => {
      const { as } = office
      const requester = as('pemohon')
      const worker = as(i % 2 === 0 ? 'petugas2' : 'petugas')
      // A day each: some take but one or two requests a day.
      office.turnTo(wib(`2026-11-${23 + (i % 5)} ${i < 5 ? '08:30' : '13:10'}`))
      const definition = (await requester.get<{ service: Service }>(`/services/${service}`)).service
      const products = definition.products.map(({ key }) => key)
      const number = await file(office, requester, { service, products, title: `Permohonan ${definition.name.id}` })
      const filed = await requester.ticket(number)
      assert.equal(filed.status, 'open')
      assert.ok(filed.due !== null && filed.due > office.clock(), 'a promise from the first moment')

      office.later(20 * 60_000)
      await toWork(office, number, worker)
      office.later(2 * HOUR)
      const reported = await report(worker, number)
      assert.equal(reported.step?.key, 'minutes')
      const made = await minutes(worker, number)
      assert.match(made.number ?? '', new RegExp(`^1/BA-${definition.minutes?.code}/SC-PD/DISKOMINFO/2026$`))

      // The first party in the application, the second by hand and scanner for every other one.
      const first = await approve(as('kabid'), made, 0)
      assert.equal(first.state, 'sent')
      const signed =
        i % 2 === 0
          ? await approve(requester, made, 1)
          : await bringBack(requester, made, await scanOf(await requester.file(`/documents/${made.id}`)))
      assert.equal(signed.state, 'returned')
      const closed = await worker.act(number, { kind: 'archive' })
      assert.equal(closed.status, 'closed')
      await requester.act(number, { kind: 'evaluate', scores: definition.evaluation.map(() => 4), comment: '' })
      await papers(closed, definition, made)
    })

  async function papers(ticket: TicketView, service: Service, made: TicketDocument): Promise<void> {
    const { as } = office
    const officer = as('petugas')
    const { minutes: form } = service
    assert.ok(form !== null)
    says(
      textOf(await as('auditor').file(`/documents/${made.id}`)),
      `${service.key}: minutes`,
      form.title.id,
      `Nomor : ${made.number}`,
      'Pada hari ini',
      'kami yang bertanda tangan dibawah ini :',
      'Selanjutnya disebut PIHAK PERTAMA',
      'Selanjutnya disebut PIHAK KEDUA',
      ...form.clauses.flatMap(({ id }) => stretches(id)),
      form.closing.id,
      'PIHAK PERTAMA,',
    )
    const drawn = async (kind: string, how: '-layout' | '-raw' = '-layout'): Promise<string> => {
      const document = await officer.post<TicketDocument>(`/tickets/${ticket.number}/documents`, { kind })
      return textOf(await officer.file(`/documents/${document.id}`), how)
    }
    const sheet = await drawn('disposition')
    says(sheet, `${service.key}: disposition`, ticket.number, 'Mohon ditindaklanjuti.', 'Kerjakan dan laporkan.')
    const said = await drawn('report')
    says(said, `${service.key}: report`, ticket.number, 'Permohonan telah dilaksanakan dan berfungsi.', 'Uji pemulihan cadangan setiap triwulan.')
    const kept = await drawn('archive', '-raw')
    says(kept, `${service.key}: archive`, ticket.number)
    assert.ok(tight(kept).includes(made.number ?? '–'), 'the archive sheet names the minutes')
    // The form as it was handed in: every label that a requester had to fill.
    const labels = service.form.sections.flatMap(({ when, fields }) =>
      when === undefined ? fields.flatMap(field => (field.when === undefined && field.required ? [field.label.id] : [])) : [],
    )
    const asked = tight(await drawn('form', '-raw'))
    // A long one goes around its colon on paper.
    for (const label of labels) assert.ok(asked.includes(tight(label).slice(0, 40)), `${service.key}: the form does not say ${label}\n${asked}`)
    assert.ok(asked.includes(tight(service.form.statement.id)), `${service.key}: its statement`)
    assert.ok(asked.includes(ticket.number), `${service.key}: Tiket ID`)
  }

  it('are all in the book of the agenda, in and out, without a gap, and the trail holds', async () => {
    const officer = office.as('petugas')
    const book = await officer.get<{ items: { direction: string; no: number; ticketNumber: string; letter: string }[] }>('/agenda?year=2026&size=100')
    for (const direction of ['in', 'out'])
      assert.deepEqual(
        book.items.flatMap(one => (one.direction === direction ? [one.no] : [])).toSorted((one, other) => one - other),
        PRODUCTS.map((_, i) => i + 1),
      )
    const print = tight(textOf(await officer.file('/agenda/print?year=2026'), '-raw'))
    for (const { letter } of book.items) if (letter !== '') assert.ok(print.includes(letter), letter)
    const trail = await office.as('auditor').get<{ ok: boolean }>('/audit/verify')
    assert.ok(trail.ok, JSON.stringify(trail))
  })
})
