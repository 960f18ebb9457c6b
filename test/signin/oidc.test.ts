// Signing in by an identity provider: a real one, and what it must not be talked into.
import assert from 'node:assert/strict'
import { generateSecret, generateSync } from 'otplib'
import { type Browser, type Door, openDoor, setUp } from './support/door.ts'
import { type RunningProvider, startProvider } from './support/provider.ts'

const SECRET = 'a-secret-between-the-two'

describe('sign-in by an identity provider', () => {
  let door: Door
  let admin: Browser
  let provider: RunningProvider

  /** The door's port is known only when it is open, the provider's only when it runs: the door is opened twice on the way. */
  const start = async (create: 'nobody' | 'requester') => {
    const issuer = { is: '' }
    const settings = {
      get signin() {
        return { oidc: { name: 'SSO', issuer: issuer.is, clientId: 'suar', clientSecret: SECRET, create } }
      },
    }
    provider = await startProvider({ redirect: 'https://suar.example.org/api/v1/session/oidc/back', secret: SECRET })
    issuer.is = provider.issuer
    door = await openDoor(settings, { publicUrl: 'https://suar.example.org' })
    admin = await setUp(door)
  }
  afterEach(async () => {
    await door.close()
    await provider.close()
  })

  /** What a browser keeps between leaving and coming back. */
  const leave = async (to = '/tickets') => {
    const response = await fetch(`${door.url}/api/v1/session/oidc?to=${encodeURIComponent(to)}`, { redirect: 'manual' })
    assert.equal(response.status, 303)
    const flow = response.headers.getSetCookie().find(cookie => /suar-flow=/.test(cookie)) ?? ''
    assert.match(flow, /HttpOnly/)
    assert.match(flow, /Secure/)
    assert.match(flow, /SameSite=Lax/)
    return { url: response.headers.get('location') ?? '', flow: flow.split(';')[0] ?? '' }
  }
  const comeBack = async (url: string, flow: string) => {
    const { pathname, search } = new URL(url)
    const response = await fetch(`${door.url}${pathname}${search}`, { redirect: 'manual', headers: { cookie: flow } })
    const session = response.headers
      .getSetCookie()
      .find(cookie => /suar-session=./.test(cookie))
      ?.split(';')[0]
    return { status: response.status, to: decodeURIComponent(response.headers.get('location') ?? ''), session }
  }
  const whole = async (to?: string) => {
    const { url, flow } = await leave(to)
    return await comeBack(await provider.walk(url), flow)
  }
  const who = async (session: string | undefined) => {
    const response = await fetch(`${door.url}/api/v1/session`, { headers: { cookie: session ?? '' } })
    return ((await response.json()) as { viewer: { login: string; roles: string[]; organisations: unknown[] } | null }).viewer
  }
  const person = async (email: string, login: string | null) => {
    const made = await admin.post<{ id: number }>('/people', { name: `Orang ${email}`, organisation: 1, email })
    await admin.post('/offices', { person: made.body.id, role: 'officer' })
    if (login !== null) assert.equal((await admin.post('/accounts', { login, person: made.body.id })).status, 200)
  }

  it('knows a person by the address that the provider has verified, and by its name for them ever after', async () => {
    await start('nobody')
    assert.deepEqual((await admin.session()).oidc, { name: 'SSO' })
    await person('Ani@example.org', 'ani')
    provider.is({ sub: 'a-17', email: 'ani@EXAMPLE.org', email_verified: true, name: 'Ani' })
    const first = await whole('/tickets?view=mine')
    assert.deepEqual([first.status, first.to], [303, '/tickets?view=mine'])
    assert.equal((await who(first.session))?.login, 'ani')
    // She marries and writes under another name; the provider still knows her.
    provider.is({ sub: 'a-17', email: 'ani.baru@example.org', email_verified: true })
    assert.equal((await who((await whole()).session))?.login, 'ani')
    // Whoever gets the old address later is somebody else.
    provider.is({ sub: 'b-18', email: 'other@example.org', email_verified: true })
    assert.match((await whole()).to, /^\/\?signin=refused&detail=You are not known here yet/)
  })

  it('does not believe an address that was not verified, nor one that two people have', async () => {
    await start('nobody')
    await person('budi@example.org', 'budi')
    await person('twin@example.org', 'twin1')
    await person('twin@example.org', 'twin2')
    provider.is({ sub: 'x-1', email: 'budi@example.org', email_verified: false })
    const unverified = await whole()
    assert.equal(unverified.session, undefined)
    assert.match(unverified.to, /has not verified/)
    provider.is({ sub: 'x-2', email: 'twin@example.org', email_verified: true })
    assert.match((await whole()).to, /Several people/)
    provider.is({ sub: 'x-3' })
    assert.match((await whole()).to, /has not verified/)
  })

  it('makes nobody an account, unless that is wished; and then only a requester of nothing', async () => {
    await start('requester')
    provider.is({ sub: 'n-1', email: 'baru@example.org', email_verified: true, name: 'Orang Baru' })
    const viewer = await who((await whole()).session)
    assert.deepEqual([viewer?.login, viewer?.roles, viewer?.organisations], ['baru@example.org', ['requester'], []])
    // A person who is known but may not sign in is not let in by this door either.
    await person('tamu@example.org', null)
    provider.is({ sub: 'n-2', email: 'tamu@example.org', email_verified: true })
    assert.equal((await whole()).session, undefined)
  })

  it('takes no answer that was not asked for in this browser, none twice, and none that was changed', async () => {
    await start('nobody')
    await person('ani@example.org', 'ani')
    provider.is({ sub: 'a-17', email: 'ani@example.org', email_verified: true })
    const { url, flow } = await leave()
    const back = await provider.walk(url)
    assert.match((await comeBack(back, '')).to, /^\/\?signin=late/, 'somebody else’s browser')
    const other = await leave()
    assert.match((await comeBack(back, other.flow)).to, /^\/\?signin=refused/, 'the state of another sign-in')
    const good = await comeBack(back, flow)
    assert.equal((await who(good.session))?.login, 'ani')
    assert.match((await comeBack(back, flow)).to, /^\/\?signin=late/, 'twice')
    const third = await leave()
    const forged = new URL(await provider.walk(third.url))
    forged.searchParams.set('code', 'made-up')
    assert.match((await comeBack(forged.href, third.flow)).to, /^\/\?signin=refused/)
    const fourth = await leave()
    const denied = new URL(await provider.walk(fourth.url))
    denied.search = `?error=access_denied&state=${denied.searchParams.get('state')}&iss=${encodeURIComponent(provider.issuer)}`
    assert.match((await comeBack(denied.href, fourth.flow)).to, /^\/\?signin=refused/)
  })

  it('sends the browser to pages of its own only', async () => {
    await start('nobody')
    await person('ani@example.org', 'ani')
    provider.is({ sub: 'a-17', email: 'ani@example.org', email_verified: true })
    for (const evil of ['//evil.example', 'https://evil.example', '/\\evil.example', 'javascript:alert(1)', '/x\r\nset-cookie: a=b'])
      assert.equal((await whole(evil)).to, '/')
  })

  it('says so when the provider cannot be reached, and asks it again when it is back', async () => {
    await start('nobody')
    const elsewhere = await openDoor({ signin: { oidc: { name: 'SSO', issuer: 'http://127.0.0.1:1', clientId: 'suar' } } })
    try {
      const response = await fetch(`${elsewhere.url}/api/v1/session/oidc`, { redirect: 'manual' })
      assert.match(response.headers.get('location') ?? '', /^\/\?signin=unreachable/)
    } finally {
      await elsewhere.close()
    }
  })

  it('asks for the account’s own second factor, unless the provider says that it has asked for two', async () => {
    await start('nobody')
    await person('ani@example.org', 'ani')
    provider.is({ sub: 'a-17', email: 'ani@example.org', email_verified: true })
    assert.ok((await whole()).session, 'who has none comes in')
    const account = (await door.records.accounts.byLogin('ani'))?.id ?? 0
    const secret = generateSecret()
    await door.records.accounts.setTotp(account, secret)
    const codeNow = () => generateSync({ secret, epoch: Math.floor(door.now() / 1000) })

    for (const amr of [undefined, ['pwd'], ['otp', 'mfa-not']]) {
      provider.is({ sub: 'a-17', email: 'ani@example.org', email_verified: true, ...(amr === undefined ? {} : { amr }) })
      const half = await whole('/tickets?view=mine')
      assert.equal(half.session, undefined, String(amr))
      assert.match(half.to, /^\/tickets\?view=mine#code=/)
      const said = new URLSearchParams(half.to.split('#')[1])
      assert.equal(said.get('methods'), 'totp')
      const browser = door.browser()
      const pass = said.get('code')
      assert.equal((await browser.post('/session/code', { pass, code: '000000' })).status, 403)
      assert.equal((await browser.session()).viewer, null)
      assert.equal((await browser.post('/session/code', { pass, code: codeNow() })).status, 200)
      assert.equal((await browser.session()).viewer?.login, 'ani')
      assert.equal((await door.browser().post('/session/code', { pass, code: codeNow() })).status, 409, 'once')
      door.later(60_000)
    }
    const [entry] = await door.records.audit.page({ size: 1, action: 'session.open' })
    assert.equal((entry?.detail as { by: string } | undefined)?.by, 'identity provider, totp')

    provider.is({ sub: 'a-17', email: 'ani@example.org', email_verified: true, amr: ['pwd', 'otp', 'mfa'] })
    const twice = await whole()
    assert.deepEqual([twice.to, (await who(twice.session))?.login], ['/tickets', 'ani'])
  })

  it('does not let a retired account back in', async () => {
    await start('nobody')
    await person('ani@example.org', 'ani')
    provider.is({ sub: 'a-17', email: 'ani@example.org', email_verified: true })
    assert.ok((await whole()).session)
    const { items } = (await admin.get<{ items: { id: number }[] }>('/accounts?search=ani')).body
    await admin.remove(`/accounts/${items[0]?.id}`)
    assert.equal((await whole()).session, undefined)
  })
})
