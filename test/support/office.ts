// A whole house as an agency runs it: its own people with passwords, and a clock the test turns. No demonstration.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContextOptions } from 'playwright-core'
import { io, type Socket } from 'socket.io-client'
import { Config } from '../../daemon/config.ts'
import type { TicketAction } from '../../daemon/domain/ticket-action.ts'
import type { TicketView } from '../../daemon/domain/ticket-view.ts'
import { openHouse } from '../../daemon/house.ts'
import { SILENT } from '../../daemon/log.ts'
import { openPage, type Watched } from './browser.ts'

/** A thousandth of what a real hash costs: what it costs is tested apart. */
const CHEAP = { memory: 64, passes: 1 }
const dashboard = fileURLToPath(new URL('../../dist/dashboard/', import.meta.url))

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
/** `wib('2026-11-20 09:00')`, in the desk's time. */
export const wib = (text: string): number => Date.parse(`${text.replace(' ', 'T')}:00+07:00`)

export const PASSWORD = 'katak biru melompat tinggi'

export interface Answer<T> {
  readonly status: number
  readonly body: T
  readonly headers: Headers
}

export interface Somebody {
  readonly login: string
  readonly person: number
  readonly account: number
  /** The session's cookie: name=value. */
  readonly cookie: string
  ask<T = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<Answer<T>>
  get<T = Record<string, unknown>>(path: string): Promise<T>
  post<T = Record<string, unknown>>(path: string, body?: unknown): Promise<T>
  /** Octets of a file. */
  file(path: string): Promise<Buffer>
  ticket(number: string): Promise<TicketView>
  act(number: string, action: TicketAction): Promise<TicketView>
  upload(number: string, name: string, content: Uint8Array | string, fields?: Record<string, string>): Promise<number>
  prove(): Promise<void>
  line(): Socket
  /** A page of a browser of one's own, signed in. */
  page(browser: Browser, options?: BrowserContextOptions, expected?: RegExp): Promise<Watched>
}

interface Cast {
  readonly login: string
  readonly name: string
  readonly nip: string | null
  readonly position: string
  readonly echelon?: string
  readonly rank?: string
  readonly in: number
  readonly unit: string
  readonly offices: readonly { readonly role: string; readonly position?: string }[]
}

const HOME = 1
/** Organisations in the order they are entered; the first is the agency itself. */
const OFFICES = [
  { name: 'Badan Kepegawaian dan Pengembangan Sumber Daya Manusia Daerah', short: 'BKPSDMD', kind: 'agency' },
  { name: 'Dinas Kesehatan', short: 'Dinkes', kind: 'agency' },
] as const

const PEOPLE: readonly Cast[] = [
  { login: 'kadis', name: 'Drs. H. Surya Wibawa, M.Si.', nip: '196808121994031004', position: 'Kepala Dinas Komunikasi dan Informatika', echelon: 'II', rank: 'Pembina Utama Muda (IV/c)', in: HOME, unit: '', offices: [{ role: 'approver', position: 'kadis' }] },
  { login: 'kabid', name: 'Ir. Ratna Puspita, M.T.', nip: '197204151998032003', position: 'Kepala Bidang e-Government dan Statistik', echelon: 'III', rank: 'Pembina (IV/a)', in: HOME, unit: 'Bidang e-Government dan Statistik', offices: [{ role: 'approver', position: 'kabid' }] },
  { login: 'prakom', name: 'Bagas Pranoto, S.Kom., M.Kom.', nip: '198301202009041002', position: 'Pranata Komputer Ahli Madya', in: HOME, unit: 'Bidang e-Government dan Statistik', offices: [{ role: 'approver', position: 'prakom' }] },
  { login: 'statistisi', name: 'Dewi Anggraini, S.Si., M.Stat.', nip: '198507092010012005', position: 'Statistisi Ahli Muda', in: HOME, unit: 'Bidang e-Government dan Statistik', offices: [{ role: 'approver', position: 'statistisi' }] },
  { login: 'petugas', name: 'Rizky Ramadhan, S.Kom.', nip: '199105172015031001', position: 'Pranata Komputer Ahli Pertama', in: HOME, unit: 'Bidang e-Government dan Statistik', offices: [{ role: 'officer', position: 'petugas' }] },
  { login: 'petugas2', name: 'Siti Maimunah, A.Md.Kom.', nip: '199308222016032002', position: 'Pranata Komputer Terampil', in: HOME, unit: 'Bidang e-Government dan Statistik', offices: [{ role: 'officer', position: 'petugas' }] },
  { login: 'auditor', name: 'Hendra Gunawan, S.E., Ak.', nip: '197911052005011006', position: 'Auditor Ahli Muda', in: HOME, unit: 'Inspektorat', offices: [{ role: 'auditor' }] },
  { login: 'pemohon', name: 'Hj. Mariana Lestari, S.Sos., M.A.P.', nip: '197605242001122001', position: 'Kepala Bidang Pengadaan dan Informasi Kepegawaian', echelon: 'III', in: 2, unit: 'Bidang Pengadaan dan Informasi Kepegawaian', offices: [{ role: 'requester' }] },
  { login: 'dinkes', name: 'dr. Lukman Hakim, M.Kes.', nip: '197403182002121003', position: 'Sekretaris Dinas Kesehatan', echelon: 'III', in: 3, unit: 'Sekretariat', offices: [{ role: 'requester' }] },
] // biome-ignore format: a person is a line

export type Office = Awaited<ReturnType<typeof openOffice>>

