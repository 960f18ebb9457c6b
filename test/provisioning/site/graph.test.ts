// A website as things in order, on hosts that have everything and on hosts that do not.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import fc from 'fast-check'
import { readShelf } from '../../../daemon/shelf.ts'
import type { Resource } from '../../../provisioning/resource.ts'
import { filledFrom, type Ground, websiteChange, websiteThings } from '../../../provisioning/site/graph.ts'
import { APP, anyWebsite, LISTEN, PHP, website } from './websites.ts'

const GROUND: Ground = {
  nginx: true,
  apache: true,
  php: ['8.2'],
  mariadb: true,
  postgresql: true,
  nftables: true,
  systemd: true,
  quota: 'ext4',
  listen: LISTEN,
}

const things = (given: object, ground: Partial<Ground> = {}) => {
  const made = websiteThings(website(given), { ...GROUND, ...ground })
  assert.ok(made.ok, made.ok ? '' : made.failure.message)
  return made.value
}
const short = (all: ReturnType<typeof things>) => all.map(({ resource, name, state }) => `${state === null ? '-' : ''}${resource} ${name}`)

const FULL = {
  domains: ['dinkes.example.go.id', 'www.dinkes.example.go.id'],
  runtime: PHP,
  database: { engine: 'mariadb', size: 512 },
  cron: [{ time: '0 1 * * *', interpreter: 'php', file: 'public/artisan' }],
  records: [
    { zone: 'example.go.id', domain: 'dinkes.example.go.id', address: '192.0.2.7' },
    { zone: 'example.go.id', domain: 'dinkes.example.go.id', address: '192.0.2.3' },
    { zone: 'example.go.id', domain: 'dinkes.example.go.id', address: '2001:DB8:0::7' },
  ],
  addresses: [{ address: '192.0.2.7', zone: '2.0.192.in-addr.arpa', name: 'dinkes.example.go.id' }],
  openings: [
    { protocol: 'tcp', port: 8443, from: '10.20.0.0/16' },
    { protocol: 'tcp', port: 8080, from: 'any' },
  ],
  backup: { every: 'daily', days: 30 },
}
const ORDER = [
  'address 192.0.2.7',
  'user dinkes',
  'tree dinkes',
  'quota dinkes',
  'keys dinkes',
  'mariadb dinkes',
  'pool dinkes',
  'rrset dinkes.example.go.id. A',
  'rrset dinkes.example.go.id. AAAA',
  'rrset 7.2.0.192.in-addr.arpa. PTR',
  'certificate dinkes',
  'nginx dinkes',
  'cron dinkes',
  'logrotate dinkes',
  'firewall dinkes',
  'check dinkes',
  'backup dinkes',
]

