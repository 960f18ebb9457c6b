// The demonstration with its people: signed in one by one over the API, as a test of a whole house has them.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TicketAction } from '../../daemon/domain/ticket-action.ts'
import type { TicketView } from '../../daemon/domain/ticket-view.ts'
import { openPage } from './browser.ts'
import { controlKey, type Daemon, dataFolder, freshDemonstration, startDaemon } from './daemon.ts'
import type { Answer, Office, Somebody } from './office.ts'

/** What stories ask of an office, where the clock is the machine's own. */
export type Played = Pick<Office, 'url' | 'as' | 'clock'> & {
  readonly daemon: Daemon
  /** Breaks or mends, opens or plugs in something. */
  play(scenario: string, active: boolean): Promise<void>
  close(): Promise<void>
}

type Signed = Somebody & { readonly name: string }

async function signIn(url: string, login: string): Promise<Signed> {
  const session = await fetch(`${url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ demo: login }),
  })
  assert.equal(session.status, 200, await session.text())
  const cookie = session.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const send = (method: string, at: string, body?: unknown) =>
    fetch(`${url}/api/v1${at}`, {
      method,
      headers: { cookie, ...(body === undefined || body instanceof FormData ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) }),
    })
  const ask = async <T>(method: string, at: string, body?: unknown): Promise<Answer<T>> => {
    const response = await send(method, at, body)
    const text = await response.text()
    return { status: response.status, headers: response.headers, body: (text === '' ? {} : JSON.parse(text)) as T }
  }
  const right = async <T>(method: string, at: string, body?: unknown): Promise<T> => {
    const answer = await ask<T>(method, at, body)
    assert.equal(answer.status, 200, `${login}: ${method} ${at} → ${answer.status} ${JSON.stringify(answer.body)}`)
    return answer.body
  }
  const { viewer } = await right<{ viewer: { person: number; account: number; name: string } }>('GET', '/session')
  return {
    login,
    name: viewer.name,
    person: viewer.person,
    account: viewer.account,
    cookie,
    ask,
    get: at => right('GET', at),
    post: (at, body = {}) => right('POST', at, body),
    async file(at) {
      const response = await send('GET', at)
      assert.equal(response.status, 200, at)
      return Buffer.from(await response.arrayBuffer())
    },
    ticket: number => right<TicketView>('GET', `/tickets/${number}`),
    act: (number, action: TicketAction) => right<TicketView>('POST', `/tickets/${number}/do`, action),
    async upload(number, name, content, fields = {}) {
      const form = new FormData()
      for (const [key, value] of Object.entries(fields)) form.append(key, value)
      form.append('file', new Blob([typeof content === 'string' ? content : Uint8Array.from(content)]), name)
      const { items } = await right<{ items: { id: number }[] }>('POST', `/tickets/${number}/attachments`, form)
      return items[0]?.id ?? 0
    },
    // Signed in a moment ago: that is proof enough.
    prove: async () => undefined,
    line: () => assert.fail('a line is opened by a page'),
    async page(browser, options = {}, expected) {
      const watched = await openPage(browser, options, expected)
      const [name = '', value = ''] = cookie.split(/=(.*)/s)
      await watched.page.context().addCookies([{ name, value, url }])
      return watched
    },
  }
}

/** `logins`: who takes part. `settings`: a settings file's text. */
export async function openDemonstration<Login extends string>(
  logins: readonly Login[],
  settings = '',
): Promise<Omit<Played, 'as'> & { as(login: string): Signed; again(login: Login): Promise<Signed> }> {
  const data = dataFolder()
  const config = join(data.path, 'suar.yaml')
  writeFileSync(config, settings)
  const daemon = await startDaemon({ data: data.path, env: freshDemonstration(), ...(settings === '' ? {} : { config }) })
  const url = daemon.url.replace(/\/$/, '')
  const people = new Map<string, Signed>()
  for (const login of logins) people.set(login, await signIn(url, login))
  return {
    url,
    daemon,
    clock: Date.now,
    as: login => people.get(login) ?? assert.fail(`${login} takes no part`),
    /** Signed in anew, and with that proven anew. */
    async again(login) {
      const signed = await signIn(url, login)
      people.set(login, signed)
      return signed
    },
    async play(scenario, active) {
      const { ok, status } = await fetch(`${url}/api/v1/demo/${scenario}`, {
        method: 'POST',
        headers: { cookie: `suar-session=${controlKey(daemon)}`, 'content-type': 'application/json' },
        body: JSON.stringify({ active }),
      })
      assert.ok(ok, `${scenario}: ${status}`)
    },
    async close() {
      await daemon.kill()
      data.remove()
    },
  }
}