/** `now`: where its clock stands at first; it runs on with the machine's. Sessions last, so that weeks may pass in a test, unless `settings` says otherwise. */
export async function openOffice({ now = wib('2026-11-20 09:00'), settings = {} }: { now?: number; settings?: Record<string, unknown> } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'suar-office-'))
  let ahead = now - Date.now()
  const clock = (): number => Date.now() + ahead
  const config = Config.parse({ data: folder, http: { port: 0 }, signin: { idle: '300d', absolute: '300d' }, ...settings })
  const opened = await openHouse({ config, env: {}, clock, log: SILENT, version: 'test', dashboard, hashing: { cost: CHEAP } })
  assert.ok(opened.ok, opened.ok ? '' : opened.failure.message)
  const house = opened.value
  const url = house.url.replace(/\/$/, '')

  async function send(cookie: string | null, method: string, path: string, body?: unknown): Promise<Response> {
    return fetch(`${url}/api/v1${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(cookie === null ? {} : { cookie }),
        ...(body === undefined || body instanceof FormData ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) }),
    })
  }

  function somebody(login: string, person: number, account: number, cookie: string): Somebody {
    const ask = async <T>(method: string, path: string, body?: unknown): Promise<Answer<T>> => {
      const response = await send(cookie, method, path, body)
      const text = await response.text()
      return {
        status: response.status,
        body: (text === '' ? {} : /json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : text) as T,
        headers: response.headers,
      }
    }
    const right = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
      const answer = await ask<T>(method, path, body)
      assert.ok(
        answer.status === 200,
        `${login}: ${method} ${path} ${JSON.stringify(body)?.slice(0, 300)} → ${answer.status} ${JSON.stringify(answer.body)}`,
      )
      return answer.body
    }
    return {
      login,
      person,
      account,
      cookie,
      ask,
      get: path => right('GET', path),
      post: (path, body = {}) => right('POST', path, body),
      async file(path) {
        const response = await send(cookie, 'GET', path)
        assert.equal(response.status, 200, `${login}: ${path}`)
        return Buffer.from(await response.arrayBuffer())
      },
      ticket: number => right('GET', `/tickets/${number}`),
      act: (number, action) => right('POST', `/tickets/${number}/do`, action),
      async upload(number, name, content, fields = {}) {
        const form = new FormData()
        for (const [key, value] of Object.entries(fields)) form.append(key, value)
        form.append('file', new Blob([typeof content === 'string' ? content : Uint8Array.from(content)]), name)
        const { items } = await right<{ items: { id: number }[] }>('POST', `/tickets/${number}/attachments`, form)
        return items[0]?.id ?? 0
      },
      prove: async () => void (await right('POST', '/session/prove', { password: PASSWORD })),
      line: () => io(url, { transports: ['websocket'], forceNew: true, reconnection: false, extraHeaders: { cookie } }),
      async page(browser, options = {}, expected) {
        const watched = await openPage(browser, options, expected)
        const [name = '', value = ''] = cookie.split(/=(.*)/s)
        await watched.page.context().addCookies([{ name, value, url }])
        return watched
      },
    }
  }

  const cookieOf = (response: Response): string =>
    response.headers
      .getSetCookie()
      .find(one => one.startsWith('suar-session='))
      ?.split(';')[0] ?? ''
  const linked = async (link: string, given: object): Promise<string> => {
    const response = await send(null, 'POST', '/setup', { code: new URL(link).searchParams.get('code'), password: PASSWORD, ...given })
    assert.equal(response.status, 200, await response.text())
    return cookieOf(response)
  }

  // The first account by the link the start prints; everybody else by the admin.
  assert.ok(house.setup !== null)
  const first = await linked(house.setup, { login: 'admin', name: 'Yoga Pratama, S.Kom.', organisation: 'Dinas Komunikasi dan Informatika' })
  const admin = somebody('admin', 1, 1, first)
  for (const given of OFFICES)
    await admin.post('/organisations', { ...given, address: 'Komplek Perkantoran Pemerintah Provinsi', email: 'pd@demo.example' })
  const people = new Map<string, Somebody>([['admin', admin]])
  async function admit({ login, offices, in: organisation, ...rest }: Cast): Promise<Somebody> {
    const person = await admin.post<{ id: number }>('/people', { ...rest, organisation, email: `${login}@demo.example`, mobile: '081200000001' })
    for (const { role, position = null } of offices)
      await admin.post('/offices', { person: person.id, role, position, organisation: role === 'requester' ? organisation : null })
    const account = await admin.post<{ id: number; link: string }>('/accounts', { login, person: person.id })
    const made = somebody(login, person.id, account.id, await linked(account.link, {}))
    people.set(login, made)
    return made
  }
  await Promise.all(PEOPLE.map(admit))

  return {
    url,
    folder,
    house,
    clock,
    admin,
    admit,
    /** Turns the clock to a moment, or on by so many milliseconds; back too. */
    turnTo: (at: number): void => {
      ahead = at - Date.now()
    },
    later: (ms: number): void => {
      ahead += ms
    },
    as(login: string): Somebody {
      const found = people.get(login)
      assert.ok(found, `nobody is called ${login}`)
      return found
    },
    /** Signs these in anew: their sessions have ended, or soon will. */
    async again(...logins: readonly string[]): Promise<void> {
      for (const login of logins) {
        const was = people.get(login)
        const response = await send(null, 'POST', '/session', { login, password: PASSWORD })
        assert.equal(response.status, 200, await response.text())
        people.set(login, somebody(login, was?.person ?? 0, was?.account ?? 0, cookieOf(response)))
      }
    },
    /** A browser's fetch without any sign-in. */
    stranger: (method: string, path: string, body?: unknown): Promise<Response> => send(null, method, path, body),
    async close(): Promise<void> {
      await house.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
