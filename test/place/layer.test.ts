// What people change of the place: laid over the file, checked as a whole, kept with its history, and never half taken.
import assert from 'node:assert/strict'
import { Device } from '../../daemon/domain/device.ts'
import { Inventory } from '../../daemon/domain/inventory.ts'
import { done, failed, type Outcome } from '../../daemon/domain/outcome.ts'
import type { SentEdit } from '../../daemon/domain/place.ts'
import { type Layer, openLayer } from '../../daemon/place/layer.ts'
import type { Records } from '../../daemon/store/records.ts'
import { recordsIn, tempFolder } from '../store/support/folder.ts'
import { must, NOON, quiet } from '../store/support/must.ts'

const BY = { name: 'Sri', account: 1, address: '127.0.0.1' }
const device = (id: string) =>
  Device.parse({
    id,
    name: id,
    kind: 'server',
    address: { host: '127.0.0.1' },
    access: { via: 'snmp', version: '2c' },
    place: { room: 'hall', rack: 'a1', u: 10, height: 2 },
  })
const rack = (id: string, x: number) => ({
  id,
  name: id.toUpperCase(),
  row: 'row',
  room: 'hall',
  x,
  y: 1,
  width: 0.6,
  depth: 1.1,
  facing: 'south' as const,
})
const FILE = Inventory.parse({
  site: { id: 'dc', name: 'DC' },
  rooms: [{ id: 'hall', name: 'Hall', x: 0, y: 0, width: 6, depth: 5 }],
  rows: [{ id: 'row', name: 'Row', room: 'hall' }],
  racks: [rack('a1', 1), rack('a2', 1.6)],
  equipment: [{ id: 'srv', name: 'SRV', rack: 'a1', u: 10, height: 2, device: 'srv-1' }],
  devices: [device('srv-1')],
})

const refusalOf = <T>(outcome: Outcome<T>) => (outcome.ok ? assert.fail('it was taken') : outcome.failure)

