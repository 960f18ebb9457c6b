// What is changed stands in the trail, or is not changed: a trail that cannot be written stops every register, account, calendar and setting.
import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { openAlarms } from '../../daemon/alarm/open.ts'
import { openCalendars } from '../../daemon/desk/calendars/calendars.ts'
import { readCalendars } from '../../daemon/desk/calendars/shelf.ts'
import { openDrawer } from '../../daemon/desk/drawer.ts'
import { done, failed } from '../../daemon/domain/outcome.ts'
import { openPeopleDesk } from '../../daemon/people/registers.ts'
import { StoreFault } from '../../daemon/store/fault.ts'
import type { Records } from '../../daemon/store/records.ts'
import { viewer } from '../support/viewers.ts'
import { recordsIn, tempFolder } from './support/folder.ts'
import { must, NOON, quiet } from './support/must.ts'
import { signInOver } from './support/room-of-sign-in.ts'

const BY = { name: 'Admin', account: 99, address: '127.0.0.1' }
const KNOCK = { credential: null, address: '127.0.0.1', agent: 'test', origin: '' }
const AGENCY = { name: 'Pusat Data', short: 'PUSDA', kind: 'own' as const, address: '', phone: '', email: '' }
const SITI = { nip: null, position: '', echelon: 'none' as const, rank: '', unit: '', email: '', mobile: '', extension: '', skills: [] }

