// Hosting in the records: changes with their journals and places, what they leave, certificates and credentials under lock.
import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Change, Hand, PlanStep } from '../../daemon/domain/change.ts'
import { Website } from '../../daemon/domain/website.ts'
import type { WebsiteAim } from '../../daemon/store/websites.ts'
import { recordsIn, tempFolder } from './support/folder.ts'
import { NOON } from './support/must.ts'

const HOST = { kind: 'host', id: 'alpha' } as const
const ZONE = { kind: 'zone', id: 'example.go.id' } as const
const by: Hand = { account: 7, name: 'Dewi', at: NOON }
const words = { id: 'x', en: 'x' }

const step = (given: Partial<PlanStep>): PlanStep => ({
  ...{ no: 1, resource: 'nginx', place: HOST, name: 'web', action: 'create', before: null, after: { content: 'server {}' }, danger: 'plain', words },
  ...given,
})
const RECORD = step({ no: 2, resource: 'rrset', place: ZONE, name: 'www.example.go.id. A', after: { type: 'A', ttl: 300, data: ['192.0.2.1'] } })

const planned = (steps: readonly PlanStep[] = [step({}), RECORD], website: string | null = 'web'): Change => ({
  ...{ id: 1, number: 'C-2026-0001', purpose: 'create', title: words, ticket: 'T-2026-0001', organisation: 3, website, state: 'planned' },
  wanted: steps.map(({ resource, place, name, after }) => ({ resource, place, name, state: after })),
  requested: { ...by, reason: 'a new website' },
  approved: { ...by, by: 'person' },
  plan: { steps, digest: 'd'.repeat(64), danger: 'plain', guard: null, madeAt: NOON, kept: 0 },
  consent: null,
})
const applying = (change = planned()): Change => ({ ...change, state: 'applying', applier: by }) as Change
const applied = (change = planned()): Change => ({ ...change, state: 'applied', applied: { ...by, endedAt: NOON + 1 } }) as Change
const undone = (change = planned()): Change =>
  ({ ...change, state: 'undone', applier: by, endedAt: NOON + 2, why: { kind: 'cancelled', message: 'x', retry: false } }) as Change
const left = (change: Change, gone = false) =>
  change.wanted.map(({ resource, place, name, state }) => ({ resource, place, name, state: gone ? null : state, website: change.website }))

const wanted = Website.parse({ name: 'web', host: 'alpha', domains: ['web.example.go.id'], runtime: { kind: 'static' }, quota: 512 })
const aim = (given: Partial<WebsiteAim> = {}): WebsiteAim => ({
  ...{ organisation: 3, wanted, state: 'live', removedAt: null, graceUntil: null },
  ...given,
})

