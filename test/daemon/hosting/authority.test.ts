// A website on a real host with a certificate from a real authority: proved on its nginx, renewed by itself, and left as it is when that fails.
import assert from 'node:assert/strict'
import { connect } from 'node:tls'
import { must } from '../../store/support/must.ts'
import { type AcmeFront, startAcmeFront } from '../../support/acme-front.ts'
import { until } from '../../support/daemon.ts'
import { canHost } from '../../support/host/start.ts'
import { hasPebble, type Pebble, startPebble } from '../../support/pebble.ts'
import { officer, openYard, type Yard } from './yard.ts'

const HOUR = 3_600_000
const DOMAIN = 'dinkes.example.test'

describe('a certificate from an authority', function () {
  this.timeout(120_000)
  let pebble: Pebble
  let front: AcmeFront
  let yard: Yard
  before(async function () {
    if (!canHost() || !hasPebble()) return this.skip()
    pebble = await startPebble({ httpPort: 80 })
    front = await startAcmeFront(pebble)
    const acme = { directory: front.directory, email: 'admin@example.go.id', ca: pebble.ca, look: { servers: [pebble.dns] } }
    yard = await openYard(['nginx'], { acme, roots: [pebble.pki.file('root.pem', pebble.root)] }, { round: 500 })
    await yard.adopt()
    await pebble.setAddress(DOMAIN, yard.host.address)
  })
  after(async () => {
    await yard?.close()
    await front?.close()
    await pebble?.stop()
  })

  /** What a visitor is shown; rejects when it is not believed. */
  const shown = () =>
    new Promise<string>((resolve, reject) => {
      const socket = connect({ host: yard.host.address, port: yard.host.ports.https, servername: DOMAIN, ca: pebble.root }, () => {
        resolve(socket.getPeerX509Certificate()!.fingerprint256.replaceAll(':', '').toLowerCase())
        socket.destroy()
      })
      socket.on('error', reject)
    })
  const view = async () => (await yard.hosting.certificates.list())[0]!

  it('is proved on the host itself, before the website is there, and is what visitors are shown', async () => {
    const website = yard.website({ certificate: 'acme', domains: [DOMAIN] })
    const { number } = must(await yard.hosting.websites.create({ organisation: yard.organisation, website, ticket: null, reason: 'a test' }, officer))
    const through = await yard.carried(number)
    assert.equal(through.state, 'verified', JSON.stringify(through.journal.at(-1)))
    assert.equal(await shown(), (await view()).fingerprint)
    assert.equal((await view()).source, 'acme')
    assert.deepEqual((await yard.host.run(['ls', '/var/lib/suar-host/acme/'])).stdout.trim(), '', 'an answer was left on the host')
  })

  it('whose renewal is refused stays as it is, is told of, waits, and is renewed by itself afterwards', async () => {
    const old = await shown()
    const limited = { type: 'urn:ietf:params:acme:error:rateLimited', detail: 'too many certificates' }
    front.answer = ({ path }) => (path === '/order-plz' ? { status: 429, headers: { 'retry-after': '10800' }, body: JSON.stringify(limited) } : null)
    front.seen.length = 0
    yard.clock.now = (await view()).renewAt!
    await until('that it is told', async () => [...yard.alarms.values()].some(({ text }) => text.en.includes('too many certificates')), Boolean)
    assert.equal(await shown(), old)
    assert.match((await view()).trouble?.id ?? '', /terlalu banyak permintaan/)
    const waits = (await view()).renewAt!
    assert.equal(waits - yard.clock.now, 3 * HOUR)

    // The round comes each second here, and has the whole of three hours to be impatient in.
    yard.clock.now = waits - 1
    const rounds = front.count('/order-plz')
    const changes = (await yard.records.changes.page({ website: 'dinkes', page: 1, size: 50 })).total
    await new Promise(resolve => setTimeout(resolve, 2_500))
    assert.deepEqual([rounds, front.count('/order-plz')], [1, 1])
    assert.equal((await yard.records.changes.page({ website: 'dinkes', page: 1, size: 50 })).total, changes)

    front.answer = () => null
    yard.clock.now = waits
    const renewed = await until('the new one', shown, fingerprint => fingerprint !== old)
    await until('that it is in the books', view, ({ fingerprint, trouble }) => fingerprint === renewed && trouble === null)
    await until(
      'that it is quiet',
      async () => [...yard.alarms.values()].filter(({ text }) => text.en.includes('is not renewed')).length,
      left => left === 0,
    )
  })
})