describe('the trail and what it tells of', () => {
  let folder = ''
  let records: Records
  let told = 0

  beforeEach(async () => {
    folder = tempFolder()
    records = await recordsIn(folder)
    told = 0
  })
  afterEach(() => records.close())

  /** From another connection, as a disk that fails at the worst moment would: no entry of the trail is taken any more. */
  const breakTrail = () => {
    const db = new Database(join(folder, 'records.db'))
    db.exec(`CREATE TRIGGER no_trail BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'the trail cannot be written'); END`)
    db.close()
  }
  const mendTrail = () => {
    const db = new Database(join(folder, 'records.db'))
    db.exec('DROP TRIGGER no_trail')
    db.close()
  }
  /** Everything but the trail, as it lies in the file. */
  const content = () => {
    const db = new Database(join(folder, 'records.db'), { readonly: true })
    const tables = db.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '%_fts%'`).pluck()
    const all = tables.all().map(name => [name, db.prepare(`SELECT * FROM "${String(name)}"`).all()])
    db.close()
    return all
  }
  const people = () =>
    openPeopleDesk({
      kept: records.people,
      hasAccount: async () => true,
      audit: records.audit,
      clock: () => NOON,
      changed: () => void told++,
    })
  const room = () => signInOver(records)
  const calendars = async () =>
    must(await openCalendars({ books: records.calendars, trail: records.audit, shipped: must(readCalendars()), clock: () => NOON }))

  it('changes nothing that the trail could not tell, in any room', async () => {
    const registers = people()
    const agency = must(await registers.organisations.add(AGENCY, BY))
    const siti = must(await registers.people.add({ ...SITI, name: 'Siti Rahma', organisation: agency.id }, BY))
    const other = must(await registers.people.add({ ...SITI, name: 'Budi', organisation: agency.id }, BY))
    const { accounts, signIn, own, links } = room()
    const { id, link } = must(await accounts.add(BY, { login: 'siti', person: siti.id }))
    must(await links.use(new URL(link).searchParams.get('code') ?? '', { password: 'kata sandi yang panjang' }, KNOCK))
    const [session] = [must(await signIn.open(id, 'password', false, KNOCK)).session]
    const mine = { ...viewer('officer'), account: id, person: siti.id, provenAt: NOON }
    const at = await calendars()
    const drawer = openDrawer({
      shelf: records.desk.shelf,
      people: records.people,
      together: records.desk.together,
      note: async (who, action, subject, detail) => done(await records.audit.append(who.name, action, subject, detail)),
    })
    const template = must(await drawer.saveTemplate(mine, { name: 'Salam', text: 'Selamat pagi' }))
    const reset = must(await accounts.reset(BY, id)).link
    must(await links.use(new URL(reset).searchParams.get('code') ?? '', { password: 'kata sandi yang lain' }, KNOCK))
    const open = must(await accounts.add(BY, { login: 'budi', person: other.id })).link
    assert.ok(session)

    const before = content()
    const telling = told
    breakTrail()
    const role = { role: 'admin' as const, organisation: null, position: null, kind: 'definitive' as const, from: null, until: null, decree: '' }
    const tries: Readonly<Record<string, () => Promise<unknown>>> = {
      'a role is given': () => registers.offices.add({ ...role, person: siti.id }, BY),
      'a person is changed': () => registers.people.change(siti.id, { ...SITI, name: 'Siti R.', organisation: agency.id }, BY),
      'a person leaves': () => registers.people.remove(other.id, BY),
      'an account is renamed': () => accounts.rename(BY, id, 'rahma'),
      'an account is reset': () => accounts.reset(BY, id),
      'an account is retired': () => accounts.retire(BY, id),
      'a token is made': () => accounts.addToken(BY, id, { name: 'grafana', scopes: ['watch'], days: null }),
      'somebody signs in': () => signIn.open(id, 'password', false, KNOCK),
      'somebody is refused': () => signIn.withPassword('siti', 'salah', false, KNOCK),
      'a link is used': () => links.use(new URL(open).searchParams.get('code') ?? '', { password: 'kata sandi yang panjang' }, KNOCK),
      'codes are made anew': () => own.freshRecovery(mine, KNOCK),
      'a language is set': () => own.settings(mine, { language: 'en' }, KNOCK),
      'a day is closed': () =>
        at.except('desk', '2026-11-25', { kind: 'closed', date: '2026-11-25', reason: 'Pilkada' }, { by: 'Admin', reason: 'Pilkada', base: 1 }),
      'a template is written': () => drawer.saveTemplate(mine, { name: 'Salam', text: 'Selamat siang' }),
      'a template goes': () => drawer.removeTemplate(mine, template.id),
      'a view is saved': () => drawer.saveView(mine, { name: 'Milik saya', query: 'view=mine' }),
    }
    for (const [what, work] of Object.entries(tries)) {
      await assert.rejects(work(), StoreFault, what)
      assert.deepEqual(content(), before, what)
    }
    assert.equal(told, telling, 'nobody is told of what did not happen')
    assert.equal(at.one('desk')?.version, 1, 'nor does the desk reckon with it')
  })

  it('keeps what was done to an alarm until the trail can tell it, and shows it to nobody before', async () => {
    const alarms = await openAlarms({
      store: records.alarms,
      outbox: records.outbox,
      channels: new Map(),
      settings: { limits: [], recipients: [] },
      clock: () => NOON,
      log: quiet,
    })
    alarms.system('disk', { severity: 'warning', text: { id: 'Disk hampir penuh', en: 'The disk is nearly full' } })
    await alarms.flush()
    const [alarm] = alarms.open()
    const before = content()
    breakTrail()
    const done = await alarms.acknowledge(alarm?.id ?? 0, 'Rangga', 'sedang dilihat', { account: 7 })
    assert.equal(done.ok ? '' : done.failure.kind, 'busy')
    assert.deepEqual(content(), before)
    assert.equal(alarms.open()[0]?.acknowledged, null)
    mendTrail()
    assert.ok(await alarms.flush())
    assert.equal(alarms.open()[0]?.acknowledged?.by, 'Rangga')
    const entries = await records.audit.page({ size: 10, action: 'alarm.acknowledge' })
    assert.deepEqual(
      entries.map(({ actor, subject, detail }) => [actor, subject, detail]),
      [['Rangga', String(alarm?.id), { comment: 'sedang dilihat', account: 7 }]],
      'once',
    )
    await alarms.close()
  })

  it('tells of every comment on an alarm and every refused sign-in that there is, and of no other, whenever the daemon is killed', async function () {
    this.timeout(60_000)
    await records.close()
    const script = fileURLToPath(new URL('./support/doer.ts', import.meta.url))
    for (let round = 0; round < 4; round++) {
      const child = fork(script, [folder, String(round)], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
      await new Promise<void>(resolve => child.on('message', (i: number) => (i >= 15 + round * 7 ? resolve() : undefined)))
      child.kill('SIGKILL')
      await once(child, 'exit')
    }
    records = await recordsIn(folder)
    const said = async (action: string) => (await records.audit.page({ size: 1_000, action })).length
    const [alarm] = await records.alarms.open()
    const comments = alarm?.notes.filter(({ kind }) => kind === 'comment').length ?? 0
    assert.equal(await said('alarm.comment'), comments)
    assert.ok(comments >= 15 * 4)
    const db = new Database(join(folder, 'records.db'), { readonly: true })
    const counted = db.prepare(`SELECT count(*) FROM tries WHERE key LIKE 'login:%'`).pluck().get()
    db.close()
    assert.equal(await said('session.refused'), counted)
    assert.ok((await records.audit.verify()).ok)
  })

  it('tells what was changed, in the order of the changes, when nothing fails', async () => {
    const registers = people()
    const agency = must(await registers.organisations.add(AGENCY, BY))
    const names = Array.from({ length: 20 }, (_, i) => `Orang ${i}`)
    await Promise.all(names.map(async name => must(await registers.people.add({ ...SITI, name, organisation: agency.id }, BY))))
    const entries = await records.audit.page({ size: 50, action: 'person' })
    const kept = await records.people.persons.all()
    assert.deepEqual(
      entries.map(({ subject, detail }) => [subject, (detail as { id: number }).id]).reverse(),
      kept.map(({ name, id }) => [name, id]),
    )
    assert.ok((await records.audit.verify()).ok)
  })

  it('gives up what ends in a failure, and what was within it; the database is free for the next', async () => {
    const { together } = records.audit
    const outcome = await together(async () => {
      await records.settings.set('one', 1)
      const inner = await together(async () => {
        await records.settings.set('two', 2)
        return failed('invalid', 'not this one')
      })
      assert.equal(inner.ok, false)
      assert.equal(await records.settings.get('two'), undefined, 'the inner one is undone already')
      assert.equal(await records.settings.get('one'), 1)
      return failed('conflict', 'nor the other')
    })
    assert.equal(outcome.ok || outcome.failure.message, 'nor the other')
    assert.equal(await records.settings.get('one'), undefined)
    must(await together(async () => done(await records.settings.set('one', 3))))
    assert.equal(await records.settings.get('one'), 3)
  })

  it('keeps others out of it until it is over, and lets go what it did not wait for', async () => {
    const { together } = records.audit
    const gate = Promise.withResolvers<void>()
    const late = Promise.withResolvers<void>()
    let straggler: Promise<void> = Promise.resolve()
    const unit = together(async () => {
      await records.settings.set('unit', 'written')
      straggler = late.promise.then(() => records.settings.set('straggler', 'written'))
      await gate.promise
      return failed('invalid', 'given up')
    })
    const outside = records.settings.get('unit')
    gate.resolve()
    assert.equal((await unit).ok, false)
    assert.equal(await outside, undefined, 'read after it was given up, not from within')
    late.resolve()
    await straggler
    assert.equal(await records.settings.get('straggler'), 'written')
  })
})
