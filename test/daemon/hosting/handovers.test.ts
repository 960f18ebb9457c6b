// Credentials handed over: once, to the person they are for, within their days, by a proof that is fresh, and all of it in the trail.
import assert from 'node:assert/strict'
import { Website } from '../../../daemon/domain/website.ts'
import { type Handovers, openHandovers } from '../../../daemon/hosting-handovers.ts'
import type { Records } from '../../../daemon/store/records.ts'
import { recordsIn, tempFolder } from '../../store/support/folder.ts'
import { must, NOON } from '../../store/support/must.ts'
import { viewer } from '../../support/viewers.ts'

const DAY = 86_400_000
const officer = viewer('officer')

describe('credentials', () => {
  let records: Records
  let handovers: Handovers
  let now = NOON
  const sent: string[] = []
  const ani = () => viewer('requester', { person: 70, provenAt: now, name: 'Ani' })
  const kind = (outcome: { ok: boolean; failure?: { kind: string } }) => (outcome.ok ? 'ok' : outcome.failure?.kind)

  before(async () => {
    records = await recordsIn(tempFolder(), () => now)
    const database = { engine: 'mariadb', connections: 10, size: 100 }
    const given = { name: 'dinkes', host: 'alpha', domains: ['dinkes.example.go.id'], runtime: { kind: 'static' }, quota: 64 }
    const aim = { organisation: 7, state: 'live' as const, removedAt: null, graceUntil: null }
    await records.websites.add('dinkes', { ...aim, wanted: Website.parse({ ...given, database }) }, now)
    await records.websites.add('bare', { ...aim, wanted: Website.parse({ ...given, name: 'bare', domains: ['bare.example.go.id'] }) }, now)
    handovers = openHandovers({
      records,
      responsible: async () => [{ person: 70, name: 'Ani', kind: 'technical' }],
      send: async (_, link) => void sent.push(link),
      base: () => 'https://suar.example.go.id',
      good: 7 * DAY,
      clock: () => now,
    })
  })
  after(() => records.close())

  const made = async (): Promise<string> =>
    (must(await handovers.make('dinkes', { kind: 'database', to: 70 }, officer)).link ?? '').replace('https://suar.example.go.id/handover/', '')

  it('are made for a registered responsible person only, and where there is a password', async () => {
    assert.equal(kind(await handovers.make('bare', { kind: 'database', to: 70 }, officer)), 'conflict')
    assert.equal(kind(await handovers.make('dinkes', { kind: 'database', to: 70 }, officer)), 'conflict')
    await records.handovers.make('database/alpha/dinkes')
    assert.equal(kind(await handovers.make('dinkes', { kind: 'database', to: 71 }, officer)), 'forbidden')
  })

  it('tell a stranger with the link nothing of what it is, and open for nobody else', async () => {
    const token = await made()
    const stranger = viewer('requester', { person: 71, provenAt: now })
    const offer = must(await handovers.offer(token, stranger))
    assert.deepEqual([offer.state, offer.website, offer.to], ['foreign', '', ''])
    assert.equal(kind(await handovers.open(token, stranger, '10.0.0.1')), 'notFound')
    // A program with the person's token is not the person.
    assert.equal(kind(await handovers.open(token, { ...ani(), via: 'token' }, '10.0.0.1')), 'notFound')
    assert.equal(kind(await handovers.open('x'.repeat(43), ani(), '10.0.0.1')), 'notFound')
    assert.equal((await records.audit.page({ size: 10, action: 'handover.refused' })).length, 2)
  })

  it('open once, after a fresh proof, and the trail says so without the password', async () => {
    const token = await made()
    assert.equal(must(await handovers.offer(token, ani())).state, 'ready')
    assert.equal(kind(await handovers.open(token, { ...ani(), provenAt: now - 600_000 }, '10.0.0.1')), 'unproven')
    const [one, other] = await Promise.all([handovers.open(token, ani(), '10.0.0.1'), handovers.open(token, ani(), '10.0.0.1')])
    assert.deepEqual([one, other].map(kind).sort(), ['conflict', 'ok'])
    const opened = must(one.ok ? one : other)
    const password = await records.handovers.find('database/alpha/dinkes')
    assert.deepEqual(opened.lines.find(({ secret }) => secret)?.value, password)
    assert.deepEqual(
      opened.lines.filter(({ secret }) => !secret).map(({ value }) => value),
      ['MariaDB · localhost', 'dinkes', 'dinkes'],
    )
    assert.equal(must(await handovers.offer(token, ani())).state, 'opened')
    const trail = JSON.stringify(await records.audit.page({ size: 50 }))
    for (const secret of [password ?? '', token]) assert.ok(!trail.includes(secret))
    assert.ok(trail.includes('handover.open'))
  })

  it('are no longer there after their days', async () => {
    const token = await made()
    now += 8 * DAY
    assert.equal(must(await handovers.offer(token, ani())).state, 'expired')
    assert.equal(kind(await handovers.open(token, ani(), '10.0.0.1')), 'conflict')
  })
})
