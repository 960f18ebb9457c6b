// Signing in, over real connections: the first account, second factors, what strangers learn (nothing), and how sessions end.
import assert from 'node:assert/strict'
import { readFileSync, statSync } from 'node:fs'
import { generateSync } from 'otplib'
import type { Socket } from 'socket.io-client'
import type { OwnAccount, OwnSession, SignInAnswer } from '../../daemon/domain/signin.ts'
import { softAuthenticator } from './support/authenticator.ts'
import { admit, type Browser, type Door, openDoor, PASSWORD, setUp } from './support/door.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** What a screen of the NOC may: watch the hardware and the premises. */
const WATCHING = [
  ...['watch.read', 'watch.export', 'channel.read', 'metrics.read'],
  ...['place.export', 'plant.read', 'visit.read', 'door.read', 'timeline.read', 'care.read', 'host.read'],
]

interface Asked {
  readonly flow: string
  readonly options: { readonly challenge: string }
}

const heard = (line: Socket, what: 'connect' | 'disconnect') => new Promise<void>(resolve => void line.once(what, () => resolve()))

describe('sign-in', () => {
  let door: Door
  let admin: Browser
  const codeNow = (secret: string) => generateSync({ secret, epoch: Math.floor(door.now() / 1000) })
  const signIn = async (login: string, password = PASSWORD) => {
    const browser = door.browser()
    const answer = await browser.post<SignInAnswer>('/session', { login, password })
    return { browser, answer }
  }
  /** The pass for the second factor. */
  const halfWay = async (login: string) => {
    const { browser, answer } = await signIn(login)
    assert.ok(answer.status === 200 && answer.body.next === 'code', JSON.stringify(answer.body))
    return { browser, pass: answer.body.pass, methods: answer.body.methods }
  }
  const enrol = async (browser: Browser) => {
    const begun = await browser.post<{ secret: string; uri: string }>('/account/totp')
    assert.equal(begun.status, 200, JSON.stringify(begun.body))
    const confirmed = await browser.post<{ recovery: string[] }>('/account/totp/confirm', { code: codeNow(begun.body.secret) })
    assert.equal(confirmed.status, 200, JSON.stringify(confirmed.body))
    return { ...begun.body, recovery: confirmed.body.recovery }
  }

  beforeEach(async () => {
    door = await openDoor()
    admin = await setUp(door)
  })
  afterEach(() => door.close())

  it('makes the first account by its link, once, and none without it', async () => {
    const view = await admin.session()
    assert.deepEqual([view.viewer?.login, view.viewer?.roles, view.setup], ['ibu.admin', ['admin'], false])
    assert.equal(await door.reception.setupLink(), null)
    const again = await door.browser().post('/setup', { code: 'x'.repeat(43), login: 'eve', name: 'Eve', password: PASSWORD })
    assert.equal(again.status, 404)
  })

  it('takes the link of the first account away after a day, and when a newer one was made', async () => {
    const empty = await openDoor()
    try {
      const codeOf = async () => new URL((await empty.reception.setupLink()) ?? '').searchParams.get('code')
      const first = await codeOf()
      const second = await codeOf()
      const browser = empty.browser()
      assert.equal((await browser.session()).setup, true)
      assert.equal((await browser.post('/setup/look', { code: first })).status, 404)
      assert.deepEqual((await browser.post('/setup/look', { code: second })).body, { kind: 'setup', login: null })
      // What was typed wrongly does not cost the link.
      const weak = await browser.post<{ detail: string }>('/setup', { code: second, login: 'ani', name: 'Ani', password: 'rahasia123' })
      assert.equal(weak.status, 400)
      empty.later(DAY + 1)
      assert.equal((await browser.post('/setup', { code: second, login: 'ani', name: 'Ani', password: PASSWORD })).status, 404)
    } finally {
      await empty.close()
    }
  })

  it('tells a stranger the same of a login that exists and of one that does not', async () => {
    const wrong = await signIn('ibu.admin', 'not the password')
    const nobody = await signIn('nobody.here', 'not the password')
    assert.deepEqual([wrong.answer.status, wrong.answer.body], [nobody.answer.status, nobody.answer.body])
    assert.equal(wrong.answer.status, 403)
    for (let i = 0; i < 5; i++) {
      await signIn('ibu.admin', `wrong ${i}`)
      await signIn('nobody.here', `wrong ${i}`)
    }
    const [shut, shutToo] = [await signIn('ibu.admin', 'wrong'), await signIn('nobody.here', 'wrong')]
    assert.deepEqual([shut.answer.status, shutToo.answer.status], [429, 429])
    assert.deepEqual(shut.answer.body, shutToo.answer.body)
    assert.ok(Number(shut.answer.headers.get('retry-after')) > 0)
    // Even the right password waits: who guesses must not learn that it was.
    assert.equal((await signIn('ibu.admin')).answer.status, 429)
    door.later(16 * MINUTE)
    assert.equal((await signIn('ibu.admin')).answer.status, 200)
  })

  it('lets an admin unlock at once, and writes what happened into the trail', async () => {
    const officer = await admit(door, admin, 'ani', 'officer')
    assert.equal((await officer.session()).viewer?.login, 'ani')
    for (let i = 0; i < 6; i++) await signIn('ani', `wrong ${i}`)
    const { items } = (await admin.get<{ items: { id: number; lockedUntil: number | null }[] }>('/accounts?search=ani')).body
    assert.ok((items[0]?.lockedUntil ?? 0) > door.now())
    assert.equal((await admin.post(`/accounts/${items[0]?.id}/unlock`)).status, 200)
    assert.equal((await signIn('ani')).answer.status, 200)
    const trail = (await admin.get<{ items: { action: string; subject: string; detail: object }[] }>('/audit?search=ani')).body.items
    const actions = new Set(trail.map(({ action }) => action))
    for (const action of ['account.add', 'account.password', 'session.refused', 'session.locked', 'account.unlock', 'session.open'])
      assert.ok(actions.has(action), `${action} is not in the trail`)
    assert.ok(!JSON.stringify(trail).includes(PASSWORD) && !JSON.stringify(trail).includes('wrong 1'))
  })

  it('asks for the second factor, takes no code twice, and no recovery code either', async () => {
    const { secret, uri, recovery } = await enrol(admin)
    assert.match(uri, /^otpauth:\/\/totp\/Suar:ibu\.admin\?.*secret=/)
    assert.equal(new Set(recovery).size, 10)
    const used = codeNow(secret)
    const first = await halfWay('ibu.admin')
    assert.deepEqual(first.methods, ['totp', 'recovery'])
    assert.equal((await first.browser.get('/account')).status, 401, 'half-way is not in')
    assert.equal((await first.browser.post('/session/code', { pass: first.pass, code: used })).status, 403, 'the code that enrolled it is used up')
    door.later(30_000)
    const fresh = codeNow(secret)
    assert.equal((await first.browser.post('/session/code', { pass: first.pass, code: fresh })).status, 200)
    assert.equal((await first.browser.get('/account')).status, 200)
    const second = await halfWay('ibu.admin')
    assert.equal((await second.browser.post('/session/code', { pass: second.pass, code: fresh })).status, 403)
    // One step late is in time, two are not.
    door.later(60_000)
    const late = codeNow(secret)
    door.later(30_000)
    assert.equal((await second.browser.post('/session/code', { pass: second.pass, code: late })).status, 200)
    const third = await halfWay('ibu.admin')
    const [code = ''] = recovery
    assert.equal((await third.browser.post('/session/code', { pass: third.pass, code: code.toUpperCase().replace('-', ' ') })).status, 200)
    const fourth = await halfWay('ibu.admin')
    assert.equal((await fourth.browser.post('/session/code', { pass: fourth.pass, code })).status, 403)
    assert.equal((await third.browser.get<OwnAccount>('/account')).body.recoveryLeft, 9)
  })

  it('voids the pass after some wrong codes, and after five minutes', async () => {
    const { secret } = await enrol(admin)
    door.later(MINUTE)
    const guesser = await halfWay('ibu.admin')
    for (let i = 0; i < 4; i++) assert.equal((await guesser.browser.post('/session/code', { pass: guesser.pass, code: '000000' })).status, 403)
    const slow = await halfWay('ibu.admin')
    await guesser.browser.post('/session/code', { pass: guesser.pass, code: '000000' })
    door.later(20 * MINUTE)
    for (const { browser, pass } of [guesser, slow]) assert.equal((await browser.post('/session/code', { pass, code: codeNow(secret) })).status, 409)
  })

  it('takes a passkey as both factors, made for one name only', async () => {
    // The page was reached under an address: addresses have no passkeys.
    assert.equal((await admin.session()).methods.passkey, false)
    assert.equal((await admin.post('/account/passkeys/options')).status, 400)

    const origin = door.url.replace('127.0.0.1', 'localhost')
    const named = door.browser({ name: 'localhost' })
    assert.equal((await named.post('/session', { login: 'ibu.admin', password: PASSWORD })).status, 200)
    assert.equal((await named.session()).methods.passkey, true)
    const key = softAuthenticator(origin)
    const begun = await named.post<Asked>('/account/passkeys/options')
    const made = await named.post<{ recovery: string[] }>('/account/passkeys', {
      name: 'Telepon',
      flow: begun.body.flow,
      response: key.register(begun.body.options),
    })
    assert.deepEqual([made.status, made.body.recovery.length], [200, 10])
    assert.equal(
      (await named.post('/account/passkeys', { name: 'Lagi', flow: begun.body.flow, response: key.register(begun.body.options) })).status,
      409,
    )

    // Without a password, by nothing but the passkey.
    const fresh = door.browser({ name: 'localhost' })
    const ask = async (pass?: string) => (await fresh.post<Asked>('/session/passkey/options', pass === undefined ? {} : { pass })).body
    const asked = await ask()
    const unverified = key.answer(asked.options, { verified: false })
    assert.equal((await fresh.post('/session/passkey', { flow: asked.flow, response: unverified })).status, 403, 'a finger or a PIN is part of it')
    const second = await ask()
    const answer = key.answer(second.options)
    assert.equal((await fresh.post('/session/passkey', { flow: second.flow, response: answer })).status, 200)
    assert.equal((await fresh.session()).viewer?.login, 'ibu.admin')
    assert.equal((await fresh.post('/session/passkey', { flow: second.flow, response: answer })).status, 409, 'a challenge is answered once')

    // A copy whose counter is behind, a page of another site, a key that nobody knows.
    key.forget()
    const third = await ask()
    assert.equal((await fresh.post('/session/passkey', { flow: third.flow, response: key.answer(third.options) })).status, 403)
    for (const stranger of [softAuthenticator('http://localhost.evil.example'), softAuthenticator(origin)]) {
      const next = await ask()
      assert.equal((await fresh.post('/session/passkey', { flow: next.flow, response: stranger.answer(next.options) })).status, 403)
    }
    // With the password it is the second factor.
    const { methods } = await halfWay('ibu.admin')
    assert.deepEqual(methods, ['passkey', 'recovery'])
    const { passkeys } = (await named.get<OwnAccount>('/account')).body
    assert.deepEqual([passkeys[0]?.name, passkeys[0]?.usedAt], ['Telepon', door.now()])
    assert.equal((await named.remove(`/account/passkeys/${passkeys[0]?.id}`)).status, 200)
    assert.equal((await signIn('ibu.admin')).answer.body.next, 'done')
  })

  it('ends a session that sleeps, one that is too old, and one that is signed out', async () => {
    assert.equal((await admin.get('/account')).status, 200)
    door.later(7 * HOUR)
    assert.equal((await admin.get('/account')).status, 200, 'a request keeps it awake')
    door.later(7 * HOUR)
    assert.equal((await admin.get('/account')).status, 200)
    door.later(8 * HOUR + MINUTE)
    assert.equal((await admin.get('/account')).status, 401)

    const { browser } = await signIn('ibu.admin')
    for (let i = 0; i < 4; i++) {
      door.later(5 * HOUR)
      assert.equal((await browser.get('/account')).status, 200)
    }
    door.later(4 * HOUR + MINUTE)
    assert.equal((await browser.get('/account')).status, 401, 'after a day it ends whatever happens')

    const last = await signIn('ibu.admin')
    const cookie = last.browser.cookie()
    assert.equal((await last.browser.remove('/session')).status, 200)
    assert.equal(last.browser.cookie(), null)
    const thief = await fetch(`${door.url}/api/v1/account`, { headers: { cookie: cookie ?? '' } })
    assert.equal(thief.status, 401, 'the cookie of a session that ended opens nothing')
  })

  it('keeps a wall for weeks, which may watch and nothing else', async () => {
    await admit(door, admin, 'noc', 'noc')
    const wall = door.browser()
    assert.equal((await wall.post('/session', { login: 'noc', password: PASSWORD, wall: true })).status, 200)
    door.later(29 * DAY)
    const view = await wall.session()
    assert.deepEqual(view.permissions, WATCHING)
    assert.equal((await wall.get('/account')).status, 403)
    door.later(2 * DAY)
    assert.equal((await wall.session()).viewer, null)
  })

  it('lists sessions and ends them, and their live lines at once', async () => {
    const other = (await signIn('ibu.admin')).browser
    const line = other.line()
    await heard(line, 'connect')
    const mine = admin.line()
    await heard(mine, 'connect')
    const { items } = (await admin.get<{ items: OwnSession[] }>('/account/sessions')).body
    assert.equal(items.length, 2)
    const strange = items.find(({ current }) => !current)
    const cut = heard(line, 'disconnect')
    assert.equal((await admin.remove(`/account/sessions/${strange?.id}`)).status, 200)
    await cut
    await door.reviewed()
    assert.ok(mine.connected)
    assert.equal((await other.get('/account')).status, 401)
    assert.equal((await admin.remove(`/account/sessions/${strange?.id}`)).status, 404)
    mine.close()
  })

  it('turns a live line away that nobody is signed in on', async () => {
    const line = door.browser().line()
    const [error] = await new Promise<[Error]>(resolve => line.on('connect_error', error => resolve([error])))
    assert.equal(error.message, 'signedOut')
  })

  it('changes a password only with the old one, and then ends all other sessions', async () => {
    const other = (await signIn('ibu.admin')).browser
    assert.equal((await admin.post('/account/password', { old: 'not it at all', new: 'ombak kecil di pantai' })).status, 403)
    assert.equal((await admin.post('/account/password', { old: PASSWORD, new: 'ibu.admin-2026' })).status, 400)
    assert.equal((await admin.post('/account/password', { old: PASSWORD, new: 'ombak kecil di pantai' })).status, 200)
    assert.equal((await admin.get('/account')).status, 200)
    assert.equal((await other.get('/account')).status, 401)
    assert.equal((await signIn('ibu.admin')).answer.status, 403)
    assert.equal((await signIn('ibu.admin', 'ombak kecil di pantai')).answer.status, 200)
  })

  it('lets nobody by who must change the first password, or lacks a second factor that is required', async () => {
    const strict = await openDoor({ signin: { secondFactor: 'required' } })
    try {
      const chief = await setUp(strict)
      assert.equal((await chief.session()).viewer?.pending, 'secondFactor')
      const refused = await chief.get<{ type: string }>('/accounts')
      assert.deepEqual([refused.status, refused.body.type], [403, 'urn:suar:pending'])
      const begun = await chief.post<{ secret: string }>('/account/totp')
      await chief.post('/account/totp/confirm', { code: generateSync({ secret: begun.body.secret, epoch: Math.floor(strict.now() / 1000) }) })
      assert.equal((await chief.session()).viewer?.pending, null)
      assert.equal((await chief.get('/accounts')).status, 200)
      const noc = await admit(strict, chief, 'noc', 'noc')
      assert.equal((await noc.session()).viewer?.pending, null, 'who only watches needs none')
    } finally {
      await strict.close()
    }
  })

  it('asks for a fresh proof before the account is opened wider', async () => {
    door.later(6 * MINUTE)
    const stale = await admin.post<{ type: string }>('/account/totp')
    assert.deepEqual([stale.status, stale.body.type], [403, 'urn:suar:unproven'])
    assert.equal((await admin.post('/session/prove', { password: 'not it at all' })).status, 403)
    assert.equal((await admin.post('/session/prove', { password: PASSWORD })).status, 200)
    assert.equal((await admin.post('/account/totp')).status, 200)
  })

  it('resets an account: nothing of what it had opens anything any more', async () => {
    const officer = await admit(door, admin, 'ani', 'officer')
    await enrol(officer)
    const token = await officer.post<{ token: string }>('/account/tokens', { name: 'script', scopes: ['watch'], days: null })
    const { items } = (await admin.get<{ items: { id: number }[] }>('/accounts?search=ani')).body
    const reset = await admin.post<{ link: string }>(`/accounts/${items[0]?.id}/reset`)
    assert.equal((await officer.get('/account')).status, 401)
    assert.equal((await door.browser({ token: token.body.token }).session()).viewer, null)
    assert.equal((await signIn('ani')).answer.status, 403)
    const again = door.browser()
    const code = new URL(reset.body.link).searchParams.get('code')
    assert.deepEqual((await again.post('/setup/look', { code })).body, { kind: 'reset', login: 'ani' })
    assert.equal((await again.post('/setup', { code, password: 'ombak kecil di pantai' })).status, 200)
    assert.equal((await again.post('/setup', { code, password: 'ombak besar di pantai' })).status, 404)
    assert.equal((await signIn('ani', 'ombak kecil di pantai')).answer.body.next, 'done', 'and no second factor is left')
  })

  it('follows offices: a stand-in has the chair for those days only, and a page that is open learns it', async () => {
    const officer = await admit(door, admin, 'budi', 'approver')
    const { person } = (await officer.session()).viewer ?? { person: 0 }
    const from = door.now() + 2 * DAY
    const office = { person, role: 'approver', position: 'kabid', kind: 'plh', from, until: from + 5 * DAY, decree: 'SP 800/1' }
    assert.equal((await admin.post('/offices', office)).status, 200)
    assert.deepEqual((await officer.session()).viewer?.positions, [])
    door.later(2 * DAY)
    const back = (await signIn('budi')).browser
    assert.deepEqual((await back.session()).viewer?.positions, ['kabid'])
    const line = back.line()
    await heard(line, 'connect')
    door.later(5 * DAY + 1)
    const cut = heard(line, 'disconnect')
    await door.hub.review()
    await cut
    const after = (await signIn('budi')).browser
    assert.deepEqual((await after.session()).viewer?.positions, [])
  })

  it('never leaves the house without an admin, nor lets one saw off the own branch', async () => {
    const me = (await admin.session()).viewer
    const { items } = (await admin.get<{ items: { id: number }[] }>(`/offices?person=${me?.person}`)).body
    assert.equal((await admin.remove(`/offices/${items[0]?.id}`)).status, 409)
    assert.equal((await admin.remove(`/people/${me?.person}`)).status, 409)
    assert.equal((await admin.remove(`/accounts/${me?.account}`)).status, 409)
  })

  it('retires an account: its login is nobody’s after', async () => {
    const officer = await admit(door, admin, 'ani', 'officer')
    const line = officer.line()
    await heard(line, 'connect')
    const { items } = (await admin.get<{ items: { id: number; person: number }[] }>('/accounts?search=ani')).body
    const cut = heard(line, 'disconnect')
    assert.equal((await admin.remove(`/accounts/${items[0]?.id}`)).status, 200)
    await cut
    assert.equal((await officer.get('/account')).status, 401)
    assert.equal((await signIn('ani')).answer.status, 403)
    assert.equal((await admin.post('/accounts', { login: 'ani', person: 1 })).status, 409)
  })

  it('gives tokens what they were made for, of what their person may, for as long as they were made', async () => {
    const noc = await admit(door, admin, 'noc', 'noc')
    const made = await noc.post<{ token: string; id: number }>('/account/tokens', { name: 'prometheus', scopes: ['watch', 'audit'], days: 30 })
    assert.match(made.body.token, /^suar_/)
    const program = door.browser({ token: made.body.token })
    const view = await program.session()
    assert.deepEqual(view.permissions, WATCHING, 'audit is not the NOC’s')
    assert.equal((await program.post('/account/tokens', { name: 'more', scopes: ['admin'] })).status, 403)
    const listed = (await noc.get<{ items: { usedAt: number | null }[] }>('/account/tokens')).body
    assert.equal(listed.items[0]?.usedAt, door.now())
    assert.ok(!JSON.stringify(listed).includes(made.body.token))
    door.later(31 * DAY)
    assert.equal((await program.session()).viewer, null)
    const kept = JSON.stringify(await door.records.tokens.ofAccount((await door.records.accounts.byLogin('noc'))?.id ?? 0))
    assert.ok(!kept.includes(made.body.token.slice(5)))
  })

  it('lets nobody make a token that acts in the name of another; whoever acts by one is known by it', async () => {
    await admit(door, admin, 'kabid', 'approver')
    const { items } = (await admin.get<{ items: { id: number }[] }>('/accounts?search=kabid')).body
    const path = `/accounts/${items[0]?.id}/tokens`
    for (const scope of ['desk.act', 'watch.act', 'admin']) {
      const refused = await admin.post<{ detail: string }>(path, { name: 'disposisi', scopes: ['desk', scope] })
      assert.equal(refused.status, 403, scope)
      assert.match(refused.body.detail, /in the name of kabid/)
    }
    assert.deepEqual(await door.records.tokens.ofAccount(items[0]?.id ?? 0), [])
    const reading = await admin.post<{ token: string }>(path, { name: 'laporan', scopes: ['desk'] })
    assert.equal(reading.status, 200)
    assert.deepEqual((await door.browser({ token: reading.body.token }).session()).permissions.includes('ticket.dispose'), false)

    const own = await admin.post<{ token: string }>('/account/tokens', { name: 'impor', scopes: ['admin'], days: 1 })
    const program = door.browser({ token: own.body.token })
    assert.equal((await program.post('/people', { name: 'Orang Baru', organisation: 1 })).status, 200)
    const [entry] = await door.records.audit.page({ size: 1, action: 'person.add' })
    const detail = entry?.detail as { via?: string; token?: string } | undefined
    assert.deepEqual([detail?.via, detail?.token], ['token', 'impor'])
  })

  it('lets the machine’s own commands in by the key of the data folder', async () => {
    const file = `${door.folder}/control.key`
    assert.equal(statSync(file).mode & 0o777, 0o600)
    const command = door.browser({ token: readFileSync(file, 'utf8').trim() })
    assert.deepEqual((await command.session()).viewer?.roles, ['admin'])
    assert.equal((await door.reception.viewerOf({ credential: readFileSync(file, 'utf8').trim(), address: '10.0.0.7' }))?.roles, undefined)
  })
})