describe('changes in the records', () => {
  it('are numbered without gaps within the year, and anew in the next', async () => {
    const { changes, close } = await recordsIn(tempFolder())
    assert.deepEqual(await changes.draw(NOON), { id: 1, number: 'C-2026-0001' })
    assert.deepEqual(await changes.draw(NOON), { id: 2, number: 'C-2026-0002' })
    assert.deepEqual(await changes.draw(Date.UTC(2027, 0, 1)), { id: 3, number: 'C-2027-0001' })
    await close()
  })

  it('are written over the revision that was read and no other', async () => {
    const { changes, close } = await recordsIn(tempFolder())
    assert.equal(await changes.put(planned(), 0), true)
    assert.equal(await changes.put(applying(), 2), false)
    assert.equal(await changes.put(applying(), 1), true)
    assert.equal(await changes.put(planned(), 1), false)
    const kept = await changes.find('C-2026-0001')
    assert.deepEqual([kept?.revision, kept?.change.state], [2, 'applying'])
    assert.equal((await changes.page({ state: 'applying', website: 'web', page: 1, size: 10 })).total, 1)
    assert.equal((await changes.page({ state: 'planned', page: 1, size: 10 })).total, 0)
    await close()
  })

  it('count the steps that are done by their journal, not those that were cut off and undone', async () => {
    const { changes, close } = await recordsIn(tempFolder())
    await changes.put(applying(), 0)
    for (const entry of [
      { at: NOON, kind: 'starting', step: 1 },
      { at: NOON, kind: 'did', step: 1, undo: {} },
      { at: NOON, kind: 'undoing', step: 2 },
      { at: NOON, kind: 'undid', step: 2 },
    ] as const)
      await changes.append(1, entry)
    assert.deepEqual(
      (await changes.journal(1)).map(({ kind }) => kind),
      ['starting', 'did', 'undoing', 'undid'],
    )
    assert.deepEqual([(await changes.find('C-2026-0001'))?.done, (await changes.find('C-2026-0001'))?.touched], [1, 5])
    await changes.append(1, { at: NOON, kind: 'undid', step: 1 })
    assert.equal((await changes.find('C-2026-0001'))?.done, 0)
    await close()
  })

  it('have all of their places or none, and one that waits is told who has them', async () => {
    const { changes, close } = await recordsIn(tempFolder())
    assert.equal(await changes.take([HOST, ZONE], 'C-2026-0001'), null)
    assert.equal(await changes.take([HOST, ZONE], 'C-2026-0001'), null)
    assert.equal(await changes.take([{ kind: 'books', id: 'suar' }, HOST], 'C-2026-0002'), 'C-2026-0001')
    assert.equal(await changes.take([{ kind: 'books', id: 'suar' }], 'C-2026-0003'), null)
    await changes.letGo('C-2026-0001')
    assert.equal(await changes.take([HOST], 'C-2026-0002'), null)
    await close()
  })

  it('keep their places over a daemon that was killed in the middle, and only theirs', async () => {
    const folder = tempFolder()
    const child = fork(join(import.meta.dirname, 'support/change-child.ts'), [folder, JSON.stringify(applying())])
    await once(child, 'message')
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
    const { changes, close } = await recordsIn(folder)
    await changes.release()
    assert.equal(await changes.take([HOST], 'C-2026-0002'), 'C-2026-0001')
    assert.equal(await changes.take([{ kind: 'host', id: 'beta' }], 'C-2026-0002'), null)
    assert.deepEqual(
      (await changes.underWay()).map(({ change }) => change.number),
      ['C-2026-0001'],
    )
    assert.deepEqual((await changes.journal(1)).at(-1), { at: NOON, kind: 'did', step: 1, undo: { kept: 'c-2026-0001-1' } })
    await close()
  })

  it('leave what they made, the website and the history of the zone in one writing, or nothing of it', async () => {
    const { changes, websites, zones, close } = await recordsIn(tempFolder())
    await changes.put(applying(), 0)
    assert.equal(await websites.add('web', aim({ state: 'making' }), NOON), true)
    assert.equal(await websites.add('web', aim(), NOON), false)
    await websites.aim('C-2026-0001', 'web', null, aim())
    assert.equal(await changes.settle({ change: applied(), revision: 7 }, left(applied())), false)
    assert.deepEqual([(await changes.held(HOST)).length, (await websites.find('web'))?.state], [0, 'making'])

    assert.equal(await changes.settle({ change: applied(), revision: 1 }, left(applied())), true)
    const [holding] = await changes.held(HOST)
    assert.deepEqual([holding?.resource, holding?.website, holding?.organisation, holding?.state], ['nginx', 'web', 3, { content: 'server {}' }])
    assert.deepEqual(
      (await changes.heldBy('web')).map(({ place }) => place.kind),
      ['host', 'zone'],
    )
    assert.equal((await websites.find('web'))?.state, 'live')
    const [entry] = await zones.history('example.go.id', null, 10)
    assert.deepEqual([entry?.name, entry?.before, entry?.after, entry?.by, entry?.change], [RECORD.name, null, RECORD.after, 'Dewi', 'C-2026-0001'])

    assert.equal(await changes.settle({ change: undone(), revision: 2 }, left(undone(), true)), true)
    assert.deepEqual([(await changes.held(HOST)).length, await websites.find('web')], [0, null])
    const [back] = await zones.history('example.go.id', null, 10)
    assert.deepEqual([back?.before, back?.after], [RECORD.after, null])
    await close()
  })

  it('that come to nothing before they were applied leave no history', async () => {
    const { changes, zones, close } = await recordsIn(tempFolder())
    await changes.put(applying(), 0)
    assert.equal(await changes.settle({ change: undone(), revision: 1 }, left(undone(), true)), true)
    assert.deepEqual(await zones.history('example.go.id', null, 10), [])
    await close()
  })

  it('that fail at a place are counted until one goes well, and the stop switch stays over a restart', async () => {
    const folder = tempFolder()
    const records = await recordsIn(folder)
    for (let i = 0; i < 3; i++) await records.changes.countFailure(HOST, true)
    await records.changes.stop({ ...by, reason: 'something is wrong' })
    await records.close()
    const { changes, close } = await recordsIn(folder)
    assert.deepEqual([await changes.failures(HOST), await changes.failures(ZONE)], [3, 0])
    assert.equal((await changes.stopped())?.reason, 'something is wrong')
    await changes.stop(null)
    await changes.countFailure(HOST, false)
    assert.deepEqual([await changes.failures(HOST), await changes.stopped()], [0, null])
    await close()
  })
})

