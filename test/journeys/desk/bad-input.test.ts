// What goes wrong at a desk in a year: forms full of mistakes, files that lie, curious neighbours, absent chiefs, two at once, clocks and calendars.
import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Problem } from '../../../daemon/http/contract.ts'
import { DAY, HOUR, MINUTE, type Office, openOffice, type Somebody, wib } from '../../support/office.ts'
import { approve, dispose, draft, file, letter, minutes, plain, report, textOf, toWork, verify } from '../../support/procedure.ts'

const MB = 1_048_576
const day = (at: number): string => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Jakarta', dateStyle: 'short', timeStyle: 'short' }).format(at)

describe('what goes wrong at the desk', function () {
  this.timeout(60_000)
  let office: Office
  let requester: Somebody
  before(async () => {
    office = await openOffice()
    requester = office.as('pemohon')
  })
  after(() => office?.close())
  /** Every story on a day of its own, so that none fills another's day. */
  let today = Date.parse('2026-11-20T00:00:00Z')
  beforeEach(() => {
    do today += DAY
    while ([0, 6].includes(new Date(today).getUTCDay()))
    office.turnTo(wib(`${new Date(today).toISOString().slice(0, 10)} 09:00`))
  })

  describe('a form', () => {
    it('with everything wrong at once says all of it at once, each at its field, and keeps what was typed', async () => {
      const { number } = await requester.post<{ number: string }>('/tickets', { service: 'colocation', title: 'Salah semua' })
      const typed = {
        name: 'x'.repeat(500),
        nip: '12',
        mobile: 'telepon',
        email: 'bukan-surel',
        devices: [{ kind: 'server', brand: '', height: -3, weight: 'berat', power: 0 }, { height: 99 }],
        signer: { name: '', nip: 'abc', echelon: 'IV' },
        unknown: 'a field there is none of',
      }
      const saved = await requester.ask<{ mistakes: { path: string }[] }>('PUT', `/tickets/${number}/draft`, { answers: typed })
      assert.equal(saved.status, 200, 'a draft is never refused')
      const sent = await requester.ask<Problem>('POST', `/tickets/${number}/submit`)
      assert.equal(sent.status, 400)
      const fields = new Set((sent.body.errors ?? []).map(({ field }) => field))
      for (const field of ['name', 'nip', 'mobile', 'email', 'devices.0.height', 'devices.0.weight', 'devices.1.height', 'signer.nip', 'signer.name'])
        assert.ok(fields.has(field), `${field} is among ${[...fields].join(' ')}`)
      for (const { words } of sent.body.errors ?? []) assert.ok(words !== undefined && words.id.length > 3 && words.en.length > 3)
      const kept = await requester.ticket(number)
      assert.equal(kept.status, 'draft')
      assert.deepEqual([kept.answers['nip'], kept.answers['mobile'], kept.answers['email']], ['12', 'telepon', 'bukan-surel'])
    })

    it('whose files are somebody else’s, or nobody’s, is not handed in', async () => {
      const other = office.as('dinkes')
      const theirs = await other.post<{ number: string }>('/tickets', { service: 'dc-access' })
      const foreign = await other.upload(theirs.number, 'rahasia.pdf', letter('Rahasia'))
      for (const id of [foreign, 999_999]) {
        const number = await draft(office, requester, { service: 'dc-access' })
        const { answers } = await requester.ticket(number)
        await requester.ask('PUT', `/tickets/${number}/draft`, { answers: { ...answers, orders: [id] } })
        const sent = await requester.ask<Problem>('POST', `/tickets/${number}/submit`)
        assert.deepEqual([sent.status, sent.body.errors?.map(({ field }) => field)], [400, ['orders']], JSON.stringify(sent.body))
        assert.equal((await requester.ask('GET', `/attachments/${id}`)).status, 404)
      }
    })

    it('of somebody below the wanted echelon waits for the signed form', async () => {
      const number = await file(office, requester, {
        service: 'domain',
        answers: { signer: { name: 'Staf Biasa', nip: '199209112018011002', position: 'Staf', echelon: 'none' } },
      }).catch((error: Error) => error.message)
      assert.match(number, /eselon|echelon/i)
    })
  })

  describe('a file', () => {
    const send = async (number: string, name: string, content: Uint8Array | string) => {
      const form = new FormData()
      form.append('file', new Blob([typeof content === 'string' ? content : Uint8Array.from(content)]), name)
      return requester.ask<Problem>('POST', `/tickets/${number}/attachments`, form)
    }

    it('that lies about what it is, runs, or carries a script is refused in words, and nothing of it is kept', async () => {
      const number = await draft(office, requester, { service: 'domain' })
      const before = (await requester.ticket(number)).attachments.length
      const program = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(2000, 1)])
      for (const [name, content] of [
        ['surat.pdf', '<html><script>alert(1)</script></html>'],
        ['surat.pdf', program],
        ['foto.jpg', letter('sebenarnya PDF')],
        ['jalankan.exe', letter('sebenarnya PDF')],
        ['gambar.svg', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
        ['kosong.pdf', ''],
      ] as const) {
        const answer = await send(number, name, content)
        assert.equal(answer.status, 400, `${name}: ${JSON.stringify(answer.body)}`)
        assert.ok(answer.body.words !== undefined && answer.body.words.id.length > 10, `${name}: ${JSON.stringify(answer.body)}`)
      }
      assert.equal((await requester.ticket(number)).attachments.length, before)
      const good = await send(number, '../../etc/"surat"\u202Efdp.pdf', letter('Benar'))
      assert.equal(good.status, 200, JSON.stringify(good.body))
      const { attachments } = await requester.ticket(number)
      assert.ok(!/[/\\\u202E]/.test(attachments.at(-1)?.name ?? '/'), attachments.at(-1)?.name)
    })

    it('of 30 MB is refused in words; far more goes by without filling memory or disk', async () => {
      const number = await draft(office, requester, { service: 'domain' })
      const heavy = Buffer.concat([Buffer.from(letter('x')), Buffer.alloc(30 * MB)])
      const answer = await send(number, 'besar.pdf', heavy)
      assert.equal(answer.status, 413, JSON.stringify(answer.body))
      const before = process.memoryUsage().rss
      let most = 0
      const watching = setInterval(() => {
        most = Math.max(most, process.memoryUsage().rss - before)
      }, 20)
      const status = await pour(office, requester, number, 256 * MB).finally(() => clearInterval(watching))
      assert.equal(status, 413)
      assert.ok(most < 128 * MB, `memory grew by ${Math.round(most / MB)} MB`)
      assert.deepEqual(readdirSync(join(office.folder, 'attachments', 'incoming')), [])
      assert.equal((await requester.ticket(number)).status, 'draft', 'the daemon goes on')
    })
  })

  describe('a neighbour', () => {
    it('who guesses numbers and addresses finds nothing that is there, and cannot tell it from what is not', async () => {
      const number = await file(office, requester, { service: 'domain' })
      const hidden = await draft(office, requester, { service: 'domain' })
      await toWork(office, number, office.as('petugas'))
      await report(office.as('petugas'), number)
      const made = await minutes(office.as('petugas'), number)
      const { attachments } = await requester.ticket(number)
      const attachment = attachments[0]?.id ?? 0
      const other = office.as('dinkes')
      const tries = [
        ['GET', `/tickets/${number}`],
        ['GET', `/tickets/${hidden}`],
        ['PUT', `/tickets/${hidden}/draft`, { answers: {} }],
        ['DELETE', `/tickets/${hidden}/draft`],
        ['POST', `/tickets/${hidden}/submit`],
        ['POST', `/tickets/${number}/do`, { kind: 'note', text: 'Halo tetangga', visibility: 'public' }],
        ['POST', `/tickets/${number}/do`, { kind: 'cancel', reason: 'iseng saja' }],
        ['GET', `/tickets/${number}/papers/form`],
        ['GET', `/tickets/${hidden}/papers/letter`],
        ['GET', `/attachments/${attachment}`],
        ['GET', `/documents/${made.id}`],
        ['POST', `/documents/${made.id}/sign`, { party: 1 }],
        ['POST', '/tickets', { service: 'complaint', kind: 'complaint', about: number }],
      ] as const
      await other.prove()
      for (const [method, path, body] of tries) {
        const answer = await other.ask<Problem>(method, path, body)
        assert.equal(answer.status, 404, `${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
        const nothing = path
          .replace(number, 'T-2026-9999')
          .replace(hidden, 'D-99999')
          .replace(/(attachments|documents)\/\d+/, '$1/99999')
        const about = body !== undefined && 'about' in body ? { ...body, about: 'T-2026-9999' } : body
        const absent = await other.ask<Problem>(method, nothing, about)
        const same = JSON.stringify(answer.body).replaceAll(number, 'T-2026-9999').replaceAll(hidden, 'D-99999')
        assert.deepEqual([absent.status, absent.body], [answer.status, JSON.parse(same)], `${method} ${path} tells that it is there`)
      }
      const page = await other.get<{ total: number; counts: { all: number } }>(`/tickets?search=${number}`)
      assert.deepEqual([page.total, page.counts.all], [0, 0])
      const refused = await new Promise<unknown>(resolve => {
        const line = other.line()
        line.on('connect', () =>
          line.emit('follow', `ticket:${number}`, null, (why: unknown) => {
            line.close()
            resolve(why)
          }),
        )
      })
      assert.ok(typeof refused === 'string', 'the line refuses the topic')
      assert.equal((await office.stranger('GET', `/tickets/${number}`)).status, 401)
      const verified = (await (await office.stranger('GET', `/verify/${made.code}`)).json()) as object
      assert.ok(!/Mariana|Ratna|1976|BKPSDMD/.test(JSON.stringify(verified)), 'the verification page names nobody')
    })
  })

  describe('an approver', () => {
    it('who is away is stood in for, on the ticket and on paper', async () => {
      const { admin, as } = office
      const until = office.clock() + 3 * DAY
      const officeOf = await admin.post<{ id: number }>('/offices', {
        person: as('prakom').person,
        role: 'approver',
        position: 'kabid',
        kind: 'plh',
        from: office.clock() - MINUTE,
        until,
        decree: 'Surat Perintah Plh. 800/207/DISKOMINFO',
      })
      const number = await file(office, requester, { service: 'licence' })
      await verify(as('petugas'), number)
      const { receivers } = await as('kadis').ticket(number)
      assert.ok(
        receivers.some(({ person, standIn }) => person === as('prakom').person && standIn),
        JSON.stringify(receivers),
      )
      await dispose(as('kadis'), number, as('prakom'), 'Kabid sedang dinas luar.')
      await dispose(as('prakom'), number, as('prakom'), 'Diteruskan sebagai Plh.')
      const ordered = await dispose(as('prakom'), number, as('petugas'), 'Kerjakan.')
      const positions = ordered.events.flatMap(event => (event.kind === 'disposed' ? [event.by.position] : []))
      assert.match(positions[1] ?? '', /^Plh\. /)
      await report(as('petugas'), number)
      const made = await minutes(as('petugas'), number)
      assert.match(made.signatures[0]?.position ?? '', /^Plh\. /)
      await approve(as('prakom'), made, 0)
      const paper = plain(textOf(await as('petugas').file(`/documents/${made.id}`)))
      assert.ok(paper.includes('Plh. ') && paper.includes('Bagas Pranoto'), paper)
      // His days over, the chair is its holder's again; the paper keeps the official of its date.
      office.turnTo(until + HOUR)
      const kept = await as('petugas').ticket(number)
      assert.match(kept.documents[0]?.signatures[0]?.position ?? '', /^Plh\. /)
      assert.equal((await admin.ask('DELETE', `/offices/${officeOf.id}`)).status, 200)
    })

    it('whose chair is empty: the desk is told so, and names somebody', async () => {
      const { admin, as } = office
      const { items } = await admin.get<{ items: { id: number; person: number; role: string; position: string | null }[] }>(
        '/offices?size=200&role=approver',
      )
      const chair = items.find(({ person, position }) => person === as('kadis').person && position === 'kadis')
      assert.ok(chair)
      const number = await file(office, requester, { service: 'licence' })
      assert.equal((await admin.ask('DELETE', `/offices/${chair.id}`)).status, 200)
      await verify(as('petugas'), number)
      const stuck = await as('petugas').ticket(number)
      assert.equal(stuck.vacant, true)
      assert.ok(
        stuck.actions.some(({ kind, why }) => kind === 'take' && why === null),
        'the desk may name somebody',
      )
      const named = await as('petugas').act(number, { kind: 'take', person: as('kabid').person })
      assert.equal(named.turn?.person, as('kabid').person)
      const gone = await dispose(as('kabid'), number, as('kabid'), 'Sebagai yang ditunjuk.')
      assert.equal(gone.step?.key, 'dispose-kabid')
      await admin.post('/offices', { person: as('kadis').person, role: 'approver', position: 'kadis', organisation: null })
    })
  })

  describe('two', () => {
    it('officers at once: one is done, the other is told who was first and nothing is written over', async () => {
      const number = await file(office, requester, { service: 'licence' })
      const { seq } = await office.as('petugas').ticket(number)
      const answers = await Promise.all(
        (['petugas', 'petugas2'] as const).map(login =>
          office.as(login).ask<Problem>('POST', `/tickets/${number}/do?seq=${seq}`, { kind: 'return', reason: `Lampiran kurang, kata ${login}.` }),
        ),
      )
      assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 409])
      const late = answers.find(({ status }) => status === 409)?.body
      assert.ok(late?.words !== undefined && late.words.id.length > 10, JSON.stringify(late))
      const { events } = await requester.ticket(number)
      assert.equal(events.filter(({ kind }) => kind === 'returned').length, 1)
    })

    it('40 notes at once are all there, counted without a gap', async () => {
      const number = await file(office, requester, { service: 'licence' })
      const notes = Array.from({ length: 40 }, (_, i) => `Catatan ${i}`)
      const told = await Promise.all(
        notes.map((text, i) =>
          office
            .as(i % 2 === 0 ? 'petugas' : 'petugas2')
            .ask<Problem>('POST', `/tickets/${number}/do`, { kind: 'note', text, visibility: 'internal' }),
        ),
      )
      assert.deepEqual([...new Set(told.map(({ status }) => status))], [200], JSON.stringify(told.find(({ status }) => status !== 200)?.body))
      const { events } = await office.as('petugas').ticket(number)
      assert.deepEqual(
        events.map(({ seq }) => seq),
        events.map((_, i) => i + 1),
      )
      assert.equal(events.filter(({ kind }) => kind === 'note').length, notes.length)
    })
  })

  describe('time', () => {
    it('set back by hours neither breaks a ticket nor gives it time it did not have', async () => {
      const number = await file(office, requester, { service: 'licence' })
      const before = await verify(office.as('petugas'), number)
      office.later(-2 * HOUR)
      const back = await office.as('petugas').ticket(number)
      assert.equal(back.due, before.due)
      for (const { used, paused } of back.clock?.steps ?? []) assert.ok(used >= 0 && paused >= 0)
      const gone = await dispose(office.as('kadis'), number, office.as('kabid'), 'Jam server mundur.')
      assert.equal(gone.step?.key, 'dispose-kabid')
      const kept = gone.events.map(({ at }) => at)
      assert.equal(kept.length, gone.seq)
      office.later(2 * HOUR)
    })

    it('of a calendar that changes meanwhile: the promise stays, and the page says what moved', async () => {
      const { admin, as } = office
      const number = await file(office, requester, { service: 'licence' })
      const before = await as('petugas').ticket(number)
      assert.ok(before.due !== null)
      const [calendar] = (await admin.get<{ items: { key: string; version: number }[] }>('/calendars')).items.filter(({ key }) => key === 'desk')
      assert.ok(calendar)
      const next = day(office.clock() + DAY).slice(0, 10)
      await admin
        .ask('PUT', `/calendars/desk/exceptions/${next}`, {
          exception: { date: next, kind: 'closed', reason: 'Listrik gedung padam' },
          base: calendar.version,
        })
        .then(({ status, body }) => assert.equal(status, 200, JSON.stringify(body)))
      const after = await as('petugas').ticket(number)
      assert.equal(after.due, before.due, 'what was promised stays promised')
      assert.equal(after.clock?.promised?.due, before.due)
      assert.ok((after.clock?.whole.due ?? 0) > before.due, 'reckoned anew it is later')
      const line = after.clock?.explanation.find(({ kind }) => kind === 'calendarChanged' || kind === 'promised')
      assert.ok(line, JSON.stringify(after.clock?.explanation))
      assert.ok(after.clock?.explanation.some(one => one.kind === 'exception' && one.reason === 'Listrik gedung padam'))
    })

    it('in a year whose holidays nobody has listed yet is an estimate, and says so', async () => {
      office.turnTo(wib('2026-12-29 09:00'))
      const number = await file(office, requester, { service: 'licence' })
      const { clock } = await requester.ticket(number)
      const estimate = clock?.explanation.find(({ kind }) => kind === 'estimate')
      assert.deepEqual(estimate?.kind === 'estimate' ? estimate.years : [], [2027])
      const year = await requester.get<{ official: unknown }>('/calendars/desk/years/2027')
      assert.equal(year.official, null)
      office.turnTo(wib('2027-01-04 09:00'))
      const next = await file(office, requester, { service: 'licence' })
      assert.match(next, /^T-2027-0001$/)
    })
  })

  describe('a session', () => {
    it('that ended in the middle of a form leaves the draft as it was, for the next sign-in', async () => {
      const short = await openOffice({ settings: { signin: { idle: '30m', absolute: '12h' } } })
      try {
        const who = short.as('pemohon')
        const number = await draft(short, who, { service: 'domain', title: 'Tengah jalan' })
        short.later(31 * MINUTE)
        const late = await who.ask('PUT', `/tickets/${number}/draft`, { answers: { name: 'hilang?' } })
        assert.equal(late.status, 401)
        const again = await short.stranger('POST', '/session', { login: 'pemohon', password: 'katak biru melompat tinggi' })
        assert.equal(again.status, 200)
        const cookie = again.headers.getSetCookie()[0]?.split(';')[0] ?? ''
        const kept = await fetch(`${short.url}/api/v1/tickets/${number}`, { headers: { cookie } })
        const view = (await kept.json()) as { title: string; answers: Record<string, unknown> }
        assert.equal(view.answers['name'], 'Hj. Mariana Lestari, S.Sos., M.A.P.')
      } finally {
        await short.close()
      }
    })
  })
})

/** So many octets in one upload, as a browser sends them; gives the status of the answer. */
function pour(office: Office, who: Somebody, number: string, octets: number): Promise<number> {
  const boundary = 'suar-uji'
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="raksasa.pdf"\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.4\n`
  const chunk = Buffer.alloc(MB)
  function* body(): Generator<Buffer> {
    yield Buffer.from(head)
    for (let sent = 0; sent < octets; sent += chunk.length) yield chunk
    yield Buffer.from(`\r\n--${boundary}--\r\n`)
  }
  return new Promise((resolve, fail) => {
    const asked = request(`${office.url}/api/v1/tickets/${number}/attachments`, {
      method: 'POST',
      headers: { cookie: who.cookie, 'content-type': `multipart/form-data; boundary=${boundary}` },
    })
    asked.on('response', response => resolve(response.statusCode ?? 0))
    pipeline(Readable.from(body()), asked).catch(fail)
  })
}
