// From a domain ticket to names on a real name server, with an address from the pool, the name of the address, a last day, and what is told of it.
import assert from 'node:assert/strict'
import { dueOf } from '../../daemon/hosting-terms.ts'
import { DAY } from '../desk/tickets/support/house.ts'
import { must } from '../store/support/must.ts'
import { hasNamed, type NamedPair, startNamed } from '../support/named.ts'
import { type Joint, openJoint } from './support/joint.ts'

describe('a domain ticket', function () {
  this.timeout(60_000)
  let named: NamedPair
  let joint: Joint
  before(async function () {
    if (!hasNamed()) this.skip()
    named = await startNamed([{ name: 'babelprov.go.id', records: 'lama 300 A 10.1.0.99' }, { name: '0.1.10.in-addr.arpa' }])
    joint = await openJoint({ real: ['rrset', 'address'] })
    const { name, algorithm, secret } = named.key
    for (const zone of ['babelprov.go.id', '0.1.10.in-addr.arpa'])
      await joint.house.records.zones.add({ kind: 'bind', name: zone, servers: [named.primary], rights: [], key: { name, algorithm } }, secret)
  })
  after(async () => {
    await joint?.close()
    await named?.close()
  })

  const filed = (answers: Record<string, unknown>) => joint.house.filed('domain', 'pemohon', { answers: { newAddress: false, ...answers } })
  const done = async (number: string) => {
    await joint.toWork(number)
    const { desk } = joint.hosting.tickets!
    const row = must(await desk.request(number, { reason: 'sesuai tiket' }, await joint.as('petugas')))
    const through = await joint.applied(row.number)
    await joint.told()
    return through
  }
  const ask = async (...words: string[]) => (await named.dig(named.primary, '+short', ...words)).trim()
  const letters = async () =>
    (await joint.house.records.mailings.due(joint.house.clock.now, 500)).map(({ id }) => id).filter(id => id.startsWith('term-'))
  let first = ''

  it('is given the next free address of the pool, its name, and the name of the address', async () => {
    first = await filed({
      action: 'create',
      records: [{ name: 'data.babelprov.go.id', type: 'A', ttl: 300 }],
      newAddress: true,
      validity: '2027-01-31',
    })
    const view = must(await joint.hosting.tickets!.desk.hosting(first, await joint.as('petugas')))
    assert.deepEqual(
      view.addresses.map(({ address, network }) => [address, network]),
      [['10.1.0.21', 'Layanan']],
    )
    const through = await done(first)
    assert.equal(through.state, 'verified')
    assert.equal(await ask('data.babelprov.go.id', 'A'), '10.1.0.21')
    assert.equal(await ask('-x', '10.1.0.21'), 'data.babelprov.go.id.')
    assert.equal((await joint.view(first)).step?.key, 'report')
    const annex = JSON.stringify(await joint.annexes(first))
    for (const quoted of ['data.babelprov.go.id', '10.1.0.21', '2027-01-31']) assert.ok(annex.includes(quoted), quoted)
  })

  it('gets another address than the one before it, and gives it back with its name', async () => {
    const number = await filed({ action: 'create', records: [{ name: 'peta.babelprov.go.id', type: 'A' }], newAddress: true })
    await done(number)
    assert.equal(await ask('peta.babelprov.go.id', 'A'), '10.1.0.22')
    assert.deepEqual([...(await joint.house.records.hosts.things('address')).keys()], ['10.1.0.21', '10.1.0.22'])
    await done(await filed({ action: 'remove', records: [{ name: 'peta.babelprov.go.id', type: 'A' }] }))
    assert.deepEqual([await ask('peta.babelprov.go.id', 'A'), await ask('-x', '10.1.0.22')], ['', ''])
    assert.deepEqual([...(await joint.house.records.hosts.things('address')).keys()], ['10.1.0.21'])
  })

  it('changes what was made by hand, because that is what was asked for; and removes it', async () => {
    await done(await filed({ action: 'change', records: [{ name: 'lama.babelprov.go.id', type: 'A', target: '10.1.0.98' }] }))
    assert.equal(await ask('lama.babelprov.go.id', 'A'), '10.1.0.98')
    await done(await filed({ action: 'remove', records: [{ name: 'lama.babelprov.go.id', type: 'A' }] }))
    assert.equal(await ask('lama.babelprov.go.id', 'A'), '')
  })

  it('is not made while something of it cannot be: with the reason', async () => {
    const number = await filed({ action: 'create', records: [{ name: 'x.tempatlain.org', type: 'A', target: '10.1.0.5' }] })
    await joint.toWork(number)
    const no = await joint.hosting.tickets!.desk.request(number, { reason: 'sesuai tiket' }, await joint.as('petugas'))
    assert.ok(!no.ok && /in no zone of ours/.test(no.failure.message))
  })

  it('is told of a month and a week before its last day and once that is over, each time once', async () => {
    const { clock } = joint.house
    const last = Date.parse('2027-01-31T12:00:00+07:00')
    const heard: [number, number][] = []
    for (const days of [40, 29, 28, 6, 3, -1, -2]) {
      clock.now = last - days * DAY
      const before = (await letters()).length
      await joint.hosting.tickets!.tick()
      heard.push([days, (await letters()).length > before ? 1 : 0])
    }
    assert.deepEqual(heard, [
      [40, 0],
      [29, 1],
      [28, 0],
      [6, 1],
      [3, 0],
      [-1, 1],
      [-2, 0],
    ])
  })

  it('is prolonged by a ticket that changes nothing but its last day', async () => {
    const number = await filed({
      action: 'change',
      records: [{ name: 'data.babelprov.go.id', type: 'A', target: '10.1.0.21' }],
      validity: '2028-01-31',
    })
    await joint.toWork(number)
    const no = await joint.hosting.tickets!.desk.request(number, { reason: 'sesuai tiket' }, await joint.as('petugas'))
    assert.ok(!no.ok && /nothing to change/.test(no.failure.message))
    await joint.do(number, 'petugas', { kind: 'work', note: 'Diperpanjang.' })
    await joint.told()
    const terms = () => joint.house.records.terms.until('9999-12-31')
    assert.deepEqual(
      (await terms()).map(({ ticket, until }) => [ticket, until]),
      [[number, '2028-01-31']],
    )
    // The first ticket has one more event: it does not take its name back.
    await joint.do(first, 'petugas', { kind: 'note', text: 'Diperpanjang dengan tiket lain.', visibility: 'internal' })
    await joint.told()
    assert.deepEqual(
      (await terms()).map(({ ticket }) => ticket),
      [number],
    )
  })
})

describe('the days of a name', () => {
  for (const [left, told, due] of [
    [31, null, null],
    [30, null, 30],
    [30, 30, null],
    [8, 30, null],
    [7, 30, 7],
    [7, null, 7],
    [1, 7, null],
    [0, 7, 0],
    [-400, null, 0],
    [-1, 0, null],
  ] as const)
    it(`${left} left, told ${told}: ${due}`, () => assert.equal(dueOf(left, told), due))
})
