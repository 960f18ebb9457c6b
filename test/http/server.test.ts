// The API over a real connection: what is answered, how errors look, who is turned away.
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { done, failed } from '../../daemon/domain/outcome.ts'
import type { Problem } from '../../daemon/http/contract.ts'
import { openMetrics } from '../../daemon/http/metrics.ts'
import { alarmRoutes } from '../../daemon/http/routes/alarms.ts'
import { deviceRoutes } from '../../daemon/http/routes/devices.ts'
import { siteRoutes } from '../../daemon/http/routes/site.ts'
import { type Front, openFront } from '../../daemon/http/server.ts'
import { SILENT } from '../../daemon/log.ts'
import { fault } from '../../daemon/store/fault.ts'
import type { DeviceView } from '../../daemon/stream/contract.ts'
import { asAnybody } from '../support/viewers.ts'

const device = (id: string, kind: DeviceView['kind'], status: DeviceView['status'] = 'up'): DeviceView => ({
  id,
  name: id.toUpperCase(),
  kind,
  address: '127.0.0.1:161',
  via: 'snmp',
  place: null,
  tenant: null,
  power: [],
  network: [],
  identity: null,
  status,
  statusSince: 0,
  why: null,
  lastSeen: null,
  points: 0,
  headline: null,
})
const devices = [device('ups-a', 'ups'), device('ups-b', 'ups', 'down'), device('sw-1', 'switch')]