describe('the place, changed', () => {
  let folder = ''
  let records: Records
  let layer: Layer
  let told = 0
  const open = async (base: Inventory = FILE) => {
    layer = must(await openLayer({ base, source: 'site.yaml', store: records, clock: () => NOON, log: quiet }))
    layer.onChange(() => void told++)
  }
  const restart = async (base: Inventory = FILE) => {
    await records.close()
    records = await recordsIn(folder)
    await open(base)
  }
  const change = (...edits: SentEdit[]) => layer.change(edits, { over: null, by: BY })

  beforeEach(async () => {
    folder = tempFolder()
    records = await recordsIn(folder)
    told = 0
    await open()
  })
  afterEach(() => records.close())

  it('moves a rack, tells whoever listens once, and still has it after a restart', async () => {
    const changed = must(await change({ put: 'racks', entry: rack('a2', 3) }))
    assert.deepEqual(changed.told, [{ kind: 'racks', id: 'a2', name: 'A2', what: 'changed' }])
    assert.equal(told, 1)
    assert.equal(layer.inventory.racks.find(({ id }) => id === 'a2')?.x, 3)
    await restart()
    assert.equal(layer.inventory.racks.find(({ id }) => id === 'a2')?.x, 3)
    assert.equal(layer.revision, changed.revision, 'a restart alone is no new version')
    const [laid] = layer.view().laid
    assert.deepEqual([laid?.id, laid?.what, laid?.by], ['a2', 'changed', 'Sri'])
    const [entry] = await records.audit.page({ size: 1 })
    assert.equal(entry?.action, 'place.change')
    assert.deepEqual((entry?.detail as { told: string[] } | undefined)?.told, ['changed racks.a2'])
  })

  it('goes back to the file by entry, and to a version as a whole', async () => {
    const first = layer.revision
    must(await change({ put: 'racks', entry: rack('a2', 3) }, { put: 'racks', entry: rack('a3', 4) }))
    const second = layer.revision
    must(await change({ reset: 'racks', id: 'a2' }, { remove: 'racks', id: 'a3' }))
    assert.deepEqual(layer.inventory, FILE)
    assert.deepEqual(layer.view().laid, [], 'nothing is left behind')
    must(await layer.restore(second, { over: layer.revision, by: BY }))
    assert.deepEqual(
      layer.inventory.racks.map(({ id, x }) => [id, x]),
      [
        ['a1', 1],
        ['a2', 3],
        ['a3', 4],
      ],
    )
    must(await layer.restore(first, { over: layer.revision, by: BY }))
    assert.deepEqual(layer.inventory, FILE)
    assert.equal(refusalOf(await layer.restore(999, { over: null, by: BY })).kind, 'notFound')
    const versions = await layer.versions({ size: 10 })
    assert.deepEqual(
      versions.map(({ version, changes }) => [version, changes]),
      [
        [5, 2],
        [4, 2],
        [3, 2],
        [2, 2],
        [1, 0],
      ],
    )
    assert.deepEqual((await records.layout.version(second))?.layout.racks.length, 3, 'a version in the middle is read over the newer ones')
  })

  it('tells every mistake at its entry and takes nothing', async () => {
    const before = layer.view()
    const failure = refusalOf(
      await change(
        { put: 'racks', entry: { ...rack('a2', 3), units: 90 } },
        { put: 'equipment', entry: { id: 'new', name: '', rack: 'a1', u: -3 } },
        { remove: 'racks', id: 'a9' },
      ),
    )
    assert.equal(failure.kind, 'invalid')
    assert.deepEqual(failure.errors?.map(({ field }) => field).sort(), ['equipment.new.name', 'equipment.new.u', 'racks.a2.units'])
    const gone = refusalOf(await change({ remove: 'racks', id: 'a9' }, { put: 'racks', entry: rack('a2', 4) }))
    assert.match(gone.errors?.[0]?.field ?? '', /^racks\.a9$/)
    const orphan = refusalOf(await change({ remove: 'racks', id: 'a1' }))
    assert.ok(
      orphan.errors?.some(({ field }) => field === 'equipment.srv.rack'),
      JSON.stringify(orphan.errors),
    )
    assert.deepEqual(layer.view(), before)
    assert.equal(told, 0)
  })

  it('tells a second editor who changed what, and takes the change once it was seen', async () => {
    const seen = layer.revision
    must(await layer.change([{ put: 'racks', entry: rack('a2', 3) }], { over: seen, by: BY }))
    const late = { put: 'rooms', entry: { ...FILE.rooms[0], name: 'Ruang' } } as SentEdit
    const failure = refusalOf(await layer.change([late], { over: seen, by: { ...BY, name: 'Budi' } }))
    assert.equal(failure.kind, 'stale')
    assert.match(failure.words?.id ?? '', /Sri/)
    assert.deepEqual(
      failure.errors?.map(({ field }) => field),
      ['racks.a2'],
    )
    must(await layer.change([late], { over: layer.revision, by: BY }))
    assert.equal(layer.inventory.rooms[0]?.name, 'Ruang')
  })

  it('takes two changes at once one after the other', async () => {
    const both = await Promise.all([change({ put: 'racks', entry: rack('a2', 3) }), change({ put: 'racks', entry: rack('a3', 4) })])
    assert.deepEqual(
      both.map(one => must(one).revision),
      [2, 3],
    )
    assert.deepEqual(
      layer.inventory.racks.map(({ id }) => id),
      ['a1', 'a2', 'a3'],
    )
  })

  it('writes what belongs to it with it, or neither', async () => {
    const failure = refusalOf(
      await layer.change([{ put: 'racks', entry: rack('a3', 4) }], {
        over: null,
        by: BY,
        also: async () => failed('full', 'no room in the register'),
      }),
    )
    assert.equal(failure.kind, 'full')
    assert.deepEqual(layer.inventory, FILE)
    await restart()
    assert.deepEqual(layer.inventory, FILE)
    must(await layer.change([{ put: 'racks', entry: rack('a3', 4) }], { over: null, by: BY, also: async () => done(undefined) }))
    assert.equal(layer.inventory.racks.length, 3)
  })

  it('lets a device go where its equipment goes, and nowhere when that is taken out', async () => {
    must(await change({ put: 'equipment', entry: { ...FILE.equipment[0]!, rack: 'a2', u: 4 } }))
    assert.deepEqual(layer.inventory.devices[0]?.place, { room: 'hall', rack: 'a2', u: 4, height: 2, face: 'both' })
    must(await change({ remove: 'equipment', id: 'srv' }))
    assert.deepEqual(layer.inventory.devices[0]?.place, { room: 'hall', height: 1, face: 'both' }, 'it is still in the room')
    must(await change({ reset: 'equipment', id: 'srv' }))
    assert.deepEqual(layer.inventory, FILE)
  })

  it('sets aside what no longer fits a file that changed, tells it, and starts', async () => {
    must(await change({ put: 'equipment', entry: { id: 'nas', name: 'NAS', rack: 'a2', u: 1 } }, { put: 'racks', entry: rack('a1', 2) }))
    const smaller = { ...FILE, racks: FILE.racks.filter(({ id }) => id !== 'a2') }
    await restart(smaller)
    assert.equal(layer.inventory.racks[0]?.x, 2, 'what still fits is still there')
    assert.deepEqual(
      layer.view().held.map(({ id }) => id),
      ['nas'],
    )
    await restart()
    assert.deepEqual(layer.view().held, [], 'with the rack back it is back')
    assert.ok(layer.inventory.equipment.some(({ id }) => id === 'nas'))
  })

  it('knows devices that were adopted by name', async () => {
    const adopted = { put: 'equipment', entry: { id: 'x', name: 'X', rack: 'a2', u: 1, device: 'adopted-1' } } as SentEdit
    assert.match(refusalOf(await change(adopted)).errors?.[0]?.field ?? '', /equipment\.x\.device/)
    must(await records.devices.add(device('adopted-1'), 'adopted'))
    must(await change(adopted))
    assert.equal(layer.placed(device('adopted-1')).place?.rack, 'a2')
  })
})
