// The rules of the procedure as people meet them: returns, stand-ins, empty chairs, the urgent path, two officers at once, what a requester sees.
import assert from 'node:assert/strict'
import { TicketAction } from '../../../daemon/domain/ticket-action.ts'
import { tempFolder } from '../../store/support/folder.ts'
import { must } from '../../store/support/must.ts'
import { DAY, HOUR, type House, MINUTE, openHouse } from './support/house.ts'

const failure = (outcome: { ok: boolean; failure?: { kind: string; message: string } }) => {
  assert.equal(outcome.ok, false)
  return outcome.failure ?? { kind: '', message: '' }
}

describe('the rules of the desk', () => {
  let house: House
  beforeEach(async () => {
    house = await openHouse(tempFolder())
  })
  afterEach(() => house.close())

  const verified = async (service = 'splp'): Promise<string> => {
    const number = await house.filed(service)
    await house.complete(number)
    await house.do(number, 'petugas', { kind: 'verify', note: '' })
    return number
  }
  const ordered = async (service = 'splp'): Promise<string> => {
    const number = await verified(service)
    await house.do(number, 'kadis', { kind: 'dispose', to: await house.person('kabid'), note: 'Tindak lanjuti.' })
    await house.do(number, 'kabid', { kind: 'dispose', to: await house.person('prakom'), note: 'Mohon ditelaah.' })
    await house.do(number, 'prakom', { kind: 'dispose', to: await house.person('petugas'), note: 'Kerjakan.' })
    return number
  }
  const trying = async (number: string, login: string, action: Parameters<House['do']>[2], seq?: number) =>
    house.desk.act(number, action, await house.as(login), seq)

  it('shows every mistake of a form at once, keeps what was typed, and gives no number for it', async () => {
    const requester = await house.as('pemohon')
    const { number } = must(await house.desk.open({ service: 'splp', kind: 'request' }, requester))
    must(await house.desk.save(number, { answers: { nip: '123', email: 'bukan surel', needs: 'Integrasi' } }, requester))
    const refused = await house.desk.submit(number, requester)
    assert.equal(refused.ok, false)
    const errors = refused.ok ? [] : (refused.failure.errors ?? [])
    for (const field of ['products', 'nip', 'email', 'bus'])
      assert.ok(
        errors.some(error => error.field === field && error.words?.id),
        field,
      )
    const view = must(await house.desk.view(number, requester))
    assert.equal(view.answers['nip'], '123')
    assert.equal(view.answers['needs'], 'Integrasi')
    assert.equal(await house.filed('splp'), 'T-2026-0001')
  })

  it('says of what a program did by a token that it was none of the person’s hands', async () => {
    const number = await house.filed('splp')
    const officer = await house.as('petugas')
    const program = { ...officer, via: 'token' as const, scopes: ['desk', 'desk.act'], token: 'integrasi' }
    must(await house.desk.act(number, { kind: 'note', text: 'Dicatat oleh program.', visibility: 'public' }, program))
    must(await house.desk.act(number, { kind: 'note', text: 'Dicatat sendiri.', visibility: 'public' }, officer))
    const { events } = must(await house.desk.view(number, await house.as('pemohon')))
    assert.deepEqual(
      events.flatMap(event => (event.kind === 'note' ? [[event.by.name === officer.name, event.by.via, event.by.token]] : [])),
      [
        [true, 'token', 'integrasi'],
        [true, undefined, undefined],
      ],
    )
    const told = await house.records.audit.page({ size: 2, action: 'ticket.note' })
    assert.deepEqual(
      told.map(({ detail }) => (detail as { token?: string }).token),
      [undefined, 'integrasi'],
    )
  })

  it('goes back to the requester with a reason, stands still meanwhile, and comes back completed', async () => {
    const number = await house.filed('splp')
    await house.do(number, 'petugas', { kind: 'return', reason: 'Dokumen spesifikasi belum ada.' })
    assert.equal(failure(await trying(number, 'petugas', { kind: 'verify', note: '' })).message, 'Waiting for the requester to complete the papers.')
    const before = must(await house.desk.view(number, await house.as('pemohon')))
    assert.equal(before.turn?.chair, 'requester')
    assert.equal(before.actions[0]?.kind, 'answer')
    house.clock.now += 3 * HOUR
    must(await house.desk.save(number, { answers: { ...before.answers, needs: 'Integrasi dua arah' } }, await house.as('pemohon')))
    must(await house.desk.submit(number, await house.as('pemohon')))
    const after = must(await house.desk.view(number, await house.as('petugas')))
    assert.equal(after.status, 'open')
    assert.equal(after.answers['needs'], 'Integrasi dua arah')
    assert.equal(after.clock?.whole.paused, 3 * HOUR)
    assert.ok(house.told.some(({ kind, to }) => kind === 'returned' && to.person === before.requester.person))
  })

  it('lets only who sits on the chair dispose, to somebody who sits on the next one', async () => {
    const number = await verified()
    assert.equal(failure(await trying(number, 'kabid', { kind: 'dispose', to: await house.person('prakom'), note: 'Lanjut.' })).kind, 'conflict')
    assert.equal(failure(await trying(number, 'petugas', { kind: 'dispose', to: await house.person('prakom'), note: 'Lanjut.' })).kind, 'forbidden')
    assert.equal(failure(await trying(number, 'kadis', { kind: 'dispose', to: await house.person('petugas'), note: 'Lanjut.' })).kind, 'invalid')
    const passed = await house.do(number, 'kadis', { kind: 'dispose', to: await house.person('kabid'), note: 'Lanjut.' })
    assert.equal(passed.turn?.person, await house.person('kabid'))
  })

  it('lets a stand-in act for a chair in its days, and writes down as what', async () => {
    const number = await verified()
    await house.do(number, 'kadis', { kind: 'dispose', to: await house.person('kabid'), note: 'Lanjut.' })
    assert.equal(failure(await trying(number, 'prakom', { kind: 'dispose', to: await house.person('prakom'), note: 'Lanjut.' })).kind, 'conflict')
    // Next week prakom stands in as Plh.
    house.clock.now += 4 * DAY
    const view = await house.do(number, 'prakom', { kind: 'dispose', to: await house.person('prakom'), note: 'Saya tangani sendiri.' })
    const disposed = view.events.findLast(({ kind }) => kind === 'disposed')
    assert.match(disposed?.by.position ?? '', /^Plh\. Kepala Bidang/)
  })

  it('says when nobody holds a chair, and lets an officer name somebody', async () => {
    const number = await verified()
    const offices = await house.records.people.officesOf(await house.person('kadis'))
    for (const office of offices) must(await house.records.people.offices.remove(office.id))
    const view = must(await house.desk.view(number, await house.as('petugas')))
    assert.equal(view.vacant, true)
    assert.ok(view.actions.some(({ kind, why }) => kind === 'take' && why === null))
    await house.do(number, 'petugas', { kind: 'take', person: await house.person('kabid') })
    const next = await house.do(number, 'kabid', { kind: 'dispose', to: await house.person('kabid'), note: 'Atas penunjukan.' })
    assert.equal(next.step?.key, 'dispose-kabid')
  })

  it('works at once on the urgent path, and closes only when the dispositions were made up for', async () => {
    const number = await house.filed('splp')
    await house.do(number, 'petugas', { kind: 'urgent', to: await house.person('petugas2'), reason: 'Layanan mati.' })
    const urgent = must(await house.desk.view(number, await house.as('petugas2')))
    assert.deepEqual([urgent.step?.key, urgent.priority, urgent.owed.length], ['work', 'critical', 3])
    assert.deepEqual(must(await house.desk.view(number, await house.as('pemohon'))).owed, [], 'who owes whom a word is the house’s own affair')
    await house.do(number, 'petugas2', { kind: 'work', note: 'Dipulihkan.' })
    await house.do(number, 'petugas2', { kind: 'report', text: 'Selesai dipulihkan.', recommendation: '' })
    const minuted = await house.do(number, 'petugas2', { kind: 'minutes' })
    const id = minuted.documents[0]?.id ?? 0
    must(await house.desk.sign(id, { party: 0, method: 'approval' }, await house.as('kabid')))
    must(await house.desk.sign(id, { party: 1, method: 'approval' }, await house.as('pemohon')))
    assert.match(failure(await trying(number, 'petugas2', { kind: 'archive' })).message, /have not been ratified/)
    for (const login of ['kadis', 'kabid', 'prakom']) await house.do(number, login, { kind: 'ratify', note: 'Disetujui.' })
    assert.equal((await house.do(number, 'petugas2', { kind: 'archive' })).status, 'closed')
  })

  it('tells the second of two officers that somebody was there first, and what he did', async () => {
    const number = await house.filed('splp')
    await house.complete(number)
    const { seq } = must(await house.desk.view(number, await house.as('petugas2')))
    await house.do(number, 'petugas', { kind: 'verify', note: '' })
    const second = failure(await trying(number, 'petugas2', { kind: 'return', reason: 'Kurang lengkap.' }, seq))
    assert.equal(second.kind, 'conflict')
    assert.match(second.message, /Rizky Ramadhan.*verified/)
    // A note gets in nobody's way.
    must(await trying(number, 'petugas2', { kind: 'note', text: 'Saya juga sempat melihatnya.', visibility: 'internal' }, seq))
  })

  it('writes one of two actions that are made in the same moment', async () => {
    const number = await house.filed('splp')
    await house.complete(number)
    const outcomes = await Promise.all(['petugas', 'petugas2', 'petugas3'].map(login => trying(number, login, { kind: 'verify', note: '' })))
    assert.equal(outcomes.filter(({ ok }) => ok).length, 1)
    for (const outcome of outcomes) if (!outcome.ok) assert.equal(outcome.failure.kind, 'conflict')
  })

  it('keeps internal notes, dispositions and watchers from the requester, and his tickets from other organisations', async () => {
    const number = await ordered()
    await house.do(number, 'petugas', { kind: 'note', text: 'RAHASIA-INTERNAL', visibility: 'internal' })
    await house.do(number, 'petugas', { kind: 'watch', on: true })
    await house.do(number, 'petugas', { kind: 'rate', impact: 'high', urgency: 'low' })
    const rated = must(await house.desk.view(number, await house.as('pemohon')))
    assert.deepEqual([rated.impact, rated.urgency], [null, null], 'how it was rated is told no more than that it was')
    assert.equal(must(await house.desk.view(number, await house.as('petugas'))).impact, 'high')
    await house.do(number, 'petugas', { kind: 'task', title: 'RAHASIA-TUGAS', person: await house.person('petugas2'), due: null })
    const mine = must(await house.desk.view(number, await house.as('pemohon')))
    const text = JSON.stringify(mine)
    for (const secret of ['RAHASIA-INTERNAL', 'RAHASIA-TUGAS', 'Mohon ditelaah']) assert.ok(!text.includes(secret), secret)
    assert.deepEqual([mine.watchers, mine.tasks, mine.receivers], [[], [], []])
    const stranger = await house.as('pemohon-dinkes')
    assert.equal(failure(await house.desk.view(number, stranger)).kind, 'notFound')
    assert.equal(failure(await house.desk.act(number, { kind: 'note', text: 'halo', visibility: 'public' }, stranger)).kind, 'notFound')
    const page = await house.desk.page({ view: 'all', search: '', sort: '-changed', page: 1, size: 50 }, stranger)
    assert.equal(page.total, 0)
    const found = async (login: string, search: string) =>
      (await house.desk.page({ view: 'all', search, sort: '-changed', page: 1, size: 50 }, await house.as(login))).total
    assert.deepEqual([await found('petugas', 'rahasia-internal'), await found('pemohon', 'rahasia-internal')], [1, 0])
    assert.deepEqual([await found('pemohon', number), await found('pemohon', 'SIMPEG integra')], [1, 0])
  })

  it('cancels before the work begins and not after, and ended stays ended', async () => {
    const early = await verified()
    await house.do(early, 'pemohon', { kind: 'cancel', reason: 'Tidak jadi.' })
    assert.equal(failure(await trying(early, 'kadis', { kind: 'dispose', to: await house.person('kabid'), note: 'Lanjut.' })).kind, 'forbidden')
    const late = await ordered()
    assert.equal(
      failure(await trying(late, 'pemohon', { kind: 'cancel', reason: 'Tidak jadi.' })).message,
      'The work has begun: ask an officer to end it.',
    )
  })

  it('allows one open test for an application, however it is spelt', async () => {
    const answers = { application: 'SIMPEG' }
    const draft = await house.draft('hosting', 'pemohon', { answers: { domain: 'simpeg.babelprov.go.id' } })
    must(await house.desk.submit(draft, await house.as('pemohon')))
    const again = await house.draft('hosting', 'pemohon', { answers: { ...answers, domain: 'SIMPEG.babelprov.go.id' } })
    assert.match(failure(await house.desk.submit(again, await house.as('pemohon'))).message, /T-2026-0001/)
  })

  it('tells those who watch of what concerns the requester, and nothing any more to who has left the house', async () => {
    const number = await house.filed('hosting')
    const noc = await house.person('noc')
    await house.do(number, 'noc', { kind: 'watch', on: true })
    const heard = () => house.told.filter(({ to, kind }) => to.person === noc && kind === 'note').length
    await house.do(number, 'petugas', { kind: 'note', text: 'Server disiapkan.', visibility: 'public' })
    assert.equal(heard(), 1)
    must(await house.records.people.persons.remove(noc))
    await house.do(number, 'petugas', { kind: 'note', text: 'Server siap.', visibility: 'public' })
    assert.equal(heard(), 1)
  })

  it('merges a duplicate: its notes and watchers move, and it ends', async () => {
    const [one, other] = [await house.filed('splp'), await house.filed('splp')]
    await house.do(other, 'petugas', { kind: 'note', text: 'Nomor rak sudah dicatat.', visibility: 'public' })
    await house.do(other, 'noc', { kind: 'watch', on: true })
    assert.equal((await house.do(other, 'petugas', { kind: 'merge', into: one })).status, 'merged')
    const view = must(await house.desk.view(one, await house.as('petugas')))
    assert.ok(view.events.some(event => event.kind === 'note' && event.text.includes('Nomor rak sudah dicatat.')))
    assert.deepEqual(view.watchers, [await house.person('noc')])
    assert.deepEqual(
      view.links.map(({ number, as }) => [number, as]),
      [[other, 'absorbed']],
    )
  })

  it('reminds the owner before and the superior after, once each', async () => {
    const number = await verified()
    house.told.splice(0)
    house.clock.now += 25 * MINUTE
    await house.desk.tick()
    assert.deepEqual(
      house.told.map(({ kind, to }) => [kind, to.person]),
      [['due', await house.person('kadis')]],
    )
    house.clock.now += 10 * MINUTE
    await house.desk.tick()
    await house.desk.tick()
    assert.equal(house.told.filter(({ kind }) => kind === 'late').length, 1)
    const view = must(await house.desk.view(number, await house.as('petugas')))
    assert.equal(view.lateness, 'late')
    assert.equal(view.events.filter(({ kind }) => kind === 'escalated').length, 2)
  })

  it('promises by the calendar, puts the overload on the next day with room, and says so', async () => {
    const numbers = []
    for (let i = 0; i < 3; i++) numbers.push(await house.filed('splp'))
    const [first, , third] = await Promise.all(numbers.map(async number => must(await house.desk.view(number, await house.as('pemohon')))))
    assert.equal(first?.clock?.whole.slot, null)
    assert.equal(third?.clock?.whole.slot, '2026-11-23')
    assert.ok((third?.due ?? 0) > (first?.due ?? 0))
    assert.equal(first?.clock?.promised?.due, first?.due)
    assert.deepEqual(
      house.told.filter(({ kind }) => kind === 'overload').map(({ ticket }) => ticket.number),
      [numbers[2]],
    )
  })

  it('files a complaint and a change about a ticket, tied both ways', async () => {
    const number = await house.filed('splp')
    const requester = await house.as('pemohon')
    const refused = await house.desk.open({ service: 'splp', kind: 'change', about: number }, requester)
    assert.equal(failure(refused).message, 'The ticket is still under way.')
    const { number: draft } = must(await house.desk.open({ service: 'complaint', kind: 'complaint', about: number }, requester))
    const view = must(await house.desk.view(draft, requester))
    assert.deepEqual(
      view.links.map(link => [link.number, link.as]),
      [[number, 'original']],
    )
  })

  it('lets one officer take up a letter that came in, under the right service, for who wrote it', async () => {
    const letter = {
      channel: 'email' as const,
      source: 'imap',
      externalId: 'sha-9',
      from: { address: 'dimas@demo.example', name: 'Dimas', person: null },
      subject: 'Mohon subdomain',
      text: 'Kami mohon subdomain data.',
      receivedAt: house.clock.now,
      messageId: null,
      thread: { ticketNumber: null },
      attachments: [],
      leftOut: [],
      verified: true,
      raw: { name: 'surat.eml', content: Buffer.from('From: dimas@demo.example\r\n\r\nKami mohon subdomain data.') },
    }
    const { ticket } = must(await house.desk.deliver(letter))
    assert.equal(failure(await house.desk.view(ticket, await house.as('pemohon'))).kind, 'notFound')
    const waiting = must(await house.desk.view(ticket, await house.as('petugas')))
    assert.match(waiting.requester.name, /Dimas Ardiansyah/)
    const person = waiting.requester.person ?? 0
    const given = { service: 'domain', kind: 'request' as const, from: ticket, requester: { person } }
    must(await house.desk.open(given, await house.as('petugas')))
    assert.equal(failure(await house.desk.open(given, await house.as('petugas2'))).kind, 'notFound')
    const taken = must(await house.desk.view(ticket, await house.as('petugas')))
    assert.deepEqual([taken.service, taken.channel, taken.attachments.length], ['domain', 'email', 1])
    assert.ok(taken.events.some(event => event.kind === 'note' && event.text.includes('subdomain')))
    // Thrown away it leaves a trace: who did it, and whose letter it was.
    must(await house.desk.remove(ticket, await house.as('petugas')))
    assert.equal(failure(await house.desk.view(ticket, await house.as('petugas'))).kind, 'notFound')
    const [entry] = await house.records.audit.page({ size: 1, action: 'ticket.discard' })
    assert.deepEqual([entry?.subject, (entry?.detail as { from: string } | undefined)?.from], [ticket, 'dimas@demo.example'])
  })

  it('rates by the matrix that the site set, and a leader stands above it', async () => {
    const number = await house.filed('splp')
    assert.equal((await house.do(number, 'petugas', { kind: 'rate', impact: 'high', urgency: 'high' })).priority, 'critical')
    const row = { low: 'low', medium: 'low', high: 'medium' } as const
    must(await house.desk.setPriorities({ low: row, medium: row, high: row }, await house.as('admin')))
    assert.equal((await house.do(number, 'petugas', { kind: 'rate', impact: 'high', urgency: 'high' })).priority, 'medium')
    assert.equal(
      failure(await trying(number, 'petugas', { kind: 'override', priority: 'critical', reason: 'Permintaan pimpinan.' })).kind,
      'forbidden',
    )
    assert.equal((await house.do(number, 'kadis', { kind: 'override', priority: 'critical', reason: 'Permintaan pimpinan.' })).priority, 'critical')
    assert.equal((await house.do(number, 'petugas', { kind: 'rate', impact: 'low', urgency: 'low' })).priority, 'critical')
  })

  it('takes no date that no calendar has', () => {
    for (const due of [9e15, Date.UTC(2100, 0) + 1, -1, 1.5])
      assert.equal(TicketAction.safeParse({ kind: 'task', title: 'Siapkan rak', person: null, due }).success, false, `${due}`)
    assert.ok(TicketAction.safeParse({ kind: 'task', title: 'Siapkan rak', person: null, due: Date.UTC(2027, 0) }).success)
  })

  it('agrees on a new date only after a breach, and on paper by both', async () => {
    const number = await ordered()
    const due = house.clock.now + 40 * DAY
    assert.equal(
      failure(await trying(number, 'petugas', { kind: 'agree', due, reason: 'Server datang terlambat.', signer: 'Mariana' })).kind,
      'forbidden',
    )
    house.clock.now += 20 * DAY
    const agreed = await house.do(number, 'petugas', { kind: 'agree', due, reason: 'Server datang terlambat.', signer: 'Mariana' })
    assert.equal(agreed.due, due)
    const paper = must(await house.desk.make(number, 'agreement', await house.as('petugas')))
    assert.deepEqual(
      paper.signatures.map(({ at }) => at),
      [null, null],
    )
  })

  it('keeps its promise when the calendar changes, and shows both', async () => {
    const number = await house.filed('splp')
    const before = must(await house.desk.view(number, await house.as('pemohon')))
    house.clock.now += HOUR
    const closed = { kind: 'closed' as const, date: '2026-11-24', reason: 'Pemadaman listrik' }
    must(
      await house.calendars.except('desk', closed.date, closed, {
        by: 'admin',
        reason: closed.reason,
        base: house.calendars.one('desk')?.version ?? 0,
      }),
    )
    house.clock.now += HOUR
    assert.equal(await house.desk.reckon(), 1)
    const after = must(await house.desk.view(number, await house.as('pemohon')))
    assert.equal(after.due, before.due)
    assert.ok((after.clock?.whole.due ?? 0) > (before.clock?.whole.due ?? 0))
    assert.ok(after.clock?.explanation.some(({ kind }) => kind === 'calendarChanged'))
  })

  it('hands in once, however often the button is pressed', async () => {
    const draft = await house.draft('splp')
    const requester = await house.as('pemohon')
    const outcomes = await Promise.all([1, 2, 3].map(() => house.desk.submit(draft, requester)))
    assert.equal(outcomes.filter(({ ok }) => ok).length, 1)
    assert.equal(await house.filed('splp'), 'T-2026-0002')
  })

  it('begins the register anew with the year of its own zone', async () => {
    await house.filed('splp')
    house.clock.now = Date.UTC(2026, 11, 31, 16, 59)
    assert.equal(await house.filed('splp'), 'T-2026-0002')
    house.clock.now = Date.UTC(2026, 11, 31, 17, 1)
    assert.equal(await house.filed('splp'), 'T-2027-0001')
  })

  it('goes on when the clock of the machine is set back', async () => {
    const number = await house.filed('splp')
    await house.complete(number)
    house.clock.now -= 3 * HOUR
    const view = await house.do(number, 'petugas', { kind: 'verify', note: '' })
    assert.equal(view.step?.key, 'dispose-kadis')
    assert.ok(view.clock?.explanation.some(({ kind }) => kind === 'setBack'))
  })
})
