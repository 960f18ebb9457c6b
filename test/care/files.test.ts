// Files of work orders on real records: known by their content, kept from the sweep, withdrawn with a reason; and the registers on paper and as tables.
import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { onePage } from '../../daemon/desk/demonstration/pdf.ts'
import { AssetSent, FinishSent, OnceSent, PlanSent, StartSent } from '../../daemon/domain/care-sent.ts'
import { done, type Outcome } from '../../daemon/domain/outcome.ts'
import type { Viewer } from '../../daemon/domain/people.ts'
import { FileAnswer } from '../../daemon/http/route.ts'
import { must } from '../store/support/must.ts'
import { textOfPdf } from '../support/pdf-text.ts'
import { DAY, HOUR, openYard, type Yard } from '../visits/support/yard.ts'
import { openPlant, type Plant } from './support/plant.ts'

/** One point, as a phone's camera would send it. */
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')

async function* sent(
  ...files: readonly { readonly name: string; readonly content: Uint8Array }[]
): AsyncGenerator<Outcome<{ name: string; content: Readable }>> {
  for (const { name, content } of files) yield done({ name, content: Readable.from([Buffer.from(content)]) })
}

describe('files and papers of care', function () {
  this.timeout(60_000)
  let yard: Yard
  let plant: Plant
  let noc: Viewer
  beforeEach(async () => {
    yard = await openYard()
    plant = await openPlant(yard)
    noc = await yard.as('noc')
  })
  afterEach(async () => {
    await plant.close()
    await yard.close()
  })
  const work = async (given: object = {}) => {
    const { id } = must(
      await plant.care.putAsset(0, AssetSent.parse({ kind: 'hvac', name: 'CRAC 1', room: 'server-room', make: 'Liebert', kib: '1.3.2.05' }), noc),
    )
    const once = { asset: id, title: 'Kebocoran pipa kondensat', fault: 'Air menetes di bawah unit', urgency: 'high', due: yard.clock.now + HOUR }
    return must(await plant.care.once(OnceSent.parse({ ...once, ...given }), noc))
  }

  it('keeps photographs and papers by what they are, and nothing that runs or lies', async () => {
    const order = await work()
    assert.deepEqual([order.urgency, order.fault, order.state], ['high', 'Air menetes di bawah unit', 'planned'])
    const pdf = onePage('Laporan penyedia')
    const { items } = must(
      await plant.care.attach(order.id, sent({ name: '../IMG_0001.png', content: PNG }, { name: 'laporan.pdf', content: pdf }), noc),
    )
    assert.deepEqual(
      items.map(({ name, type, by }) => [name, type, by]),
      [
        ['IMG_0001.png', 'image/png', noc.name],
        ['laporan.pdf', 'application/pdf', noc.name],
      ],
    )
    for (const [name, content, why] of [
      ['foto.jpg', PNG, /is not a JPG file/],
      ['pasang.exe', PNG, /can run/],
      ['kosong.png', new Uint8Array(), /is empty/],
      ['gambar.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'), /can run/],
    ] as const) {
      const refused = await plant.care.attach(order.id, sent({ name, content }), noc)
      assert.match(refused.ok ? '' : refused.failure.message, why)
    }
    const [photo] = items
    assert.ok(photo)
    const content = must(await plant.care.content(photo.id))
    assert.deepEqual([content.inline, Buffer.concat(await content.content.toArray())], [true, PNG])
    must(await plant.care.withdraw(photo.id, 'foto unit yang lain', noc))
    const [row] = (await plant.care.stream.some([String(order.id)])).values()
    assert.deepEqual(
      row?.files.map(({ name, withdrawn }) => [name, withdrawn?.reason ?? null]),
      [
        ['IMG_0001.png', 'foto unit yang lain'],
        ['laporan.pdf', null],
      ],
    )
    assert.equal((await plant.care.withdraw(photo.id, 'sekali lagi', noc)).ok, false)
    assert.equal(
      (await yard.records.care.referred([...(await yard.records.care.files([order.id])).map(({ sha256 }) => sha256), 'a'.repeat(64)])).size,
      2,
    )
  })

  it('prints a register with its assets, plans, work and tests, and writes it as a table', async () => {
    const order = await work()
    must(
      await plant.care.putPlan(
        0,
        PlanSent.parse({ asset: order.asset.id, title: 'Cuci saringan', every: { unit: 'month', n: 3 }, first: '2026-12-01' }),
        noc,
      ),
    )
    must(await plant.care.start(order.id, StartSent.parse({}), noc))
    yard.clock.now += DAY
    must(await plant.care.finish(order.id, FinishSent.parse({ note: 'Sambungan diganti', result: 'pass' }), noc))
    const route = (path: string) => {
      const found = plant.routes.find(one => one.path === path && one.method === 'get')
      assert.ok(found)
      return async (query: object): Promise<FileAnswer> => {
        const answer = must(await found.handle({ query } as never))
        assert.ok(answer instanceof FileAnswer)
        return answer
      }
    }
    const log = await route('/care/log')({ kind: 'hvac' })
    assert.deepEqual([log.name, log.type], ['buku-pemeliharaan-hvac-2026.pdf', 'application/pdf'])
    const text = await textOfPdf(log.content as Uint8Array)
    for (const part of [
      'BUKU PEMELIHARAAN',
      'TATA UDARA (HVAC)',
      'CRAC 1',
      'Cuci saringan',
      'setiap 3 bulan',
      'WO-2026-0001',
      'lolos',
      'Sambungan diganti',
    ])
      assert.ok(text.includes(part), `${part} is not in: ${text.slice(0, 2_000)}`)
    const other = await textOfPdf((await route('/care/log')({ kind: 'genset', year: 2025 })).content as Uint8Array)
    assert.ok(!other.includes('CRAC') && other.includes('Tidak ada.'))
    const csv = Buffer.from((await route('/care/export')({ table: 'orders', kind: 'hvac' })).content as Uint8Array).toString()
    assert.match(csv, /WO-2026-0001,CRAC 1,Kebocoran pipa kondensat,done,high,.*Air menetes di bawah unit,.*Sambungan diganti/)
    const none = Buffer.from((await route('/care/export')({ table: 'orders', kind: 'genset' })).content as Uint8Array).toString()
    assert.equal(none.trim().split('\n').length, 1)
  })
})
