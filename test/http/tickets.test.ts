// The desk over a real connection: files that lie, papers of others, exports, and who may do what.
import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { onePage } from '../../daemon/desk/demonstration/pdf.ts'
import type { Viewer } from '../../daemon/domain/people.ts'
import type { TicketPage, TicketView } from '../../daemon/domain/ticket-view.ts'
import type { Problem } from '../../daemon/http/contract.ts'
import { agendaRoutes } from '../../daemon/http/routes/agenda.ts'
import { documentRoutes } from '../../daemon/http/routes/documents.ts'
import { ticketRoutes } from '../../daemon/http/routes/tickets.ts'
import { type Front, openFront } from '../../daemon/http/server.ts'
import { SILENT } from '../../daemon/log.ts'
import { type House, openHouse } from '../desk/tickets/support/house.ts'
import { tempFolder } from '../store/support/folder.ts'

async function until(what: string, is: () => boolean): Promise<void> {
  const deadline = Date.now() + 10_000
  for (; !is(); await setImmediate()) assert.ok(Date.now() < deadline, what)
}

describe('the desk over http', () => {
  let house: House
  let front: Front
  let url = ''
  let folder = ''
  const viewers = new Map<string, Viewer>()

  before(async () => {
    folder = tempFolder()
    house = await openHouse(folder)
    for (const login of ['pemohon', 'pemohon-dinkes', 'petugas', 'kabid', 'noc', 'auditor', 'admin']) viewers.set(login, await house.as(login))
    front = openFront({
      routes: [...ticketRoutes(house.desk), ...documentRoutes(house.desk), ...agendaRoutes(house.desk)],
      // The credential of these tests is the login itself.
      viewerOf: async ({ credential }) => viewers.get(credential ?? '') ?? null,
      dashboard: tempFolder(),
      version: '1',
      figures: () => [],
      notReady: () => null,
      log: SILENT,
    })
    const listening = await front.listen('127.0.0.1', 0)
    assert.ok(listening.ok)
    url = `${listening.value.url}api/v1`
  })
  after(async () => {
    await front.close()
    await house.close()
  })

  const ask = async <T>(
    login: string,
    method: string,
    path: string,
    body?: unknown,
    more: Record<string, string> = {},
  ): Promise<{ status: number; body: T; headers: Headers }> => {
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: { authorization: `Bearer ${login}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...more },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    return { status: answer.status, body: (text.startsWith('{') ? JSON.parse(text) : text) as T, headers: answer.headers }
  }
  const upload = async (login: string, number: string, name: string, content: Uint8Array | string, fields: Record<string, string> = {}) => {
    const form = new FormData()
    for (const [key, value] of Object.entries(fields)) form.append(key, value)
    form.append('file', new File([typeof content === 'string' ? content : Buffer.from(content)], name))
    const answer = await fetch(`${url}/tickets/${number}/attachments`, { method: 'POST', headers: { authorization: `Bearer ${login}` }, body: form })
    return { status: answer.status, body: (await answer.json()) as Problem & { items?: { id: number; type: string; sha256: string }[] } }
  }

  it('takes a draft with everything wrong at once and tells each mistake at its field, in both languages', async () => {
    const begun = await ask<{ number: string }>('pemohon', 'POST', '/tickets', { service: 'splp' })
    assert.equal(begun.status, 200)
    const saved = await ask<{ mistakes: { path: string }[]; savedAt: number }>('pemohon', 'PUT', `/tickets/${begun.body.number}/draft`, {
      answers: { nip: '12', email: 'x', mobile: 'abc', systems: [{ name: '' }] },
      products: ['feasibility'],
    })
    assert.equal(saved.status, 200)
    assert.ok(saved.body.mistakes.some(({ path }) => path === 'nip'))
    const refused = await ask<Problem>('pemohon', 'POST', `/tickets/${begun.body.number}/submit`, {})
    assert.equal(refused.status, 400)
    assert.ok((refused.body.errors?.length ?? 0) > 8, JSON.stringify(refused.body.errors))
    assert.ok(refused.body.errors?.every(({ words }) => words !== undefined && words.id !== '' && words.en !== ''))
    assert.match(refused.body.words?.id ?? '', /isian yang perlu diperbaiki/)
    assert.equal((await ask('pemohon', 'DELETE', `/tickets/${begun.body.number}/draft`)).status, 200)
    assert.equal((await ask('pemohon', 'GET', `/tickets/${begun.body.number}`)).status, 404)
  })

  it('writes over no draft that another device has saved meanwhile, and hands none in', async () => {
    const number = await house.draft('domain')
    const before = await ask<TicketView>('pemohon', 'GET', `/tickets/${number}`)
    const seen = { 'if-match': `"${before.body.savedAt ?? 0}"` }
    const put = (title: string, tag: Record<string, string>) =>
      ask<Problem>('pemohon', 'PUT', `/tickets/${number}/draft`, { title, answers: before.body.answers }, tag)
    assert.equal((await put('dari laptop', seen)).status, 200)
    const late = await put('dari ponsel', seen)
    assert.equal(late.status, 412)
    assert.match(late.body.words?.id ?? '', /perangkat atau tab lain/)
    assert.equal((await ask('pemohon', 'POST', `/tickets/${number}/submit`, {}, seen)).status, 412)
    assert.equal((await put('dari ponsel', { 'if-match': 'kemarin' })).status, 400)
    const now = await ask<TicketView>('pemohon', 'GET', `/tickets/${number}`)
    assert.equal((await put('dari ponsel', { 'if-match': `"${now.body.savedAt ?? 0}"` })).status, 200)
    assert.equal((await put('tanpa melihat', {})).status, 200, 'a program that does not ask is not stopped')
  })

  it('takes a form with a long list, and bounds what is longer', async () => {
    const { number } = (await ask<{ number: string }>('pemohon', 'POST', '/tickets', { service: 'dc-access' })).body
    const visitor = { name: 'Pengunjung '.padEnd(120, 'x'), identity: 'KTP ****4412', company: 'PT '.padEnd(200, 'y'), mobile: '081200000001' }
    const long = await ask<{ savedAt: number }>('pemohon', 'PUT', `/tickets/${number}/draft`, {
      answers: { visitors: Array.from({ length: 200 }, () => visitor) },
    })
    assert.equal(long.status, 200)
    const longer = await ask('pemohon', 'PUT', `/tickets/${number}/draft`, { answers: { purpose: 'z'.repeat(600_000) } })
    assert.equal(longer.status, 413)
  })

  it('knows files by their content: what lies or runs is refused, the same is kept once', async () => {
    const { number } = (await ask<{ number: string }>('pemohon', 'POST', '/tickets', { service: 'splp' })).body
    const pdf = onePage('surat')
    const first = await upload('pemohon', number, '../../etc/surat.pdf', pdf, { slot: 'application-letter' })
    assert.equal(first.status, 200)
    assert.equal(first.body.items?.[0]?.type, 'application/pdf')
    const again = await upload('pemohon', number, 'salinan.pdf', pdf)
    assert.equal(again.body.items?.[0]?.sha256, first.body.items?.[0]?.sha256)
    const bad: readonly [string, Uint8Array | string][] = [
      ['surat.pdf', Buffer.from('PK\u0003\u0004 not a pdf at all')],
      ['surat.pdf', '<html><script>alert(1)</script></html>'],
      ['gambar.svg', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
      ['foto.png', Buffer.from(pdf)],
      ['halaman.txt', '\n <!DOCTYPE html><body onload=x>'],
      ['jalankan.sh', 'echo halo'],
      ['catatan.txt', '#!/bin/sh\nrm -rf /'],
      ['program.pdf', Buffer.from('4d5a90000300000004000000ffff0000b800000000000000400000000000000000', 'hex')],
      ['kosong.pdf', ''],
    ]
    for (const [name, content] of bad) {
      const refused = await upload('pemohon', number, name, content)
      assert.equal(refused.status, 400, name)
      assert.ok(refused.body.words?.id.includes(name), JSON.stringify(refused.body))
    }
    const page = await fetch(`${url}/attachments/${first.body.items?.[0]?.id}`, { headers: { authorization: 'Bearer pemohon' } })
    assert.equal(page.headers.get('content-type'), 'application/pdf')
    assert.equal(page.headers.get('x-content-type-options'), 'nosniff')
    assert.match(page.headers.get('content-disposition') ?? '', /^attachment; filename\*=UTF-8''surat\.pdf$/)
    assert.deepEqual(Buffer.from(await page.arrayBuffer()), Buffer.from(pdf))
    assert.equal((await ask('pemohon-dinkes', 'GET', `/attachments/${first.body.items?.[0]?.id}`)).status, 404)
    assert.equal((await ask('noc', 'GET', `/attachments/${first.body.items?.[0]?.id}`)).status, 404, 'a draft is its writer’s')
  })

  it('cuts an upload off beyond its measure, and one that breaks off leaves nothing', async () => {
    const { number } = (await ask<{ number: string }>('pemohon', 'POST', '/tickets', { service: 'splp' })).body
    const big = await upload('pemohon', number, 'besar.pdf', Buffer.concat([Buffer.from(onePage('besar')), Buffer.alloc(26 * 1_048_576)]))
    assert.equal(big.status, 413)
    const { hostname, port } = new URL(url)
    const socket = connect(Number(port), hostname)
    await new Promise(resolve => socket.once('connect', resolve))
    socket.write(
      `POST /api/v1/tickets/${number}/attachments HTTP/1.1\r\nHost: ${hostname}:${port}\r\nAuthorization: Bearer pemohon\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 100000\r\n\r\n--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-1.4`,
    )
    // What has come so far lies where half a file lies; it goes with the line.
    const halves = () => readdirSync(join(folder, 'attachments', 'incoming')).length
    await until('the upload has begun', () => halves() === 1)
    socket.destroy()
    await until('nothing is left of it', () => halves() === 0)
    const view = await ask<TicketView>('pemohon', 'GET', `/tickets/${number}`)
    assert.equal(view.body.attachments.length, 0)
  })

  it('keeps everything of one organisation from another, whatever is guessed', async () => {
    const number = await house.filed('splp')
    const attached = await upload('petugas', number, 'dalam.txt', 'hanya untuk petugas', { visibility: 'internal' })
    const id = attached.body.items?.[0]?.id
    for (const [method, path, body] of [
      ['GET', `/tickets/${number}`, undefined],
      ['POST', `/tickets/${number}/do`, { kind: 'note', text: 'halo semua', visibility: 'public' }],
      ['PUT', `/tickets/${number}/draft`, { answers: {} }],
      ['POST', `/tickets/${number}/submit`, {}],
      ['GET', `/attachments/${id}`, undefined],
    ] as const)
      assert.equal((await ask('pemohon-dinkes', method, path, body)).status, 404, path)
    // Its own requester sees the ticket, but not what is internal.
    assert.equal((await ask('pemohon', 'GET', `/attachments/${id}`)).status, 404)
    assert.ok((await ask<TicketView>('pemohon', 'GET', `/tickets/${number}`)).body.attachments.every(one => one.id !== id))
    assert.equal((await ask('pemohon', 'GET', '/tickets/export')).status, 403)
    assert.equal((await ask('pemohon', 'GET', '/agenda')).status, 403)
    assert.equal((await ask('nobody', 'GET', '/tickets')).status, 401)
  })

  it('exports a list that is safe in a spreadsheet, and says so in the trail', async () => {
    const requester = await house.as('pemohon')
    const draft = await house.draft('splp')
    const saved = await house.desk.view(draft, requester)
    assert.ok(saved.ok)
    await house.desk.save(draft, { title: '=HYPERLINK("http://evil.example")', answers: saved.value.answers }, requester)
    assert.ok((await house.desk.submit(draft, requester)).ok)
    const csv = await ask<string>('auditor', 'GET', '/tickets/export?view=all')
    assert.equal(csv.status, 200)
    assert.ok(csv.body.includes(`"'=HYPERLINK(""http://evil.example"")"`), csv.body)
    const [last] = await house.records.audit.page({ size: 1 })
    assert.equal(last?.action, 'ticket.export')
  })

  it('does one action on many and tells of each how it went', async () => {
    const numbers = [await house.filed('splp'), await house.filed('splp')]
    const answer = await ask<{ items: { number: string; done: boolean; reason: string | null }[] }>('petugas', 'POST', '/tickets/bulk', {
      numbers: [...numbers, 'T-2026-9999'],
      action: { kind: 'take' },
    })
    assert.deepEqual(
      answer.body.items.map(({ done }) => done),
      [true, true, false],
    )
    assert.match(answer.body.items[2]?.reason ?? '', /no ticket T-2026-9999/)
  })

  it('keeps views and templates, finds by words, and counts for the bell', async () => {
    await house.filed('hosting', 'pemohon', { answers: { domain: 'unik-sekali.babelprov.go.id' } })
    const found = await ask<TicketPage>('petugas', 'GET', '/tickets?search=unik-sekali&status=open,returned')
    assert.equal(found.body.total, 1)
    assert.equal((await ask<TicketPage>('petugas', 'GET', '/tickets?search=%22%20OR%20*%20)%20NEAR')).status, 200)
    const view = await ask<{ id: number }>('petugas', 'POST', '/views', { name: 'Terlambat', query: 'view=late' })
    assert.deepEqual(
      (await ask<{ items: { name: string }[] }>('petugas', 'GET', '/views')).body.items.map(({ name }) => name),
      ['Terlambat'],
    )
    assert.deepEqual((await ask<{ items: unknown[] }>('kabid', 'GET', '/views')).body.items, [])
    assert.equal((await ask('petugas', 'DELETE', `/views/${view.body.id}`)).status, 200)
    assert.equal((await ask('pemohon', 'GET', '/templates')).status, 403)
    assert.equal((await ask('petugas', 'POST', '/templates', { name: 'Lengkap', text: 'Berkas Anda lengkap.' })).status, 200)
    const summary = await ask<{ open: number; inbox: number }>('petugas', 'GET', '/desk/summary')
    assert.ok(summary.body.open > 0 && summary.body.inbox > 0)
  })
})