describe('http', () => {
  let front: Front
  let url: string
  let folder: string
  let notReady: string | null = null
  const asked: unknown[] = []

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'suar-http-'))
    mkdirSync(join(folder, 'assets'))
    writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Suar</title>')
    writeFileSync(join(folder, 'assets', 'a.js'), '1')
    const routes = [
      ...deviceRoutes({
        devices: () => devices,
        device: id => devices.find(device => device.id === id),
        points: id => {
          if (id === 'sw-1') throw fault('full', 'The disk is full.')
          return []
        },
        point: () => undefined,
        value: () => null,
        history: async (...args) => {
          asked.push(args)
          return done({ from: args[1], to: args[2], step: 0, series: [] })
        },
        poll: async () => failed('timeout', 'The device did not answer.'),
        rediscover: async () => done({}),
        add: async device => failed('conflict', `There is already a device ${device.id}.`),
        remove: async () => done({}),
        now: () => 1_000_000_000,
      }),
      ...alarmRoutes({
        page: async query => done({ items: [], total: 0, page: query.page, size: query.size }),
        one: async () => null,
        similar: async () => [],
        acknowledge: async id => failed('notFound', `There is no alarm ${id}.`),
        comment: async () => {
          throw new Error('a bug with a secret inside')
        },
      }),
      ...siteRoutes({
        layout: () => null,
        health: () => null,
        channels: () => [],
        testChannel: async () => failed('refused', 'The mail server refused the connection.'),
        demo: () => null,
        setDemo: async () => done({}),
      }),
    ]
    front = openFront({
      routes,
      viewerOf: asAnybody,
      dashboard: folder,
      version: '1.2.3',
      figures: () => [{ name: 'suar_test', help: 'A test', values: [{ labels: { kind: 'ups' }, value: 3 }] }],
      notReady: () => notReady,
      log: SILENT,
    })
    const listening = await front.listen('127.0.0.1', 0)
    assert.ok(listening.ok)
    url = listening.value.url
  })
  after(async () => {
    await front.close()
    rmSync(folder, { recursive: true })
  })

  const get = (path: string, init: RequestInit = {}) => fetch(new URL(path, url), init)
  const post = (path: string, body: string, headers: Record<string, string> = { 'content-type': 'application/json' }) =>
    get(path, { method: 'POST', body, headers })
  const problem = async (response: Response): Promise<Problem> => {
    assert.match(response.headers.get('content-type') ?? '', /^application\/problem\+json/)
    return (await response.json()) as Problem
  }
  /** fetch keeps Host to itself, so the stranger's name goes by hand. */
  const statusFor = (headers: Record<string, string>) =>
    new Promise<number>((resolve, reject) => {
      const { hostname, port } = new URL(url)
      request({ hostname, port, path: '/api/v1/devices', headers }, response => {
        response.resume()
        resolve(response.statusCode ?? 0)
      })
        .on('error', reject)
        .end()
    })

  it('finds devices by word, kind and state, page by page', async () => {
    const list = async (query: string) => (await (await get(`/api/v1/devices${query}`)).json()) as { items: DeviceView[]; total: number }
    assert.deepEqual(
      (await list('?search=ups')).items.map(device => device.id),
      ['ups-a', 'ups-b'],
    )
    assert.deepEqual(
      (await list('?status=down')).items.map(device => device.id),
      ['ups-b'],
    )
    const second = await list('?size=2&page=2')
    assert.deepEqual([second.items.map(device => device.id), second.total], [['sw-1'], 3])
  })

  it('names the field and the reason of bad input', async () => {
    for (const [path, field] of [
      ['/api/v1/devices?size=0', 'size'],
      ['/api/v1/devices?colour=red', 'colour'],
      ['/api/v1/history?points=1;DROP', 'points'],
      ['/api/v1/history?points=1&from=5&to=4', 'from'],
      ['/api/v1/devices/NO%20SUCH', 'id'],
    ] as const) {
      const response = await get(path)
      assert.equal(response.status, 400, path)
      assert.equal((await problem(response)).errors?.[0]?.field, field)
    }
  })

  it('turns failures into problems with their status', async () => {
    const added = { id: 'ups-a', name: 'UPS', kind: 'ups', address: { host: '127.0.0.1' }, access: { via: 'snmp', version: '2c' } }
    assert.equal((await post('/api/v1/devices', JSON.stringify(added))).status, 409)
    assert.equal((await problem(await post('/api/v1/devices', JSON.stringify({ ...added, kind: 'toaster' })))).errors?.[0]?.field, 'kind')
    assert.equal((await get('/api/v1/devices/none', { method: 'DELETE' })).status, 404)
    assert.equal((await get('/api/v1/devices/ups-b', { method: 'DELETE' })).status, 200)
    assert.equal((await get('/api/v1/devices/none')).status, 404)
    assert.equal((await post('/api/v1/devices/ups-a/poll', '{}')).status, 504)
    assert.equal((await post('/api/v1/channels/mail/test', '')).status, 502)
    assert.equal((await get('/api/v1/demo')).status, 404)
    assert.match((await problem(await get('/api/v1/nothing'))).detail ?? '', /api\/docs/)
  })

  it('does not take broken or foreign bodies, and hides its own mistakes', async () => {
    assert.equal((await problem(await post('/api/v1/alarms/1/acknowledge', '{"comment":'))).detail, 'The body is not valid JSON.')
    assert.equal((await post('/api/v1/alarms/1/acknowledge', 'by=x', { 'content-type': 'application/x-www-form-urlencoded' })).status, 415)
    assert.equal((await post('/api/v1/alarms/1/acknowledge', JSON.stringify({ comment: 'y'.repeat(100_000) }))).status, 413)
    assert.deepEqual(
      (await problem(await post('/api/v1/alarms/1/comment', '{"by":"x","comment":""}'))).errors?.map(error => error.field),
      ['comment', 'by'],
    )
    const mistake = await post('/api/v1/alarms/1/comment', '{"comment":"y"}')
    assert.equal(mistake.status, 500)
    assert.doesNotMatch(JSON.stringify(await problem(mistake)), /secret/)
  })

  it('answers only under a loopback name and to its own pages', async () => {
    const { host } = new URL(url)
    assert.equal(await statusFor({ host }), 200)
    assert.equal(await statusFor({ host: 'suar.example.org' }), 403)
    assert.equal(await statusFor({ host, origin: 'http://evil.example' }), 403)
    assert.equal(await statusFor({ host, origin: 'null' }), 403)
    assert.equal(await statusFor({ host, origin: `http://${host}` }), 200)
  })

  it('serves the page under every path of it, assets for good, and no script of others', async () => {
    for (const path of ['/', '/wall', '/devices/ups-a', '/devices/10.0.0.5']) assert.match(await (await get(path)).text(), /<title>Suar/)
    assert.match((await get('/assets/a.js')).headers.get('cache-control') ?? '', /immutable/)
    for (const path of ['/assets/none.js', '/favicon.ico', '/robots.txt']) assert.equal((await get(path)).status, 404, path)
    assert.equal((await get('/../package.json')).status, 404)
    const policy = (await get('/')).headers.get('content-security-policy') ?? ''
    assert.match(policy, /script-src 'self'(;|$)/)
    assert.doesNotMatch(policy, /unsafe/)
  })

  it('tells health, readiness and metrics', async () => {
    assert.equal((await get('/healthz')).status, 200)
    notReady = 'no device has answered yet'
    assert.equal((await get('/readyz')).status, 503)
    notReady = null
    assert.equal((await get('/readyz')).status, 200)
    const metrics = await (await get('/metrics')).text()
    assert.match(metrics, /^suar_test\{kind="ups"\} 3$/m)
    assert.match(metrics, /^process_cpu_seconds_total/m)
  })

  it('tells the figures of a room that had none yet at the first scrape', async () => {
    const values: { labels: Record<string, string>; value: number }[] = []
    const metrics = openMetrics(() => [{ name: 'suar_late', help: 'Figures that come later', values }])
    assert.doesNotMatch(await metrics.scrape(), /suar_late/)
    values.push({ labels: { collector: 'snmp', figure: 'sent' }, value: 3 })
    assert.match(await metrics.scrape(), /^suar_late\{collector="snmp",figure="sent"\} 3$/m)
    values.length = 0
    assert.doesNotMatch(await metrics.scrape(), /suar_late\{/)
  })

  it('says a full disk under a room as such, and keeps what is no point from the store', async () => {
    const full = await get('/api/v1/devices/sw-1/points')
    assert.equal(full.status, 507)
    assert.match(((await full.json()) as Problem).detail ?? '', /disk is full/)
    const before = asked.length
    assert.equal((await get('/api/v1/history?points=4194305')).status, 400)
    assert.equal(asked.length, before)
  })

  it('documents every route it serves', async () => {
    const document = (await (await get('/api/openapi.json')).json()) as { openapi: string; paths: Record<string, Record<string, unknown>> }
    assert.equal(document.openapi, '3.1.0')
    assert.ok(document.paths['/api/v1/alarms/{id}/acknowledge']?.['post'])
    const page = await (await get('/api/docs')).text()
    for (const path of Object.keys(document.paths)) assert.ok(page.includes(path), `${path} is not in the docs`)
  })

  it('picks the span and the resolution of history', async () => {
    await get('/api/v1/history?points=3,4&buckets=100')
    assert.deepEqual(asked.at(-1), [[3, 4], 1_000_000_000 - 86_400_000, 1_000_000_000, 100])
  })

  it('says which port is taken and what to do', async () => {
    const second = openFront({
      routes: [],
      viewerOf: asAnybody,
      dashboard: folder,
      version: '1',
      figures: () => [],
      notReady: () => null,
      log: SILENT,
    })
    const refused = await second.listen('127.0.0.1', Number(new URL(url).port))
    assert.ok(!refused.ok)
    assert.match(refused.failure.message, /Port \d+ on 127\.0\.0\.1 is taken.*SUAR_HTTP_PORT/)
  })
})
