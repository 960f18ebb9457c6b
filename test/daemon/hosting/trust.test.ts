// What makes Suar stop and say so: a host that shows another key, one where changes keep failing; and certificates that people bring or ask for.
import assert from 'node:assert/strict'
import { must } from '../../store/support/must.ts'
import { until } from '../../support/daemon.ts'
import { canHost } from '../../support/host/start.ts'
import { Pki } from '../../support/pki.ts'
import { admin, officer, openYard, type Yard } from './yard.ts'

describe('hosting that is careful', function () {
  this.timeout(120_000)
  const pki = new Pki()
  const authority = pki.authority('Elsewhere')
  let yard: Yard

  before(async function () {
    if (!canHost()) this.skip()
    yard = await openYard(['nginx'], { roots: [authority.files.certificate] })
    await yard.adopt()
    const { number } = must(
      await yard.hosting.websites.create({ organisation: yard.organisation, website: yard.website(), ticket: null, reason: 'a test' }, officer),
    )
    assert.equal((await yard.carried(number)).state, 'verified')
  })
  after(async () => {
    await yard?.close()
    pki[Symbol.dispose]()
  })

  const fingerprint = async () => (await yard.records.certificates.current('dinkes'))?.fingerprint

  it('renews a certificate before its time when somebody asks, and shows the new one', async () => {
    const before = await fingerprint()
    const { number } = must(await yard.hosting.certificates.renew('dinkes', 'its key was copied', officer))
    assert.equal((await yard.carried(number)).state, 'verified')
    assert.notEqual(await fingerprint(), before)
    const [view] = await yard.hosting.certificates.list()
    assert.deepEqual([view?.website, view?.source, view?.fingerprint, view?.trouble], ['dinkes', 'own', await fingerprint(), null])
  })

  it('takes a certificate that was handed in, after looking whether it fits, and asks for the next in time', async () => {
    const wrong = pki.make({ by: authority, names: ['other.example.go.id'] })
    const refused = await yard.hosting.certificates.upload('dinkes', `${wrong.certificate}${wrong.key}`, officer)
    assert.equal(refused.ok ? '' : refused.failure.kind, 'invalid')
    const good = pki.make({ by: authority, names: ['dinkes.example.go.id'] })
    const { number } = must(await yard.hosting.certificates.upload('dinkes', `${good.key}${good.certificate}`, officer))
    const through = await yard.carried(number)
    assert.equal(through.state, 'verified', JSON.stringify(through.journal.at(-1)))
    assert.equal((await yard.hosting.certificates.list())[0]?.source, 'upload')
    assert.equal(must(await yard.hosting.websites.one('dinkes', officer)).wanted.certificate, 'upload')
    const trail = JSON.stringify(await yard.records.audit.page({ size: 20 }))
    assert.ok(trail.includes('certificate.upload') && !trail.includes('PRIVATE KEY'))
  })

  it('freezes a host where three changes failed one after the other, until somebody looked', async () => {
    const { hosts, websites } = yard.hosting
    const { name } = yard.host
    for (let i = 1; i <= 3; i++) {
      const website = yard.website({ quota: 64 + i, certificate: 'upload', domains: ['dinkes.example.go.id', `alias${i}.example.go.id`] })
      const { number } = must(await websites.change('dinkes', { purpose: 'edit', website, ticket: null, reason: 'a name more' }, officer))
      // What was handed in does not bear that name.
      assert.equal((await yard.carried(number)).state, 'undone')
    }
    await until('the alarm', async () => yard.alarms.has(`hosting.frozen.${name}`), Boolean)
    assert.equal(must(await hosts.one(name)).state, 'frozen')
    const { number } = must(await websites.change('dinkes', { purpose: 'suspend', ticket: null, reason: 'a test' }, officer))
    const { plan } = await yard.reached(number, ['planned'])
    const refused = await yard.hosting.changes.act(number, { kind: 'apply', digest: plan?.digest ?? '' }, officer)
    assert.match(refused.ok ? '' : refused.failure.message, /frozen/)
    must(await hosts.thaw(name, 'the certificate lacks the name', admin))
    await until(
      'its end',
      async () => yard.alarms.has(`hosting.frozen.${name}`),
      is => !is,
    )
    assert.equal((await yard.carried(number)).state, 'verified')
  })

  it('says nothing to a host that shows another key, and raises that', async () => {
    const { hosts, websites } = yard.hosting
    const { name } = yard.host
    const other = await yard.host.changeHostKey()
    await yard.host.breakConnections()
    // Its sshd is back a moment later.
    const looked = await until(
      'that it is seen',
      async () => must(await hosts.check(name, admin, AbortSignal.timeout(20_000))),
      ({ state }) => state !== 'ready' && state !== 'unreachable',
    )
    assert.deepEqual([looked.state, looked.shownKey], ['keyChanged', other])
    await until(
      'the alarm',
      async () => yard.alarms.get(`hosting.hostKey.${name}`)?.severity ?? null,
      is => is === 'critical',
    )
    const asked = must(await websites.change('dinkes', { purpose: 'resume', ticket: null, reason: 'paid' }, officer))
    const view = await until(
      'that it says why there is no plan',
      async () => must(await yard.hosting.changes.one(asked.number, officer)),
      ({ why }) => why !== null,
    )
    assert.match(view.why?.en ?? '', /instead of the approved/)
    must(await hosts.trust(name, other, admin))
    await until(
      'its end',
      async () => yard.alarms.has(`hosting.hostKey.${name}`),
      is => !is,
    )
    must(await yard.hosting.changes.act(asked.number, { kind: 'plan' }, officer))
    assert.equal((await yard.carried(asked.number)).state, 'verified')
  })
})