describe('what hosting keeps under lock', () => {
  const certificate = (fingerprint: string, key = `key of ${fingerprint}`) => ({
    ...{ fingerprint, source: 'acme' as const, chain: 'PEM', names: ['web.example.go.id'], issuer: 'CN=Test', notBefore: 1, notAfter: 2, key },
  })

  it('is nowhere in the file as it is, and opens again after a restart', async () => {
    const folder = tempFolder()
    const records = await recordsIn(folder)
    const password = await records.handovers.make('database/alpha/web')
    assert.match(password, /^[A-Za-z0-9]{32}$/)
    assert.equal(await records.handovers.make('database/alpha/web'), password)
    assert.notEqual(await records.handovers.make('database/alpha/other'), password)
    await records.zones.add(
      { kind: 'bind', name: 'example.go.id', servers: ['127.0.0.1:53'], rights: [], key: { name: 'suar', algorithm: 'hmac-sha256' } },
      'tsig-secret-of-the-zone',
    )
    const host = { id: 'alpha', name: 'Alpha', address: '127.0.0.1', port: 22, hostKey: null, shownKey: null, broker: null, facts: null }
    await records.hosts.add({ ...host, seenAt: null, trouble: null, addedAt: NOON }, 'private-key-of-the-host')
    await records.certificates.put('web', certificate('aa', 'private-key-of-the-website'), NOON)
    await records.certificates.putNote('account/https://acme.example', 'account-key-of-ours')
    await records.close()
    for (const name of ['records.db', 'records.db-wal']) {
      let text = ''
      try {
        text = readFileSync(join(folder, name), 'latin1')
      } catch (error) {
        assert.equal((error as NodeJS.ErrnoException).code, 'ENOENT')
      }
      for (const secret of [password, 'tsig-secret', 'private-key-of', 'account-key-of']) assert.ok(!text.includes(secret), `${secret} in ${name}`)
    }
    const again = await recordsIn(folder)
    assert.equal(await again.handovers.find('database/alpha/web'), password)
    assert.equal(await again.zones.secretOf('example.go.id'), 'tsig-secret-of-the-zone')
    assert.equal(await again.hosts.keysOf('alpha'), 'private-key-of-the-host')
    assert.equal((await again.certificates.current('web'))?.key, 'private-key-of-the-website')
    assert.equal(await again.certificates.note('account/https://acme.example'), 'account-key-of-ours')
    await again.close()
  })

  it('lets a certificate be followed by another and come back, and one handed in wait', async () => {
    const { certificates, close } = await recordsIn(tempFolder())
    const current = async () => (await certificates.current('web'))?.fingerprint ?? null
    await certificates.put('web', certificate('aa'), NOON)
    await certificates.hand('web', certificate('bb'), NOON)
    await certificates.hand('web', certificate('cc'), NOON)
    assert.deepEqual([await current(), (await certificates.handed('web'))?.fingerprint], ['aa', 'cc'])
    await certificates.put('web', certificate('cc'), NOON)
    assert.deepEqual([await current(), await certificates.handed('web')], ['cc', null])
    await certificates.put('web', certificate('cc'), NOON)
    assert.equal(await current(), 'cc')
    assert.equal(await certificates.restore('web', 'zz'), false)
    assert.equal(await current(), 'cc')
    assert.equal(await certificates.restore('web', 'aa'), true)
    assert.equal(await current(), 'aa')
    assert.equal(await certificates.restore('web', null), true)
    assert.equal(await current(), null)
    await close()
  })

  it('tells a handover once', async () => {
    const { handovers, close } = await recordsIn(tempFolder())
    const what = { id: 'Basis data', en: 'Database' }
    const given = { website: 'web', what, credential: 'database/alpha/web', beside: [], person: 4, to: 'Ani', by: 'Dewi', madeAt: NOON }
    const made = await handovers.add('hash', { ...given, until: NOON + 1 })
    assert.deepEqual(await handovers.byHash('hash'), made)
    assert.deepEqual([await handovers.opened(made.id, NOON), await handovers.opened(made.id, NOON + 1)], [true, false])
    assert.equal((await handovers.byHash('hash'))?.openedAt, NOON)
    await close()
  })

  it('changes things of its own books by compare and swap, done twice as once', async () => {
    const { hosts, close } = await recordsIn(tempFolder())
    assert.equal(await hosts.putThing('address', '192.0.2.7', null, { website: 'web' }), true)
    assert.equal(await hosts.putThing('address', '192.0.2.7', null, { website: 'web' }), true)
    assert.equal(await hosts.putThing('address', '192.0.2.7', null, { website: 'other' }), false)
    assert.deepEqual(
      [...(await hosts.things('address', ['192.0.2.7', '192.0.2.8'])).values()].map(({ kind }) => kind),
      ['ours', 'absent'],
    )
    assert.equal(await hosts.putThing('address', '192.0.2.7', { website: 'web' }, null), true)
    assert.equal((await hosts.things('address')).size, 0)
    await close()
  })
})
