// Listening to others: TLS whose certificate changes under open connections, a proxy that is believed and one that is not, names that are ours.
import assert from 'node:assert/strict'
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { request as plainRequest } from 'node:http'
import { Agent, request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TLSSocket } from 'node:tls'
import { done } from '../../daemon/domain/outcome.ts'
import { openRoute, SessionAnswer } from '../../daemon/http/route.ts'
import { type Front, type Outside, openFront } from '../../daemon/http/server.ts'
import { readTls, watchTls } from '../../daemon/http/tls.ts'
import { SILENT } from '../../daemon/log.ts'
import { selfSigned } from '../support/certificate.ts'
import { suar } from '../support/cli.ts'
import { until } from '../support/daemon.ts'
import { viewer } from '../support/viewers.ts'

const NAME = 'suar.example.org'
const NOBODY: Outside = { publicUrl: null, names: [], tls: null, trusted: [] }

const routes = [
  openRoute({
    method: 'get',
    path: '/who',
    summary: 'Who asks',
    handle: async ({ caller }) => done({ address: caller.address, origin: caller.origin, credential: caller.credential }),
  }),
  openRoute({ method: 'post', path: '/in', summary: 'In', handle: async () => done(new SessionAnswer({}, { secret: 'geheim', until: 4e12 })) }),
]

