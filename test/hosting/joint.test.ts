// From a hosting ticket to a proven website and back to its ticket: the word, the proof, the password, the paper; and what happens when it goes wrong.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { onePage } from '../../daemon/desk/demonstration/pdf.ts'
import { done, failed } from '../../daemon/domain/outcome.ts'
import type { TicketEvent } from '../../daemon/domain/ticket.ts'
import { Website } from '../../daemon/domain/website.ts'
import { MINUTE } from '../desk/tickets/support/house.ts'
import { must } from '../store/support/must.ts'
import { type Joint, openJoint } from './support/joint.ts'

const HOSTED = { platform: 'php', platformVersion: '8.2', dbms: 'mariadb', databaseSize: 1, capacity: 2, testMinutes: '12/BA/2026' }
const kinds = (events: readonly TicketEvent[]) => events.map(({ kind }) => kind)
const notesOf = (events: readonly TicketEvent[]) => events.flatMap(event => (event.kind === 'note' ? [event.text] : []))

async function* paper() {
  yield done({ name: 'dokumentasi.pdf', content: Readable.from([onePage('Dokumentasi')]) })
}

describe('a hosting ticket', function () {
  this.timeout(60_000)
  let joint: Joint
  beforeEach(async () => {
    joint = await openJoint()
  })
  afterEach(() => joint.close())

  const filed = (answers: Record<string, unknown> = {}) => joint.house.filed('hosting', 'pemohon', { answers: { ...HOSTED, ...answers } })
  const made = async (number: string) => {
    const draft = must(await joint.hosting.websites.draft(number, await joint.as('petugas')))
    const website = Website.parse(draft.website)
    const sent = { organisation: draft.organisation ?? 0, website, ticket: number, reason: 'sesuai tiket' }
    return await joint.hosting.websites.create(sent, await joint.as('petugas'))
  }

  it('may be drafted at once, and becomes a change only on the word of who orders the work', async () => {
    const number = await filed()
    const early = must(await joint.hosting.tickets!.desk.hosting(number, await joint.as('petugas')))
    assert.deepEqual([early.kind, early.website, early.refused, early.draft?.['host']], ['website', 'simpeg', [], 'alpha'])
    assert.match(early.why?.en ?? '', /dispositions of .* are not done/)
    const refused = await made(number)
    assert.ok(!refused.ok && refused.failure.kind === 'conflict' && /not done/.test(refused.failure.message))
    assert.equal(await joint.house.records.websites.find('simpeg'), null, 'the name is not taken by what was refused')

    await joint.toWork(number)
    const row = must(await made(number))
    assert.equal(row.ticket, number)
    const { change } = await joint.reached(row.number, 'planned')
    assert.ok('approved' in change)
    const prakom = await joint.as('prakom')
    assert.deepEqual([change.approved.by, change.approved.account], ['ticket', prakom.account])
    const now = must(await joint.hosting.tickets!.desk.hosting(number, await joint.as('petugas')))
    assert.deepEqual([now.why, now.changes.map(one => one.number)], [null, [row.number]])
  })

  it('is not made without a recommendation, nor for another organisation', async () => {
    const bare = await filed({ recommendation: '-' })
    await joint.toWork(bare)
    const draft = must(await joint.hosting.websites.draft(bare, await joint.as('petugas')))
    assert.equal(draft.open[0]?.field, 'ticket')
    const no = await made(bare)
    assert.ok(!no.ok && /recommendation/.test(no.failure.message))
    const { hosting } = joint
    const website = Website.parse(draft.website)
    const [other] = (await joint.house.records.people.organisations.all()).filter(({ id }) => id !== draft.organisation)
    const wrong = await hosting.websites.create({ organisation: other?.id ?? 0, website, ticket: bare, reason: 'keliru' }, await joint.as('petugas'))
    assert.ok(!wrong.ok && /another organisation/.test(wrong.failure.message))
  })

  it('ends its work by the proof, at its moment and in the name of who applied it; credentials go to whom the register names', async () => {
    const number = await filed()
    await joint.toWork(number)
    const row = must(await made(number))
    joint.house.clock.now += 10 * MINUTE
    const through = await joint.applied(row.number)
    await joint.told()
    const ticket = await joint.view(number)
    assert.equal(ticket.step?.key, 'report')
    const worked = ticket.events.find(({ kind }) => kind === 'worked')
    assert.ok(worked?.kind === 'worked' && through.change.state === 'verified')
    const officer = await joint.as('petugas')
    assert.deepEqual([worked.at, worked.by.account, worked.by.person], [through.change.verifiedAt, officer.account, officer.person])
    assert.match(worked.note, new RegExp(`${row.number} .*terbukti`))
    // The clock of the step stands still there.
    assert.equal(ticket.clock?.steps.find(({ key }) => key === 'work')?.ended, through.change.verifiedAt)

    const [handover, ...more] = await joint.house.records.handovers.ofWebsite('simpeg')
    assert.deepEqual([handover?.person, more], [await joint.house.person('teknis-bkpsdmd'), []])
    const annex = JSON.stringify(await joint.annexes(number))
    for (const quoted of ['https://simpeg.babelprov.go.id/', 'sftp -P 22 simpeg@10.1.0.10', 'MariaDB: simpeg'])
      assert.ok(annex.includes(quoted), quoted)
    const password = await joint.house.records.handovers.find('database/alpha/simpeg')
    assert.ok(password !== null && !annex.includes(password))

    // Told once more, by another event and by a daemon that starts anew: nothing new.
    await joint.do(number, 'petugas', { kind: 'note', text: 'Pemohon sudah dikabari.', visibility: 'internal' })
    await joint.reopen()
    await joint.told()
    assert.equal(kinds((await joint.view(number)).events).filter(kind => kind === 'worked').length, 1)
    assert.equal((await joint.house.records.handovers.ofWebsite('simpeg')).length, 1)
  })

  it('hands its password to that person alone, once, behind a link that lies sealed in the outbox', async () => {
    const number = await filed()
    await joint.toWork(number)
    await joint.applied(must(await made(number)).number)
    await joint.told()
    const [waiting] = (await joint.house.records.mailings.due(joint.house.clock.now + MINUTE, 50)).filter(({ id }) => id.startsWith('handover-'))
    const { values } = (waiting ?? assert.fail('no letter')).payload as { readonly values: { readonly link: string } }
    const token = values.link.split('/').at(-1) ?? ''
    const kept = readdirSync(joint.folder).filter(name => name.startsWith('records.db'))
    assert.ok(kept.length > 0 && kept.every(name => !readFileSync(join(joint.folder, name)).includes(token)), 'nobody finds it in the file')
    const { handovers } = joint.hosting
    const fresh = async (login: string) => ({ ...(await joint.as(login)), provenAt: joint.house.clock.now })
    assert.equal(must(await handovers.offer(token, await fresh('pemohon-dinkes'))).state, 'foreign')
    assert.equal((await handovers.open(token, await fresh('petugas'), '::1')).ok, false)
    const secret = must(await handovers.open(token, await fresh('teknis-bkpsdmd'), '::1'))
    const password = await joint.house.records.handovers.find('database/alpha/simpeg')
    assert.equal(secret.lines.find(({ secret }) => secret)?.value, password)
    assert.equal((await handovers.open(token, await fresh('teknis-bkpsdmd'), '::1')).ok, false)
    const trail = (await joint.house.records.audit.page({ size: 50 })).map(({ action }) => action)
    for (const action of ['handover.make', 'handover.refused', 'handover.open']) assert.ok(trail.includes(action), action)
  })

  it('says once why its change was not proven, and ends by the look that finds it so', async () => {
    const number = await filed()
    await joint.toWork(number)
    const row = must(await made(number))
    let closed = true
    joint.mishap = (doing, name) =>
      closed && doing === 'verify' && name.startsWith('nginx/') ? failed('unreachable', 'Port 443 is closed.', false) : null
    await joint.applied(row.number, 'unproven')
    await joint.told()
    await joint.reopen()
    await joint.told()
    const before = await joint.view(number)
    assert.equal(before.step?.key, 'work')
    assert.deepEqual(
      notesOf(before.events).map(text => /tidak terbukti dari luar: .*closed/.test(text)),
      [true],
    )
    closed = false
    must(await joint.hosting.changes.act(row.number, { kind: 'verify' }, await joint.as('petugas')))
    await joint.reached(row.number, 'verified')
    await joint.told()
    assert.equal((await joint.view(number)).step?.key, 'report')
  })

  it('hears at the next start what was proven while nobody could tell it, at the moment of the proof', async () => {
    const number = await filed()
    await joint.toWork(number)
    const row = must(await made(number))
    await joint.reached(row.number, 'planned')
    await joint.reopen(false)
    const through = await joint.applied(row.number)
    joint.house.clock.now += 90 * MINUTE
    assert.equal((await joint.view(number)).step?.key, 'work')
    await joint.reopen()
    await joint.told()
    const worked = (await joint.view(number)).events.find(({ kind }) => kind === 'worked')
    assert.equal(worked?.at, through.change.state === 'verified' ? through.change.verifiedAt : null)
  })

  it('waits while it is paused, and ends when it goes on', async () => {
    const number = await filed()
    await joint.toWork(number)
    const row = must(await made(number))
    await joint.reached(row.number, 'planned')
    await joint.do(number, 'petugas', { kind: 'pause', reason: 'third-party', note: 'Menunggu pihak ketiga.' })
    await joint.applied(row.number)
    await joint.told()
    assert.equal((await joint.view(number)).status, 'paused')
    joint.house.clock.now += 30 * MINUTE
    await joint.do(number, 'petugas', { kind: 'resume', note: '' })
    await joint.told()
    const ticket = await joint.view(number)
    assert.equal(ticket.step?.key, 'report')
    // Not before it went on: the proof was given during the pause.
    assert.equal(ticket.events.find(({ kind }) => kind === 'worked')?.at, joint.house.clock.now)
  })

  it('lets its change go when it comes to nothing before that was begun, and the name with it', async () => {
    const number = await filed()
    await joint.toWork(number)
    const row = must(await made(number))
    await joint.reached(row.number, 'planned')
    const other = await joint.house.filed('hosting', 'pemohon', { answers: { ...HOSTED, domain: 'lain.babelprov.go.id' } })
    await joint.do(number, 'petugas', { kind: 'merge', into: other })
    await joint.told()
    assert.equal((await joint.reached(row.number, 'ended')).state, 'ended')
    assert.equal(await joint.house.records.websites.find('simpeg'), null)
  })

  it('stays at work where something is done by hand', async () => {
    const number = await filed({ dbms: 'sqlserver' })
    await joint.toWork(number)
    await joint.applied(must(await made(number)).number)
    await joint.told()
    const ticket = await joint.view(number)
    assert.equal(ticket.step?.key, 'work')
    assert.match(notesOf(ticket.events).join('\n'), /SQL Server/)
    await joint.do(number, 'petugas', { kind: 'work', note: 'SQL Server disiapkan.' })
    await joint.told()
    assert.equal((await joint.view(number)).step?.key, 'report')
  })

  it('is followed by a request for change of the website it made: drafted against it, made by one press, ended by its proof', async () => {
    const first = await filed()
    await joint.toWork(first)
    await joint.applied(must(await made(first)).number)
    await joint.told()
    await joint.close_(first)
    const pemohon = await joint.as('pemohon')
    const begun = must(
      await joint.desk.open({ service: 'hosting', kind: 'change', about: first, answers: { action: 'change', capacity: 4 } }, pemohon),
    )
    const { answers } = must(await joint.desk.view(begun.number, pemohon))
    const { items } = must(await joint.desk.attach(begun.number, paper(), { slot: 'letter', visibility: 'public' }, pemohon))
    must(await joint.desk.save(begun.number, { answers: { ...answers, documents: items.map(({ id }) => id), capacity: 4 } }, pemohon))
    const { number } = must(await joint.desk.submit(begun.number, pemohon))
    await joint.toWork(number)
    const { desk } = joint.hosting.tickets!
    const view = must(await desk.hosting(number, await joint.as('petugas')))
    assert.deepEqual([view.kind, view.website, view.purpose, view.why], ['change', 'simpeg', 'edit', null])
    assert.deepEqual(view.differences, [{ field: 'quota', was: '2048', is: '4096' }])
    const row = must(await desk.request(number, { reason: 'sesuai tiket' }, await joint.as('petugas')))
    await joint.applied(row.number)
    await joint.told()
    assert.equal((await joint.view(number)).step?.key, 'report')
    assert.equal((await joint.house.records.websites.find('simpeg'))?.wanted.quota, 4096)
    assert.equal((await joint.house.records.handovers.ofWebsite('simpeg')).length, 1, 'an old password is not handed anew')
  })
})