describe('a website as things', () => {
  it('comes in the order in which each finds what it needs', () => {
    const made = things(FULL)
    assert.deepEqual(short(made), ORDER)
    const states = new Map(made.map(({ resource, name, state }) => [`${resource} ${name}`, state]))
    assert.deepEqual(states.get('rrset dinkes.example.go.id. A'), { type: 'A', ttl: 3600, data: ['192.0.2.3', '192.0.2.7'] })
    assert.deepEqual(states.get('rrset dinkes.example.go.id. AAAA'), { type: 'AAAA', ttl: 3600, data: ['2001:db8::7'] })
    assert.deepEqual(states.get('firewall dinkes'), {
      openings: [
        { protocol: 'tcp', port: 8080, from: 'any' },
        { protocol: 'tcp', port: 8443, from: '10.20.0.0/16' },
      ],
    })
  })

  it('goes in the other order, all of it', () => {
    const gone = websiteChange(things(FULL), [])
    assert.deepEqual(short(gone), ORDER.map(one => `-${one}`).reverse())
  })

  it('loses what it no longer wants after it has the new', () => {
    const changed = websiteChange(things(FULL), things({ ...FULL, server: 'apache', runtime: { kind: 'static' }, cron: [], backup: null }))
    assert.deepEqual(short(changed).slice(-4), ['-backup dinkes', '-cron dinkes', '-nginx dinkes', '-pool dinkes'])
    assert.ok(short(changed).includes('apache dinkes'))
  })

  it('moves: everything on the new host, then nothing on the old one', () => {
    const changed = websiteChange(things({ runtime: PHP }), things({ runtime: PHP, host: 'web-2' }))
    const places = changed.filter(({ place }) => place.kind === 'host').map(({ place, state }) => `${state === null ? '-' : ''}${place.id}`)
    assert.deepEqual([...new Set(places)], ['web-2', '-web-1'])
    assert.equal(changed.filter(({ resource, state }) => resource === 'tree' && state === null).length, 1)
  })

  it('is filled after it has where to, before anything runs on it, and its names lead there last', () => {
    const old = website(FULL)
    const filled = filledFrom(
      { from: old, stamp: '20261121-034500', days: 30 },
      things({ ...FULL, host: 'web-2' }),
      website({ ...FULL, host: 'web-2' }),
    )
    const order = filled.map(({ resource, place, name }) => `${resource} ${place.id} ${name}`)
    assert.equal(order[0], 'archive web-1 dinkes.20261121-034500')
    const at = (start: string) => order.findIndex(one => one.startsWith(start))
    const inOrder = ['archive', 'user', 'tree', 'mariadb', 'content', 'pool', 'certificate', 'nginx', 'rrset'].map(at)
    assert.deepEqual(
      inOrder,
      [...inOrder].sort((a, b) => a - b),
      order.join('\n'),
    )
    assert.deepEqual(filled[at('content')]?.state, { from: 'web-1/dinkes', archive: '20261121-034500', database: 'mariadb' })
    assert.equal(filled.length, things({ ...FULL, host: 'web-2' }).length + 2)
  })

  it('is closed when suspended, and keeps what it has', () => {
    const made = things({ ...FULL, state: 'suspended' })
    const of = (kind: string) => made.find(({ resource }) => resource === kind)?.state
    assert.equal(of('user')?.['locked'], true)
    assert.deepEqual(of('keys'), { keys: [] })
    assert.equal(of('cron'), null)
    assert.equal(of('firewall'), null)
    assert.match(String(of('nginx')?.['content']), /return 503/)
    assert.equal(of('check')?.['expect'], 'suspended')
    for (const kept of ['tree', 'mariadb', 'pool', 'certificate', 'backup']) assert.ok(of(kept), kept)
  })

  it('is refused by a host that lacks what it needs, at the field', () => {
    const refused = (given: object, ground: Partial<Ground>) => {
      const made = websiteThings(website(given), { ...GROUND, ...ground })
      return made.ok ? [] : (made.failure.errors ?? []).map(({ field }) => field)
    }
    assert.deepEqual(refused({ runtime: { ...PHP, version: '7.4' } }, {}), ['runtime.version'])
    assert.deepEqual(refused({}, { nginx: false }), ['server'])
    assert.deepEqual(refused({ runtime: APP }, { systemd: false }), ['runtime'])
    assert.deepEqual(refused(FULL, { mariadb: false, nftables: false }), ['database.engine', 'openings'])
    assert.deepEqual(refused({ ...FULL, openings: [{ protocol: 'tcp', port: 1, from: '10.0.0.1; drop' }] }, {}), ['openings.0.from'])
    assert.deepEqual(refused({ ...FULL, openings: [{ protocol: 'tcp', port: 1, from: '10.0.0.1/8' }] }, {}), ['openings.0.from'])
  })

  it('has no quota where the host counts none', () => {
    assert.ok(!short(things({}, { quota: 'none' })).some(one => one.startsWith('quota')))
  })

  it('is, whatever the schema accepts, made of states that the shelf accepts', async () => {
    const shelf = await readShelf<Resource>(
      join(import.meta.dirname, '../../../provisioning/resources'),
      (value): value is Resource => typeof value === 'object' && value !== null && 'verify' in value,
    )
    assert.ok(shelf.ok, shelf.ok ? '' : shelf.failure.message)
    for (const [name, entry] of shelf.value) assert.equal(entry.name, name)
    const examples: [ReturnType<typeof website>][] = [[website(FULL)]]
    fc.assert(
      fc.property(anyWebsite, any => {
        const made = websiteThings(any, GROUND)
        assert.ok(made.ok)
        for (const { resource, state } of made.value) {
          const entry = shelf.value.get(resource)
          if (state === null) continue
          const read: { readonly success: boolean; readonly data?: unknown; readonly error?: unknown } | undefined = entry?.state.safeParse(state)
          assert.ok(read?.success, `${resource}: ${String(read?.error)}`)
          assert.deepEqual(read.data, state, 'and leaves them as they are')
        }
      }),
      { numRuns: 300, examples },
    )
  })
})
