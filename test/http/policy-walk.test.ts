// A walk past every door there is: each route and each topic asked by each role, by nobody, by who must first do something, and by tokens.
// The routes are found, not listed: one that is added tomorrow is walked tomorrow.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { io } from 'socket.io-client'
import { done } from '../../daemon/domain/outcome.ts'
import { ROLES, type Viewer } from '../../daemon/domain/people.ts'
import { may, PERMISSIONS, type Permission, RULES, SCOPES } from '../../daemon/domain/policy.ts'
import type { Route } from '../../daemon/http/route.ts'
import { type Front, openFront } from '../../daemon/http/server.ts'
import { SILENT } from '../../daemon/log.ts'
import type { RowTopic } from '../../daemon/stream/contract.ts'
import { type Hub, openHub } from '../../daemon/stream/hub.ts'
import { openModel } from '../../daemon/stream/model.ts'
import { ROW_NEEDS, rowFeed } from '../../daemon/stream/rows.ts'
import { tenancyFeed } from '../../daemon/stream/tenancy.ts'
import { ticketFeed } from '../../daemon/stream/tickets.ts'
import { timelineFeed } from '../../daemon/stream/timeline.ts'
import { trailFeed } from '../../daemon/stream/trail.ts'
import { viewer } from '../support/viewers.ts'

/** A desk of any shape: every question to it is noted and answered with nothing; every part of it is such a desk again. */
function noting(notes: string[], path = ''): unknown {
  return new Proxy(() => undefined, {
    get: (_, name) => (name === 'then' || typeof name === 'symbol' ? undefined : noting(notes, path === '' ? name : `${path}.${name}`)),
    apply: () => {
      notes.push(path)
      return Promise.resolve({ ok: true, value: {} })
    },
  })
}

/** What every file of routes makes when it is given desks that only note. */
async function everyRoute(notes: string[]): Promise<Route[]> {
  const folder = resolve(import.meta.dirname, '../../daemon/http/routes')
  const routes: Route[] = []
  for (const file of readdirSync(folder)) {
    const made = Object.entries((await import(join(folder, file))) as Record<string, unknown>).filter(
      (entry): entry is [string, (...desks: unknown[]) => Route[]] => /Routes$/.test(entry[0]) && typeof entry[1] === 'function',
    )
    assert.ok(made.length > 0, `${file} makes no routes: nothing of it is walked`)
    for (const [, make] of made) routes.push(...make(noting(notes), noting(notes), noting(notes)))
  }
  return routes
}

/** Everybody that can stand before a door. */
const VISITORS: Readonly<Record<string, Viewer | null>> = {
  nobody: null,
  ...Object.fromEntries(ROLES.map(role => [role, viewer(role)])),
  'requester of nothing': viewer('requester', { organisations: [] }),
  'admin who must change the password': viewer('admin', { pending: 'password' }),
  'officer who lacks the second factor': viewer('officer', { pending: 'secondFactor' }),
  'token without a scope': viewer('admin', { via: 'token', scopes: [] }),
  ...Object.fromEntries(SCOPES.map(scope => [`token for ${scope}`, viewer('admin', { via: 'token', scopes: [scope] })])),
  'wall of the NOC': viewer('noc', { scopes: ['watch'] }),
  'somebody without a role': viewer('noc', { roles: [] }),
}

/** What anybody may reach, because it is how one comes in or proves something without being anybody. */
const OPEN = /^\/(session(\/(code|passkey|passkey\/options|oidc|oidc\/back))?|setup(\/look)?|verify\/:code|hooks\/.*)$/