describe('listening to others', () => {
  let folder: string
  let front: Front | null = null
  const files = () => ({ certificate: join(folder, 'suar.crt'), key: join(folder, 'suar.key') })
  const put = ({ certificate, key }: { certificate: string; key: string }) => {
    // As certbot does: beside it, then moved over it.
    for (const [file, text] of [
      [files().key, key],
      [files().certificate, certificate],
    ] as const) {
      writeFileSync(`${file}.new`, text)
      renameSync(`${file}.new`, file)
    }
  }
  const open = async (outside: Partial<Outside>, who = null as ReturnType<typeof viewer> | null) => {
    front = openFront({
      routes,
      viewerOf: async ({ credential }) => (credential === 'suar_token' ? who : null),
      dashboard: folder,
      version: 'outside',
      figures: () => [],
      notReady: () => null,
      log: SILENT,
      outside: { ...NOBODY, ...outside },
    })
    const listening = await front.listen('127.0.0.1', 0)
    assert.ok(listening.ok, listening.ok ? '' : listening.failure.message)
    return new URL(listening.value.url)
  }
  interface Told {
    readonly status: number
    readonly headers: Readonly<Record<string, string | string[] | undefined>>
    readonly text: string
    readonly serial: string
  }
  const ask = (
    url: URL,
    path: string,
    { method = 'GET', headers = {}, agent, ca }: { method?: string; headers?: Record<string, string>; agent?: Agent; ca?: string } = {},
  ) =>
    new Promise<Told>((resolve, reject) => {
      const secure =
        url.protocol === 'https:'
          ? { servername: NAME, ...(ca === undefined ? { rejectUnauthorized: false } : { ca }), ...(agent === undefined ? {} : { agent }) }
          : {}
      const send = url.protocol === 'https:' ? request : plainRequest
      send({ hostname: '127.0.0.1', port: url.port, path, method, headers: { host: `${NAME}:${url.port}`, ...headers }, ...secure }, response => {
        const { socket } = response
        let text = ''
        response.setEncoding('utf8').on('data', (part: string) => {
          text += part
        })
        response.on('end', () => {
          const serial = url.protocol === 'https:' ? (socket as TLSSocket).getPeerCertificate().serialNumber : ''
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text, serial })
        })
      })
        .on('error', reject)
        .end()
    })

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'suar-outside-'))
  })
  afterEach(async () => {
    await front?.close()
    front = null
    rmSync(folder, { recursive: true, force: true })
  })

  it('speaks TLS of its own, tells browsers to keep to it, and binds the cookie to it', async () => {
    const made = selfSigned(NAME)
    put(made)
    const url = await open({ tls: files(), publicUrl: `https://${NAME}` })
    assert.equal(url.protocol, 'https:')
    const answer = await ask(url, '/api/v1/in', { method: 'POST', ca: made.certificate })
    assert.equal(answer.status, 200)
    assert.match(String(answer.headers['strict-transport-security']), /^max-age=31536000/)
    assert.match(String(answer.headers['set-cookie']), /^__Host-suar-session=geheim; Path=\/; .*HttpOnly; Secure; SameSite=Strict$/)
    assert.equal(JSON.parse((await ask(url, '/api/v1/who')).text).origin, `https://${NAME}`)
  })

  it('takes no session that a neighbour under the same domain could have set', async () => {
    put(selfSigned(NAME))
    const url = await open({ tls: files(), publicUrl: `https://${NAME}` })
    const credential = async (cookie: string) => JSON.parse((await ask(url, '/api/v1/who', { headers: { cookie } })).text).credential
    assert.equal(await credential('suar-session=theirs'), null)
    assert.equal(await credential('suar-session=theirs; __Host-suar-session=mine'), 'mine')
    assert.equal(await credential('__Host-suar-session=mine; suar-session=theirs'), 'mine')
  })

  it('takes a new certificate without dropping a connection', async () => {
    const first = selfSigned(NAME)
    put(first)
    const url = await open({ tls: files(), publicUrl: `https://${NAME}` })
    const agent = new Agent({ keepAlive: true, maxSockets: 1, rejectUnauthorized: false, servername: NAME })
    try {
      const before = await ask(url, '/healthz', { agent })
      const second = selfSigned(NAME)
      put(second)
      const now = await until(
        'the new certificate',
        () => ask(url, '/healthz', { agent: new Agent({ rejectUnauthorized: false }) }),
        ({ serial }) => serial !== before.serial,
        20_000,
      )
      assert.equal(now.status, 200)
      assert.equal((await ask(url, '/healthz', { agent })).serial, before.serial, 'the open connection goes on under the old one')
    } finally {
      agent.destroy()
    }
  })

  it('keeps the old certificate while the new files do not fit each other', async () => {
    put(selfSigned(NAME))
    const told: string[] = []
    const used: unknown[] = []
    const log = { ...SILENT, warn: (_: object, message: string) => void told.push(message) }
    const watching = watchTls(files(), options => void used.push(options), log, 20)
    try {
      writeFileSync(files().key, selfSigned(NAME).key)
      await until(
        'the warning',
        async () => told.length,
        n => n > 0,
      )
      assert.match(told[0] ?? '', /cannot be used: .*The one before stays in use/s)
      assert.equal(used.length, 0)
      put(selfSigned(NAME))
      await until(
        'the new pair',
        async () => used.length,
        n => n > 0,
      )
    } finally {
      watching.close()
    }
  })

  it('has its certificate looked at by `suar check`', async () => {
    const config = join(folder, 'suar.yaml')
    writeFileSync(config, `http: { host: 0.0.0.0, publicUrl: "https://${NAME}", tls: { certificate: suar.crt, key: suar.key } }\n`)
    const missing = await suar(['check', '--config', config])
    assert.equal(missing.code, 1)
    assert.match(missing.stdout, /http\.tls: .*there is no file .*suar\.crt/)
    put(selfSigned(NAME))
    assert.equal((await suar(['check', '--config', config])).code, 0)
  })

  it('refuses to open without its certificate rather than speak in the clear', async () => {
    const read = readTls(files())
    assert.ok(!read.ok)
    assert.match(read.failure.message, /there is no file .*suar\.crt\. Check http\.tls/)
    front = openFront({
      routes: [],
      viewerOf: async () => null,
      dashboard: folder,
      version: '1',
      figures: () => [],
      notReady: () => null,
      log: SILENT,
      outside: { ...NOBODY, tls: files() },
    })
    const listening = await front.listen('127.0.0.1', 0)
    assert.ok(!listening.ok && listening.failure.kind === 'invalid')
  })

  it('answers under its names only, and to its own pages', async () => {
    const url = await open({ publicUrl: `https://${NAME}`, names: ['10.0.0.5'], trusted: ['127.0.0.1'] })
    const status = async (headers: Record<string, string>) => (await ask(url, '/api/v1/who', { headers })).status
    for (const host of [NAME, `${NAME}:443`, '10.0.0.5', 'localhost:8080', '127.0.0.1']) assert.equal(await status({ host }), 200, host)
    for (const host of ['evil.example', `evil.${NAME}`, '10.0.0.6', `${NAME}.evil.example`]) assert.equal(await status({ host }), 403, host)
    assert.equal(await status({ host: NAME, origin: `https://${NAME}` }), 200)
    // The proxy may say another Host than the browser: the page's origin is the published one.
    assert.equal(await status({ host: '127.0.0.1', origin: `https://${NAME}` }), 200)
    for (const origin of ['https://evil.example', `https://evil.${NAME}`, 'null']) assert.equal(await status({ host: NAME, origin }), 403, origin)
  })

  it('believes a named proxy about who asks, and nobody else', async () => {
    const behind = await open({ publicUrl: `https://${NAME}`, trusted: ['127.0.0.1'] })
    const addressOf = async (url: URL, headers: Record<string, string>) => JSON.parse((await ask(url, '/api/v1/who', { headers })).text).address
    assert.equal(await addressOf(behind, { 'x-forwarded-for': '203.0.113.9' }), '203.0.113.9')
    assert.equal(
      await addressOf(behind, { 'x-forwarded-for': '8.8.8.8, 203.0.113.9' }),
      '203.0.113.9',
      'what the browser wrote before the proxy counts for nothing',
    )
    const cookie = String((await ask(behind, '/api/v1/in', { method: 'POST' })).headers['set-cookie'])
    assert.match(cookie, /^__Host-suar-session=.*Secure/)
    await front?.close()
    const distrusting = await open({ publicUrl: `https://${NAME}`, trusted: ['192.0.2.1'] })
    assert.equal(await addressOf(distrusting, { 'x-forwarded-for': '203.0.113.9' }), '127.0.0.1')
    await front?.close()
    const alone = await open({})
    const through = await ask(alone, '/api/v1/who', { headers: { host: '127.0.0.1', 'x-forwarded-for': '203.0.113.9' } })
    assert.equal(through.status, 403)
    assert.match(through.text, /http\.proxy\.trusted/)
  })

  it('tells its figures on this machine, and elsewhere to who may', async () => {
    const url = await open({ publicUrl: `https://${NAME}`, trusted: ['127.0.0.1'] }, viewer('noc', { via: 'token', scopes: ['watch'] }))
    assert.equal((await ask(url, '/metrics')).status, 200)
    const far = { 'x-forwarded-for': '203.0.113.9' }
    assert.equal((await ask(url, '/metrics', { headers: far })).status, 401)
    assert.equal((await ask(url, '/metrics', { headers: { ...far, authorization: 'Bearer suar_token' } })).status, 200)
  })
})
