// What proves an installation: readings after it began, young by their own cycle, asked for out of turn; and it ticks without anybody looking.
import assert from 'node:assert/strict'
import type { Evidence, StayItemView } from '../../daemon/domain/stay.ts'
import { must } from '../store/support/must.ts'
import { type Cage, MINUTE, never, openCage } from './support/cage.ts'

const SECOND = 1000
const SERIAL = 'SN-7F21-0412'
const PSUS = [
  { feed: 'A' as const, power: { device: 'pdu-a5-a', key: 'outlet.9.power' } },
  { feed: 'B' as const, power: { device: 'pdu-a5-b', key: 'outlet.9.power' } },
]
const PORT = { device: 'sw-a5', key: 'port.Gi1/0/9.state' }

describe('the evidence of an installation', function () {
  this.timeout(60_000)
  let cage: Cage
  let id = 0
  beforeEach(async () => {
    cage = await openCage()
    const ticket = await cage.filed([{ serial: SERIAL }])
    const { items, placement } = must(await cage.stays.view(ticket))
    const offer = placement?.offers.find(({ rack }) => rack === 'a5') ?? never('offer')
    const places = offer.places.map(({ item, u, face }) => ({ item: items[item] ?? 0, u, face }))
    id = must(await cage.stays.reserve(ticket, { rack: 'a5', places }, await cage.as('petugas'))).stay.id
  })
  afterEach(() => cage.close())

  const outlets = async (watts: number, at = cage.clock.now) => {
    for (const { power } of PSUS) await cage.read(`${power.device}/${power.key}`, watts, at)
  }
  const receive = async () =>
    must(await cage.stays.receive(id, 1, { serial: SERIAL, damaged: false, note: '', photos: [] }, await cage.as('petugas')))
  const install = async (port: typeof PORT | null = null) =>
    must(await cage.stays.install(id, 1, { psus: PSUS, port }, await cage.as('petugas'), '127.0.0.1'))
  const verify = async (): Promise<StayItemView> => must(await cage.stays.verify(id, 1, await cage.as('petugas'))).items[0] ?? never('piece')
  const kept = async (): Promise<StayItemView> => (await cage.records.stays.stay(id))?.items[0] ?? never('piece')
  const told = (item: StayItemView, kind: Evidence['kind']) =>
    item.evidence.filter(one => one.kind === kind).map(({ state, after }) => [state, after])

  it('asks the rack PDUs, the switch and what reads the air before it judges', async () => {
    await cage.read(`${PORT.device}/${PORT.key}`, 2)
    await receive()
    await install(PORT)
    assert.deepEqual(cage.polled, [])
    await verify()
    const inlets = cage.place.inventory.sensors.filter(({ rack, side }) => rack === 'a5' && side === 'inlet').map(({ point }) => point.device)
    assert.deepEqual(cage.polled.toSorted(), [...new Set(['pdu-a5-a', 'pdu-a5-b', 'sw-a5', ...inlets])].toSorted())
  })

  it('is not what was plugged in before the piece came, however fresh its readings are', async () => {
    await outlets(0, cage.clock.now - 50 * MINUTE)
    await outlets(180, cage.clock.now - 30 * MINUTE)
    await receive()
    await install()
    cage.clock.now += MINUTE
    await outlets(181)
    assert.deepEqual(told(await verify(), 'outletPower'), [['notYet', 181], ['notYet', 181]]) // biome-ignore format: one line
    // Drawn and put in again, with the piece there: now it is.
    cage.clock.now += MINUTE
    await outlets(0)
    cage.clock.now += MINUTE
    await outlets(182)
    const proven = await verify()
    assert.equal(proven.state, 'verified')
    // What the minutes will quote stays as it was seen.
    cage.clock.now += 30 * MINUTE
    await outlets(0)
    const again = await cage.stays.verify(id, 1, await cage.as('petugas'))
    assert.match(again.ok ? '' : (again.failure.words?.id ?? ''), /sudah terbukti/)
    assert.deepEqual((await kept()).evidence, proven.evidence)
  })

  it('is nothing that was read before the piece came, nor more than three of its cycles ago', async () => {
    await outlets(0, cage.clock.now - 5 * MINUTE)
    await outlets(170, cage.clock.now - 5 * SECOND)
    await receive()
    await install()
    assert.deepEqual(told(await verify(), 'outletPower'), [['notYet', null], ['notYet', null]]) // biome-ignore format: one line
    await outlets(0, cage.clock.now + SECOND)
    await outlets(170, cage.clock.now + 2 * SECOND)
    cage.clock.now += 2 * SECOND + 30 * SECOND + 1
    assert.deepEqual(told(await verify(), 'outletPower'), [['notYet', null], ['notYet', null]]) // biome-ignore format: one line
    cage.clock.now -= 1
    assert.equal((await verify()).state, 'verified')
  })

  it('is seen without anybody asking, told to open pages once, and written into the trail by the daemon', async () => {
    await outlets(0)
    await receive()
    await install()
    const heard: number[] = []
    cage.stays.room.onChange(({ stays }) => heard.push(...stays))
    await cage.stays.look()
    assert.deepEqual(heard, [id], 'what is not seen yet stands on the page')
    await cage.stays.look()
    assert.deepEqual(heard, [id], 'the same is not told again')
    cage.clock.now += 10 * SECOND
    await cage.read('pdu-a5-a/outlet.9.power', 150)
    await cage.stays.look()
    assert.deepEqual((await kept()).evidence.slice(0, 2).map(({ state }) => state), ['seen', 'notYet']) // biome-ignore format: one line
    await cage.read('pdu-a5-b/outlet.9.power', 149)
    await cage.stays.look()
    assert.equal((await kept()).state, 'verified')
    assert.equal(heard.length, 3)
    const entries = await cage.records.audit.page({ size: 10, action: 'stay.verify' })
    assert.deepEqual(entries.map(({ actor }) => actor), ['Suar', 'Suar', 'Suar']) // biome-ignore format: one line
    await cage.stays.look()
    assert.equal(heard.length, 3, 'what is proven is not looked at any more')
  })

  it('of its switch port is a link that came up after the piece was there', async () => {
    const name = `${PORT.device}/${PORT.key}`
    await outlets(0)
    await cage.read(name, 2)
    await receive()
    await install(PORT)
    cage.clock.now += 10 * SECOND
    await outlets(160)
    await cage.read(name, 2)
    const dark = await verify()
    assert.deepEqual([dark.state, told(dark, 'portUp')], ['installed', [['notYet', 2]]])
    cage.clock.now += 10 * SECOND
    await outlets(160)
    await cage.read(name, 1)
    assert.deepEqual(told(await verify(), 'portUp'), [['seen', 1]])
    assert.equal((await kept()).state, 'verified')
  })

  it('is taken at a port of its own: whose piece hangs on which is said, and a second one on the same is refused', async () => {
    await cage.read(`${PORT.device}/${PORT.key}`, 2)
    await cage.read(`${PORT.device}/port.Gi1/0/8.state`, 1)
    await receive()
    await install(PORT)
    const viewer = await cage.as('petugas')
    const ticket = await cage.filed([{ serial: 'SN-2', height: 1 }])
    const { items, placement } = must(await cage.stays.view(ticket))
    const offer = placement?.offers.find(({ rack }) => rack === 'a5') ?? never('offer')
    const places = offer.places.map(({ item, u, face }) => ({ item: items[item] ?? 0, u, face }))
    const second = must(await cage.stays.reserve(ticket, { rack: 'a5', places }, viewer)).stay.id
    must(await cage.stays.receive(second, 1, { serial: 'SN-2', damaged: false, note: '', photos: [] }, viewer))
    const ports = must(await cage.stays.ports(second, 1)).items
    assert.deepEqual(
      ports.map(({ name, up, taken }) => [name, up, taken]),
      [['Gi1/0/9', false, 'Dell PowerEdge R760 (Dinas Kesehatan)'], ['Gi1/0/8', true, null]],
    ) // biome-ignore format: a port is a line
    const refused = await cage.stays.install(second, 1, { psus: [], port: PORT }, viewer, '127.0.0.1')
    assert.match(refused.ok ? '' : (refused.failure.words?.id ?? ''), /sudah dipakai Dell PowerEdge R760/)
    must(await cage.stays.install(second, 1, { psus: [], port: { ...PORT, key: 'port.Gi1/0/8.state' } }, viewer, '127.0.0.1'))
    // With its piece the port is free again.
    must(await cage.stays.leave(id, [1], 'batal', viewer))
    must(await cage.stays.media(id, 1, { kind: 'none' }, viewer))
    must(await cage.stays.out(id, 1, { serial: SERIAL, damaged: false, note: '', photos: [] }, viewer, '127.0.0.1'))
    assert.equal(must(await cage.stays.ports(second, 1)).items.find(({ name }) => name === 'Gi1/0/9')?.taken, null)
  })
})