describe('the policy', () => {
  const notes: string[] = []
  let routes: Route[] = []
  let front: Front
  let url = ''
  let asks: Viewer | null = null

  before(async () => {
    routes = await everyRoute(notes)
    front = openFront({
      routes,
      viewerOf: async () => asks,
      dashboard: tmpdir(),
      version: 'walk',
      figures: () => [],
      notReady: () => null,
      log: SILENT,
    })
    const listening = await front.listen('127.0.0.1', 0)
    assert.ok(listening.ok)
    url = listening.value.url
  })
  after(() => front.close())

  const knock = async ({ method, path, takes }: Route): Promise<number> => {
    notes.length = 0
    const filled = path.replace(/:(number)/g, 'T-2026-0001').replace(/:(\w+)/g, '1')
    const body = new FormData()
    body.append('file', new Blob(['x']), 'x.csv')
    const sent = method === 'get' ? {} : takes === 'files' ? { body } : { body: '{}', headers: { 'content-type': 'application/json' } }
    const response = await fetch(`${url}api/v1${filled}`, { method, redirect: 'manual', ...sent })
    await response.arrayBuffer()
    return response.status
  }

  it('has found the routes, and each names a permission that exists', () => {
    assert.ok(routes.length > 90, `${routes.length} routes`)
    const wrong = routes.filter(({ needs }) => needs !== 'anybody' && !PERMISSIONS.includes(needs))
    assert.deepEqual(
      wrong.map(({ path }) => path),
      [],
    )
  })

  it('leaves open only how one comes in, and what verifies itself', () => {
    const open = routes.filter(({ needs }) => needs === 'anybody').map(({ path }) => path)
    assert.deepEqual(
      open.filter(path => !OPEN.test(path)),
      [],
    )
  })

  for (const [name, who] of Object.entries(VISITORS)) {
    it(`stops ${name} at every door that is not theirs, before anything behind it is asked`, async () => {
      asks = who
      for (const route of routes) {
        if (route.needs === 'anybody') continue
        const status = await knock(route)
        const door = `${route.method.toUpperCase()} ${route.path} (${route.needs})`
        if (may(who, route.needs)) assert.ok(status !== 401 && status !== 429, `${door} answers ${name} with ${status}`)
        else {
          assert.equal(status, who === null ? 401 : 403, `${door} answers ${name}`)
          assert.deepEqual(notes, [], `${door} asked its desk for ${name}`)
        }
      }
    })
  }

  it('lets auditors change nothing but how they themselves sign in', () => {
    const auditor = viewer('auditor')
    // One's own saved views; a form that is only looked over; and the two doors behind which the desk asks for each action by itself.
    const theirs = /^(post \/views|delete \/views\/:id|post \/services\/:key\/check|post \/tickets\/(bulk|:number\/do))$/
    const changing = routes.filter(({ method, needs }) => method !== 'get' && needs !== 'anybody' && needs !== 'account.own' && may(auditor, needs))
    assert.deepEqual(
      changing.map(({ method, path }) => `${method} ${path}`).filter(door => !theirs.test(door)),
      [],
    )
  })

  it('shows requesters nothing of the hardware, of other people, of the trail, and no inner workings of the desk', () => {
    const requester = viewer('requester')
    const forbidden: readonly RegExp[] = [
      /^watch\./,
      /^alarm\./,
      /^device\./,
      /^channel\./,
      /^metrics\./,
      /^demo\./,
      /^people\./,
      /^account\.manage$/,
      /^audit\./,
      /^agenda\./,
    ]
    const inner: readonly Permission[] = ['ticket.internal', 'ticket.work', 'ticket.dispose', 'ticket.override', 'ticket.export', 'calendar.manage']
    for (const permission of PERMISSIONS)
      if (inner.includes(permission) || forbidden.some(pattern => pattern.test(permission)))
        assert.equal(may(requester, permission), false, permission)
    // What requesters have at all is of their own organisations only.
    for (const permission of PERMISSIONS.filter(permission => /^(ticket|document)\./.test(permission) && may(requester, permission))) {
      assert.ok('scoped' in RULES[permission], `${permission} is not bound to organisations`)
      assert.equal(may(requester, permission, { organisation: 7 }), true)
      assert.equal(may(requester, permission, { organisation: 8 }), false)
      assert.equal(may(requester, permission, { organisation: null }), false)
    }
  })

  it('gives who is pending nothing but the way out of it', () => {
    for (const pending of ['password', 'secondFactor'] as const)
      for (const role of ROLES)
        assert.deepEqual(
          PERMISSIONS.filter(permission => may(viewer(role, { pending }), permission)),
          ['account.own'],
        )
  })

  it('lets a token of everybody with every scope do no more than its person', () => {
    for (const role of ROLES)
      for (const permission of PERMISSIONS)
        assert.equal(may(viewer(role, { via: 'token', scopes: SCOPES }), permission), may(viewer(role), permission), `${role} ${permission}`)
  })

  it('carries no topic of the live line to whom it is not for', async () => {
    const http = createServer().listen(0, '127.0.0.1')
    await once(http, 'listening')
    const model = openModel('walk')
    let follows: Viewer | null = null
    const askedFor: Viewer[] = []
    const desk = {
      changed: async () => [],
      view: async (_number: string, who: Viewer) => {
        askedFor.push(who)
        return null
      },
      onChange: () => () => undefined,
    }
    let trailAsked = 0
    const entry = { seq: 1, at: 1, actor: 'admin', action: 'session.open', subject: 'admin', detail: null, hash: '0'.repeat(64) }
    const trail = {
      head: async () => entry,
      page: async () => {
        trailAsked++
        return [entry]
      },
    }
    const rowTopics = Object.keys(ROW_NEEDS) as RowTopic[]
    const rowsFor: Viewer[] = []
    const rows = rowTopics.map(topic =>
      rowFeed({
        topic,
        all: async who => {
          rowsFor.push(who)
          return new Map()
        },
        some: async () => new Map(),
        onChange: () => () => undefined,
      }),
    )
    const tenants: Viewer[] = []
    const tenancy = {
      view: async (who: Viewer) => {
        tenants.push(who)
        return { racks: [], stays: [] }
      },
    }
    let happeningsAsked = 0
    const happenings = {
      async since() {
        happeningsAsked++
        return done({ facts: [], from: 0, to: 1, more: false, span: null, during: [] })
      },
      onChange: () => () => undefined,
    }
    const feeds = [ticketFeed(desk), trailFeed(trail), tenancyFeed(tenancy), timelineFeed(happenings), ...rows]
    const viewerOf = async () => follows
    const hub: Hub = openHub({ http, model, epoch: 'walk', clock: Date.now, log: SILENT, allowed: () => true, viewerOf, feeds })
    try {
      for (const [name, who] of Object.entries(VISITORS)) {
        follows = who
        const line = io(`http://127.0.0.1:${(http.address() as AddressInfo).port}`, {
          transports: ['websocket'],
          forceNew: true,
          reconnection: false,
        })
        const came = await new Promise<boolean>(tell => {
          line.on('connect', () => tell(true))
          line.on('connect_error', () => tell(false))
        })
        assert.equal(came, who !== null, name)
        const told = new Set<string>()
        line.on('frame', ({ topic }: { topic: string }) => told.add(topic))
        for (const topic of came ? ['site', 'overview', 'devices', 'device:none', 'rack:none'] : []) {
          const refused = (await line.emitWithAck('follow', topic, null)) as string | null
          if (may(who, 'watch.read')) assert.notEqual(refused, 'forbidden', `${name} follows ${topic}`)
          else assert.equal(refused, 'forbidden', `${name} follows ${topic}`)
        }
        askedFor.length = 0
        for (const topic of came ? ['tickets', 'ticket:T-2026-0001'] : []) {
          const refused = (await line.emitWithAck('follow', topic, null)) as string | null
          if (may(who, 'ticket.read')) assert.equal(refused, topic === 'tickets' ? null : 'notFound', `${name} follows ${topic}`)
          else assert.equal(refused, 'forbidden', `${name} follows ${topic}`)
        }
        tenants.length = 0
        if (came)
          assert.equal(await line.emitWithAck('follow', 'tenancy', null), may(who, 'stay.read') ? null : 'forbidden', `${name} follows tenancy`)
        assert.ok(tenants.every(asked => asked === who) && (may(who, 'stay.read') || tenants.length === 0), `the tenancy was read for ${name}`)
        trailAsked = 0
        if (came) assert.equal(await line.emitWithAck('follow', 'audit', null), may(who, 'audit.read') ? null : 'forbidden', `${name} follows audit`)
        assert.ok(may(who, 'audit.read') || trailAsked === 0, `the trail was read for ${name}`)
        happeningsAsked = 0
        for (const topic of came ? ['timeline:site', 'timeline:rack/a1', 'timeline:alarm/1'] : []) {
          const allowed = may(who, 'timeline.read')
          assert.equal(await line.emitWithAck('follow', topic, null), allowed ? null : 'forbidden', `${name} follows ${topic}`)
        }
        assert.ok(may(who, 'timeline.read') || happeningsAsked === 0, `what happened was read for ${name}`)
        for (const topic of came ? rowTopics : []) {
          rowsFor.length = 0
          const allowed = may(who, ROW_NEEDS[topic])
          assert.equal(await line.emitWithAck('follow', topic, null), allowed ? null : 'forbidden', `${name} follows ${topic}`)
          assert.deepEqual(rowsFor, allowed ? [who] : [], `whose rows of ${topic} were asked for ${name}`)
        }
        // Whose ticket it is the desk decides, for the one who asked and for nobody else.
        assert.ok(
          askedFor.every(asked => asked === who),
          name,
        )
        assert.ok(may(who, 'ticket.read') || askedFor.length === 0, `the desk was asked for ${name}`)
        hub.flush()
        if (came) await line.emitWithAck('follow', 'site', null)
        const theirs = [
          ...(may(who, 'watch.read') ? ['site', 'overview', 'devices'] : []),
          ...(may(who, 'ticket.read') ? ['tickets'] : []),
          ...(may(who, 'audit.read') ? ['audit'] : []),
          ...(may(who, 'stay.read') ? ['tenancy'] : []),
          ...(may(who, 'timeline.read') ? ['timeline:site', 'timeline:rack/a1', 'timeline:alarm/1'] : []),
          ...rowTopics.filter(topic => may(who, ROW_NEEDS[topic])),
        ]
        assert.deepEqual(
          [...told].filter(topic => !theirs.includes(topic)),
          [],
          `${name} was told something`,
        )
        line.close()
      }
    } finally {
      await hub.close()
      http.close()
    }
  })
})
