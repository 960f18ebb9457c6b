// Files of the place: what goes out comes in again the same, what is wrong is told by line and column, and nothing is half taken.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readDocument } from '../../daemon/domain/document.ts'
import { Inventory } from '../../daemon/domain/inventory.ts'
import type { Outcome } from '../../daemon/domain/outcome.ts'
import { Make, type PlaceImport } from '../../daemon/domain/place.ts'
import { checkInventory } from '../../daemon/inventory-check.ts'
import { openPaper } from '../../daemon/paper/open.ts'
import { numberOf } from '../../daemon/place/columns.ts'
import { csvOf, netboxOf, yamlOf } from '../../daemon/place/export.ts'
import { importPlace } from '../../daemon/place/import.ts'
import { labelsOf } from '../../daemon/place/labels.ts'
import { type Layer, openLayer } from '../../daemon/place/layer.ts'
import { emptySite } from '../../daemon/site.ts'
import type { Records } from '../../daemon/store/records.ts'
import { recordsIn, tempFolder } from '../store/support/folder.ts'
import { must, NOON, quiet } from '../store/support/must.ts'

const BY = { name: 'Sri', account: 1, address: '127.0.0.1' }
const HOW = { over: null, by: BY }
const demo = (): Inventory => {
  const file = join(import.meta.dirname, '../../collectors/simulator/demo.yaml')
  const read = readDocument(file, readFileSync(file, 'utf8'), Inventory, checkInventory)
  return read.ok ? read.value : assert.fail(JSON.stringify(read.mistakes))
}
const layoutOf = ({ devices: _, ...layout }: Inventory) => layout
const sortedById = <T extends { readonly id: string }>(list: readonly T[]) => [...list].sort((a, b) => (a.id < b.id ? -1 : 1))

