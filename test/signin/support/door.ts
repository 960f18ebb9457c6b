// The real door: records in a folder of their own, the reception, the front and the live line on a free port, and a clock that the test turns.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { io, type Socket } from 'socket.io-client'
import { Config } from '../../../daemon/config.ts'
import type { SessionView } from '../../../daemon/domain/signin.ts'
import { allowing } from '../../../daemon/http/guard.ts'
import { guardOf, type Outside, openFront } from '../../../daemon/http/server.ts'
import { SILENT } from '../../../daemon/log.ts'
import { openReception } from '../../../daemon/reception.ts'
import { type Hasher, openHasher } from '../../../daemon/signin/hasher.ts'
import { openRecords, type Records } from '../../../daemon/store/records.ts'
import { openHub } from '../../../daemon/stream/hub.ts'
import { openModel } from '../../../daemon/stream/model.ts'

/** A thousandth of what a real hash costs: what it costs is tested apart. */
export const CHEAP = { memory: 64, passes: 1 }
/** One for all doors of a file. */
export const HASHER: Hasher = { ...openHasher(), close: async () => undefined }

export interface Answer<T = Record<string, unknown>> {
  readonly status: number
  readonly body: T
  readonly headers: Headers
}

export type Door = Awaited<ReturnType<typeof openDoor>>

export async function openDoor(settings: Record<string, unknown> = {}, outside: Partial<Outside> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'suar-door-'))
  let now = Date.UTC(2026, 10, 20, 3)
  const clock = () => now
  const opened = await openRecords({ folder, log: SILENT, clock })
  assert.ok(opened.ok)
  const records: Records = opened.value
  const config = Config.parse({ data: folder, ...settings })
  let url = ''
  const reception = await openReception({ config, records, clock, log: SILENT, base: () => url, hashing: { cost: CHEAP, hasher: HASHER } })
  const all: Outside = { publicUrl: null, names: [], tls: null, trusted: [], ...outside }
  const front = openFront({
    routes: reception.routes,
    viewerOf: reception.viewerOf,
    dashboard: folder,
    version: 'test',
    figures: () => [],
    notReady: () => null,
    log: SILENT,
    outside: all,
  })
  const model = openModel('door')
  const hub = openHub({ http: front.server, model, epoch: 'door', clock, log: SILENT, allowed: allowing(guardOf(all)), viewerOf: reception.peek })
  let reviewed = Promise.resolve()
  reception.onChange(() => {
    reviewed = hub.review()
  })
  const listening = await front.listen('127.0.0.1', 0)
  assert.ok(listening.ok, listening.ok ? '' : listening.failure.message)
  url = listening.value.url.replace(/\/$/, '')

  /** A browser: keeps its session cookie. `name`: under which it finds us, instead of the address. */
  const browser = (given: { readonly token?: string; readonly origin?: string; readonly name?: string } = {}) => {
    const base = given.name === undefined ? url : url.replace('127.0.0.1', given.name)
    let cookie: string | null = null
    const ask = async <T = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<Answer<T>> => {
      const response = await fetch(`${base}/api/v1${path}`, {
        method,
        redirect: 'manual',
        headers: {
          ...(cookie === null ? {} : { cookie }),
          ...(given.token === undefined ? {} : { authorization: `Bearer ${given.token}` }),
          ...(given.origin === undefined ? {} : { origin: given.origin }),
          ...(body === undefined || body instanceof FormData ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) }),
      })
      const set = response.headers.getSetCookie().find(one => /^(__Host-)?suar-session=/.test(one))
      if (set !== undefined) cookie = /session=;/.test(set) ? null : (set.split(';')[0] ?? null)
      const text = await response.text()
      return {
        status: response.status,
        headers: response.headers,
        body: (/\bjson\b/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : text) as T,
      }
    }
    return {
      ask,
      get: <T = Record<string, unknown>>(path: string) => ask<T>('GET', path),
      post: <T = Record<string, unknown>>(path: string, body: unknown = {}) => ask<T>('POST', path, body),
      remove: (path: string) => ask('DELETE', path),
      session: async () => (await ask<SessionView>('GET', '/session')).body,
      cookie: () => cookie,
      line: (): Socket =>
        io(url, { transports: ['websocket'], forceNew: true, reconnection: false, extraHeaders: cookie === null ? {} : { cookie } }),
    }
  }

  return {
    url,
    folder,
    records,
    reception,
    hub,
    browser,
    now: clock,
    later: (ms: number) => {
      now += ms
    },
    /** The answer to the last change has reached the open pages. */
    reviewed: () => reviewed,
    async close() {
      await Promise.all([front.close(), hub.close()])
      await reception.close()
      await records.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export type Browser = ReturnType<Door['browser']>

export const PASSWORD = 'katak biru melompat'

/** The first account, by the link that the start prints. */
export async function setUp(door: Door): Promise<Browser> {
  const link = await door.reception.setupLink()
  assert.ok(link !== null)
  const admin = door.browser()
  const made = await admin.post('/setup', { code: new URL(link).searchParams.get('code'), login: 'ibu.admin', name: 'Ibu Admin', password: PASSWORD })
  assert.deepEqual([made.status, made.body], [200, { next: 'done' }])
  return admin
}

/** Another person with an account, signed in. */
export async function admit(door: Door, admin: Browser, login: string, role: string, organisation: number | null = null): Promise<Browser> {
  const person = await admin.post<{ id: number }>('/people', { name: `Orang ${login}`, organisation: 1 })
  assert.equal(person.status, 200, JSON.stringify(person.body))
  assert.equal((await admin.post('/offices', { person: person.body.id, role, organisation })).status, 200)
  const account = await admin.post<{ link: string }>('/accounts', { login, person: person.body.id })
  assert.equal(account.status, 200, JSON.stringify(account.body))
  const browser = door.browser()
  const first = await browser.post('/setup', { code: new URL(account.body.link).searchParams.get('code'), password: PASSWORD })
  assert.equal(first.status, 200, JSON.stringify(first.body))
  return browser
}
