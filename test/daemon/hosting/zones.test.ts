// Zones as the house keeps them, over a real BIND: looked at as soon as something became of them, and given to whom they were given.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ChangePurpose, Wanted } from '../../../daemon/domain/change.ts'
import { type Hosting, openHosting } from '../../../daemon/hosting.ts'
import { ProvisioningSettings } from '../../../daemon/hosting-settings.ts'
import { openRecords, type Records } from '../../../daemon/store/records.ts'
import { must, quiet } from '../../store/support/must.ts'
import { until } from '../../support/daemon.ts'
import { hasNamed, type NamedPair, startNamed } from '../../support/named.ts'
import { hasPdns, startPdns } from '../../support/pdns.ts'
import { viewer } from '../../support/viewers.ts'

const ZONE = 'kab.example.go.id'
const officer = viewer('officer', { account: 11, person: 11, name: 'Dewi' })
const second = viewer('approver', { account: 12, person: 12, name: 'Budi' })
const admin = viewer('admin', { account: 13, person: 13, name: 'Ari' })

describe('zones in the house', function () {
  this.timeout(60_000)
  const folder = mkdtempSync(join(tmpdir(), 'suar-zones-'))
  let named: NamedPair
  let records: Records
  let hosting: Hosting
  const told: string[] = []

  before(async function () {
    if (!hasNamed()) return this.skip()
    named = await startNamed([{ name: ZONE, records: 'old A 127.0.0.10\n' }])
    records = must(await openRecords({ folder, log: quiet, clock: Date.now }))
    hosting = must(
      await openHosting({
        ...{ settings: ProvisioningSettings.parse({}), records, log: quiet, clock: Date.now, zone: () => 'Asia/Jakarta', base: () => '' },
        alarms: { system: () => undefined, open: () => [] },
      }),
    )
    hosting.zones.onChange(names => told.push(...names))
  })
  after(async () => {
    await hosting?.close()
    await records?.close()
    await named?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const described = (more: object = {}) => ({
    ...{ kind: 'bind', name: ZONE, servers: [named.primary, named.secondary], key: named.key, rights: [] },
    ...more,
  })
  const now = async () => (await hosting.zones.list())[0]
  const want = (host: string, last: number): Wanted => ({
    ...{ resource: 'rrset', place: { kind: 'zone', id: ZONE }, name: `${host}.${ZONE}. A` },
    state: { type: 'A', ttl: 300, data: [`127.0.0.${last}`] },
  })
  const ask = async (wanted: readonly Wanted[], organisation: number | null, ticket: string | null) =>
    await hosting.changes.ask(
      {
        ...{ purpose: 'dns' as ChangePurpose, title: { id: 'Ubah', en: 'Change' }, website: null, reason: 'a test' },
        ...{ wanted, organisation, ticket },
      },
      officer,
    )

  it('are looked at when they are made known: both servers answer, in the answer itself', async () => {
    const view = must(await hosting.zones.add(described({ rights: [{ organisation: 7, owners: `*.dinkes.${ZONE}` }] }) as never, admin))
    assert.deepEqual(
      view.servers.map(({ server, reachable }) => [server, reachable]),
      [
        [named.primary, true],
        [named.secondary, true],
      ],
    )
    assert.equal(view.dnssec, 'unsigned')
    assert.deepEqual(told, [ZONE])
  })

  it('are looked at after a change, and that is told: nobody waits for the next round', async () => {
    const serial = (await now())?.servers[0]?.serial ?? 0
    told.length = 0
    const { number } = must(await ask([want('www', 20)], null, null))
    const planned = await until(
      'the plan',
      async () => must(await hosting.changes.one(number, officer)),
      ({ state }) => state === 'planned',
    )
    must(await hosting.changes.act(number, { kind: 'apply', digest: planned.plan?.digest ?? '' }, officer))
    const seen = await until('the new serial number', now, view => (view?.servers[0]?.serial ?? 0) > serial)
    assert.ok(told.includes(ZONE), 'on the stream as well')
    assert.equal(seen?.servers[0]?.reachable, true)
    await until(
      'the proof',
      async () => must(await hosting.changes.one(number, officer)),
      ({ state }) => state === 'verified',
    )
  })

  it('say that a server is silent when a person reads the zone again', async () => {
    await named.rndc('secondary', 'stop')
    told.length = 0
    must(await hosting.zones.take(ZONE, admin, AbortSignal.timeout(30_000)))
    const view = await now()
    assert.deepEqual(
      view?.servers.map(({ reachable }) => reachable),
      [true, false],
    )
    assert.match(view?.trouble?.id ?? '', /Tidak menjawab/)
    assert.ok(told.includes(ZONE))
  })

  it('are made on PowerDNS when they are not there, once, and a second try finds them there', async function () {
    if (!hasPdns()) return this.skip()
    const pdns = await startPdns()
    try {
      const given = {
        ...{ kind: 'powerdns', name: 'baru.example.go.id', servers: [pdns.server], url: pdns.url, rights: [] },
        create: { nameservers: ['ns1.example.go.id', 'ns2.example.go.id'] },
      }
      const wrong = await hosting.zones.add({ ...given, apiKey: 'not the key' } as never, admin)
      assert.equal(wrong.ok ? '' : wrong.failure.kind, 'wrongCredential')
      assert.equal(await records.zones.find(given.name), null, 'what could not be made is not known either')
      for (const when of ['first', 'again']) {
        const view = must(await hosting.zones.add({ ...given, apiKey: pdns.apiKey } as never, admin))
        assert.deepEqual([view.change, view.servers[0]?.reachable, typeof view.servers[0]?.serial], [null, true, 'number'], when)
        const { items } = must(await hosting.zones.records(given.name, { search: '', page: 1, size: 50 } as never, AbortSignal.timeout(20_000)))
        assert.deepEqual(items.find(({ name }) => name.endsWith(' NS'))?.state['data'], ['ns1.example.go.id.', 'ns2.example.go.id.'])
        must(await hosting.zones.remove(given.name, admin))
      }
    } finally {
      await pdns.close()
    }
  })

  it('are made on a managed host by a change, and are not known where that host is not', async () => {
    const { add } = hosting.zones
    const create = { host: 'web9', nameservers: ['ns1.example.go.id'], mail: 'hostmaster.example.go.id', glue: [], transfer: [] }
    const given = described({ name: 'lain.example.go.id', create })
    const none = await add(given as never, admin)
    assert.equal(none.ok ? '' : none.failure.kind, 'notFound')
    assert.equal(await records.zones.find('lain.example.go.id'), null)
    must(await hosting.hosts.add({ id: 'web9', name: 'DNS', address: '127.0.0.1', port: 1 } as never, admin))
    const { change } = must(await add(given as never, admin))
    const { wanted } = must(await hosting.changes.one(change ?? '', officer)).change
    assert.deepEqual(wanted, [
      {
        ...{ resource: 'zone', place: { kind: 'host', id: 'web9' }, name: 'lain.example.go.id' },
        state: { ...{ primary: 'ns1.example.go.id', mail: create.mail, servers: create.nameservers }, transfer: [], key: named.key.name },
      },
    ])
  })

  it('give a name that is another organisation\u2019s to nobody on a ticket, and to an officer only with a second person', async () => {
    const name = `www.dinkes.${ZONE}. A`
    const refused = await ask([want('a', 1), want('www.dinkes', 2)], 8, 'T-2026-0001')
    assert.equal(refused.ok, false)
    assert.deepEqual(refused.ok ? [] : [refused.failure.kind, refused.failure.errors?.map(({ field }) => field)], ['forbidden', [name]])
    assert.match(refused.ok ? '' : (refused.failure.words?.id ?? ''), /organisasi lain/)
    assert.ok((await ask([want('www.dinkes', 2)], 7, 'T-2026-0002')).ok, 'whose it is asks on a ticket')

    const { number } = must(await ask([want('api.dinkes', 3)], 8, null))
    const { plan, may } = await until(
      'the plan',
      async () => must(await hosting.changes.one(number, officer)),
      ({ state }) => state === 'planned',
    )
    assert.deepEqual([plan?.danger, may.includes('apply')], ['privileged', false])
    must(await hosting.changes.act(number, { kind: 'consent', digest: plan?.digest ?? '' }, second))
    assert.ok(must(await hosting.changes.one(number, officer)).may.includes('apply'))
  })
})