describe('files of the place', () => {
  let records: Records
  let place: Layer
  const open = async (base: Inventory) => {
    records = await recordsIn(tempFolder())
    place = must(await openLayer({ base, source: 'site.yaml', store: records, clock: () => NOON, log: quiet }))
  }
  const send = (text: string | Uint8Array, commit = false): Promise<Outcome<PlaceImport>> =>
    importPlace(typeof text === 'string' ? Buffer.from(text) : text, commit, HOW, {
      place,
      makes: () => records.place.makes(),
      saveMakes: async makes => {
        await records.place.writeMakes(makes)
        return { ok: true, value: undefined }
      },
    })
  const taken = async (text: string): Promise<PlaceImport> => {
    const answer = must(await send(text, true))
    assert.deepEqual(answer.mistakes, [])
    assert.equal(answer.committed, true)
    return answer
  }
  beforeEach(() => open(demo()))
  afterEach(() => records.close())

  describe('YAML of Suar', () => {
    it('is taken by `site:` as it is, and holds no secret', async () => {
      const inventory = demo()
      const secret: Inventory = {
        ...inventory,
        devices: inventory.devices.map(device => ({ ...device, access: { via: 'snmp', version: '2c', community: 'sangat-rahasia' } })),
      }
      const text = yamlOf(secret)
      assert.doesNotMatch(text, /sangat-rahasia/)
      const read = readDocument('site.yaml', text, Inventory, checkInventory)
      assert.ok(read.ok, JSON.stringify(read.ok ? '' : read.mistakes.slice(0, 3)))
      assert.deepEqual(layoutOf(read.value), layoutOf(inventory))
    })

    it('brings back what was changed since, and says nothing else is different', async () => {
      const text = yamlOf(place.inventory)
      must(await place.change([{ put: 'racks', entry: { ...place.inventory.racks[0]!, x: 5.5 } }], HOW))
      const answer = await taken(text)
      assert.deepEqual(
        answer.done.map(({ kind, id, what }) => [kind, id, what]),
        [['racks', 'a1', 'changed']],
      )
      assert.deepEqual(layoutOf(place.inventory), layoutOf(demo()))
    })

    it('with aliases that grow beyond measure is refused quickly', async () => {
      const bomb = `rooms: &a0 [1]\nracks: &a1 [${'*a0,'.repeat(9)}*a0]\n${Array.from({ length: 12 }, (_, i) => `x${i}: &a${i + 2} [${`*a${i + 1},`.repeat(9)}*a${i + 1}]`).join('\n')}\n`
      const began = performance.now()
      const answer = must(await send(bomb, true))
      assert.ok(answer.mistakes.length > 0 && !answer.committed)
      assert.ok(performance.now() - began < 2000)
    })
  })

  describe('tables', () => {
    it('of racks and equipment go out and come in the same', async () => {
      for (const table of ['racks', 'equipment'] as const) {
        const answer = must(await send(csvOf(place.inventory, table)))
        assert.deepEqual([answer.mistakes, answer.done, answer.format], [[], [], table])
        assert.equal(answer.same, place.inventory[table].length)
      }
    })

    it('are read with Indonesian names of columns and decimal commas, and change only what they have columns for', async () => {
      await taken(
        'Nama;Ruang;Baris;X;Y;Tinggi U;Beban maksimum;Menghadap;Pemilik\nA7;Ruang Server;Baris A;5,3;1,45;47;1.200,5;selatan;Dinas Kominfo\n',
      )
      const rack = place.inventory.racks.find(({ id }) => id === 'a7')
      assert.deepEqual(
        [rack?.x, rack?.y, rack?.units, rack?.maxWeight, rack?.facing, rack?.room, rack?.row],
        [5.3, 1.45, 47, 1200.5, 'south', 'server-room', 'row-a'],
      )
      await taken(
        'Nama,Rak,Posisi U,Tinggi,Pemilik,Daya disepakati,Nomor inventaris,Alamat IP,Catu daya\nNAS Bakuda,A7,10,2,Bakuda,"350,5",02.06.03.05.001,10.1.1.5 10.1.1.6,\n',
      )
      const item = place.inventory.equipment.find(({ id }) => id === 'nas-bakuda')
      assert.deepEqual(
        [item?.rack, item?.u, item?.agreed, item?.asset, item?.addresses],
        ['a7', 10, 350.5, '02.06.03.05.001', ['10.1.1.5', '10.1.1.6']],
      )
      await taken('nama,rak,posisi\nNAS Bakuda,A7,20\n')
      const moved = place.inventory.equipment.find(({ id }) => id === 'nas-bakuda')
      assert.deepEqual([moved?.u, moved?.agreed, moved?.tenant], [20, 350.5, 'Bakuda'])
    })

    it('tell every mistake by line and column, and nothing is taken', async () => {
      const before = place.view()
      const answer = must(
        await send('nama,rak,posisi,tinggi,berat\nSatu,A1,-3,1,\nDua,Z9,1,1,\nTiga,A1,1,dua,12kg\nSatu,A1,-3,1,\nLima,A1,41,9,\n', true),
      )
      assert.equal(answer.committed, false)
      const at = new Set(answer.mistakes.map(({ line, column }) => `${line} ${column}`))
      for (const wanted of ['2 u', '3 rack', '4 height', '4 weight', '5 name']) assert.ok(at.has(wanted), `${wanted} in ${[...at].join(', ')}`)
      for (const { words } of answer.mistakes.filter(({ line }) => line < 6)) assert.ok(words !== undefined, 'in both languages')
      const high = must(await send('nama,rak,posisi,tinggi\nLima,A1,41,9\n', true))
      assert.deepEqual([high.committed, high.mistakes[0]?.line, high.mistakes[0]?.column], [false, 2, 'u'])
      assert.deepEqual(place.view(), before)
    })

    it('refuse equipment at the U of another, and a device that stands in another rack already', async () => {
      const item = place.inventory.equipment.find(({ device }) => device !== undefined)!
      const same = must(await send(`nama,rak,posisi,tinggi\nTamu,${item.rack},${item.u},${item.height}\n`, true))
      assert.ok(same.mistakes.length > 0 && !same.committed, 'two at one U')
      const twice = must(await send(`nama,rak,posisi,perangkat terpantau\nKembar,B5,1,${item.device}\n`, true))
      assert.ok(twice.mistakes.length > 0 && !twice.committed, 'a device in two racks')
    })

    it('of a hundred thousand rows, with unknown columns, of no known kind are refused with the reason', async () => {
      const long = await send(`nama,rak,posisi\n${'x,A1,1\n'.repeat(100_000)}`)
      assert.equal(long.ok ? '' : long.failure.kind, 'tooBig')
      const odd = await send('nama,rak,posisi,warna\nx,A1,1,merah\n')
      assert.match(odd.ok ? '' : odd.failure.message, /warna/)
      assert.equal((await send('{"a": ')).ok, false)
      assert.equal((await send(new Uint8Array(21 * 1_048_576))).ok, false)
    })

    it('hold script in names as text, and no formula goes out unmarked', async () => {
      await taken(
        'nama,rak,posisi\n<script>alert(1)</script>,B6,1\n=HYPERLINK("http://x"),B6,2\n'.replace(
          '=HYPERLINK("http://x")',
          '"=HYPERLINK(""http://x"")"',
        ),
      )
      assert.ok(place.inventory.equipment.some(({ name }) => name === '<script>alert(1)</script>'))
      assert.match(csvOf(place.inventory, 'equipment'), /"'=HYPERLINK/)
    })
  })

  describe('NetBox', () => {
    const TYPES = `---
manufacturer: Contoso
model: Edge 210
slug: contoso-edge-210
u_height: 2
is_full_depth: true
weight: 40
weight_unit: lb
airflow: front-to-rear
power-ports:
  - { name: PSU1, type: iec-60320-c14, maximum_draw: 500, allocated_draw: 300 }
  - { name: PSU2, type: iec-60320-c14, maximum_draw: 500 }
interfaces:
  - { name: eth0, type: 10gbase-x-sfpp }
  - { name: mgmt, type: 1000base-t, mgmt_only: true }
---
manufacturer: Contoso
model: Shelf 0.5
slug: contoso-shelf
u_height: 0.5
is_full_depth: false
`
    it('device types become makes', async () => {
      await taken(TYPES)
      assert.deepEqual(await records.place.makes(), [
        Make.parse({
          id: 'contoso-edge-210',
          manufacturer: 'Contoso',
          model: 'Edge 210',
          height: 2,
          fullDepth: true,
          weight: 18.144,
          nameplate: 1000,
          allocated: 300,
          psus: 2,
          ports: 2,
          airflow: 'front-to-rear',
        }),
        Make.parse({ id: 'contoso-shelf-0.5', manufacturer: 'Contoso', model: 'Shelf 0.5', height: 0.5, fullDepth: false }),
      ])
      const bad = must(await send('manufacturer: X\nmodel: Y\nu_height: 1.3\n', true))
      assert.deepEqual([bad.committed, bad.mistakes[0]?.column], [false, 'u_height'])
    })

    it('device types of the library’s three forms are read: a modular switch, a server with bays, an upright PDU', async () => {
      const many = (n: number, of: (k: number) => string) => Array.from({ length: n }, (_, k) => of(k + 1)).join('')
      // As the library has them: what is written, and how; a switch with its supplies in bays and stacking ports among the interfaces.
      const switchType = `---
manufacturer: Cisco
model: Catalyst 9300-48P
part_number: C9300-48P
slug: cisco-c9300-48p
u_height: 1
is_full_depth: true
comments: '[Data Sheet](https://www.example.net/ds.html)'
console-ports:
  - name: con 0
    type: rj-45
interfaces:
${many(48, k => `  - name: GigabitEthernet1/0/${k}\n    type: 1000base-t\n    poe_mode: pse\n    poe_type: type2-ieee802.3at\n`)}  - name: StackPort1/1
    type: cisco-stackwise
  - name: StackPort1/2
    type: cisco-stackwise
  - name: GigabitEthernet0/0
    type: 1000base-t
    mgmt_only: true
module-bays:
  - name: Network Module
    position: '1'
  - name: PS-A
    position: A
  - name: PS-B
    position: B
  - name: FAN 1
`
      const server = `---
manufacturer: Dell
model: PowerEdge R740
slug: dell-poweredge-r740
u_height: 2
is_full_depth: true
interfaces:
  - name: iDRAC9
    type: 1000base-t
    mgmt_only: true
module-bays:
  - name: PSU-1
    label: '⚡1'
    position: PSU-1
  - name: PSU-2
    label: '⚡2'
    position: PSU-2
  - name: NUMA 0 - PCIe slot 1 - FH
    position: PCIe-1
`
      // A comment in the middle, trailing blanks, one outlet named twice: as published.
      const pdu = `manufacturer: APC
model: AP8853
slug: ap8853
# comments: Metered Rack PDU 2G, 32A, 230V
u_height: 0
power-ports:
  - name: Power Port 1
    type: iec-60309-p-n-e-6h
power-outlets:
${many(42, k => `  - name: Power Outlet ${k === 15 ? 1 : k}\n    type: IEC320-C13\n    power_port: Power Port 1\n    feed_leg: ${k < 21 ? 'A' : 'B '}\n`)}interfaces:
  - name: Network
    type: 100base-tx
    mgmt_only: true
`
      for (const text of [switchType, server, pdu]) assert.equal((await taken(text)).format, 'makes')
      const shape = (await records.place.makes()).map(({ id, height, fullDepth, psus, ports }) => [id, height, fullDepth, psus, ports])
      assert.deepEqual(shape.sort(), [
        ['apc-ap8853', 0, true, 1, 1],
        ['cisco-catalyst-9300-48p', 1, true, 2, 49],
        ['dell-poweredge-r740', 2, true, 2, 1],
      ])
    })

    it('racks and devices of the REST API come into an empty site, with rooms and rows made for them', async () => {
      await records.close()
      await open(emptySite())
      await taken(TYPES)
      const named = (name: string) => ({ id: 4, url: 'https://netbox.example/api/x/4/', display: name, name, slug: name.toLowerCase() })
      const rack = (name: string, location: string) => ({
        id: 11,
        display: name,
        name,
        facility_id: null,
        site: named('DC Utama'),
        location: named(location),
        tenant: null,
        status: { value: 'active', label: 'Active' },
        role: null,
        serial: '',
        asset_tag: null,
        width: { value: 19, label: '19 inches' },
        u_height: 45,
        max_weight: 1000,
        weight_unit: { value: 'kg', label: 'Kilograms' },
        outer_width: 800,
        outer_depth: 1200,
        outer_unit: { value: 'mm', label: 'Millimeters' },
        custom_fields: {},
      })
      const racks = await taken(
        JSON.stringify({ count: 3, next: null, previous: null, results: [rack('R1', 'Aula'), rack('R2', 'Aula'), rack('R3', 'DRC')] }),
      )
      assert.equal(racks.remarks.length, 1)
      assert.deepEqual(
        place.inventory.racks.map(({ name, units, width, depth }) => [name, units, width, depth]),
        [
          ['R1', 45, 0.8, 1.2],
          ['R2', 45, 0.8, 1.2],
          ['R3', 45, 0.8, 1.2],
        ],
      )
      const [one, two] = place.inventory.racks
      assert.ok(one!.x + one!.width <= two!.x + 1e-9 || one!.y !== two!.y, 'side by side, not over one another')
      assert.deepEqual(
        place.inventory.rooms.map(({ name }) => name),
        ['Aula', 'DRC'],
      )
      assert.deepEqual(
        place.inventory.sites.map(({ name }) => name),
        ['DC Utama'],
      )
      const device = (name: string, position: number | null, over: object = {}) => ({
        id: 7,
        name,
        device_type: { id: 1, manufacturer: named('Contoso'), model: 'Edge 210', slug: 'edge-210' },
        role: named('Server'),
        tenant: named('Dinas Kesehatan'),
        serial: `SN-${name}`,
        asset_tag: 'KIB-1',
        site: named('DC Utama'),
        location: named('Aula'),
        rack: position === null ? null : { id: 11, name: 'R1' },
        position,
        face: { value: 'front', label: 'Front' },
        status: { value: 'active', label: 'Active' },
        primary_ip: { address: '10.0.0.9/24' },
        ...over,
      })
      const devices = await taken(JSON.stringify([device('srv-1', 10), device('srv-2', 12), device('gudang', null)]))
      assert.equal(devices.rows, 2)
      const item = place.inventory.equipment.find(({ id }) => id === 'srv-1')
      assert.deepEqual(
        [item?.rack, item?.u, item?.height, item?.face, item?.weight, item?.nameplate, item?.tenant, item?.serial, item?.asset, item?.addresses],
        ['r1', 10, 2, 'both', 18.144, 1000, 'Dinas Kesehatan', 'SN-srv-1', 'KIB-1', ['10.0.0.9']],
      )
      assert.equal(item?.make, 'Contoso Edge 210')
    })

    it('tables that NetBox exports are read, and what goes out has the columns that its import takes', async () => {
      const racks = sortedById(place.inventory.racks)
      const out = netboxOf(place.inventory, 'equipment')
      const answer = must(await send(out))
      assert.deepEqual(answer.mistakes, [], out.split('\n').slice(0, 3).join('\n'))
      assert.ok(answer.done.every(({ what }) => what === 'changed'))
      assert.match(netboxOf(place.inventory, 'racks').split('\r\n')[0] ?? '', /^\uFEFFsite,location,name,facility_id,status,/)
      const back = must(await send(netboxOf(place.inventory, 'racks')))
      assert.deepEqual([back.mistakes, back.same], [[], racks.length])
    })
  })

  it('labels name things as they stand, with a code that leads to them', async () => {
    await using press = Object.assign(openPaper({ log: quiet }), {
      async [Symbol.asyncDispose]() {
        await press.close()
      },
    })
    const { inventory } = place
    const paper = labelsOf(
      inventory,
      { racks: new Set(['a1', 'b1']), equipment: new Set([inventory.equipment[0]!.id]) },
      { base: 'https://suar.example', language: 'id', date: NOON },
    )
    assert.match(JSON.stringify(paper.blocks), /https:\/\/suar\.example\/racks\/a1"/)
    const printed = must(await press.render(paper))
    assert.equal(Buffer.from(printed.pdf.subarray(0, 5)).toString(), '%PDF-')
    assert.equal(printed.pages, 1)
  })

  it('numbers are read as either language writes them', () => {
    const table: readonly [string, number | null][] = [
      ['1,2', 1.2],
      ['1.2', 1.2],
      ['1.234,5', 1234.5],
      ['1,234.5', 1234.5],
      ['1.234.567', 1_234_567],
      ['42', 42],
      ['-3', -3],
      ['12kg', null],
      ['', null],
      ['1,2,3', null],
      ['0,600', 0.6],
    ]
    for (const [text, value] of table) assert.equal(numberOf(text), value, text)
  })
})
