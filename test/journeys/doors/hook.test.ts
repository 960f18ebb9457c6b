// What a controller may tell badly: unsigned, twice, late, out of order, ten thousand at once, of doors and cards nobody knows, with markup in names.
import assert from 'node:assert/strict'
import { type Asking, asking } from '../../support/asking.ts'
import { chromiumPath, openBrowser, openPage } from '../../support/browser.ts'
import { type Daemon, dataFolder, until } from '../../support/daemon.ts'
import { type Gate, type Openings, openGate, startWithGate } from './support.ts'

const MINUTE = 60_000

describe('journey: a controller tells badly', function () {
  this.timeout(120_000)
  const data = dataFolder()
  let daemon: Daemon
  let api: Asking
  let gate: Gate
  before(async () => {
    daemon = await startWithGate(data.path)
    api = asking(() => daemon)
    gate = openGate(() => daemon)
  })
  after(async () => {
    await daemon.stop()
    data.remove()
  })
  const of = async (name: string) => {
    const { items } = await api.get<Openings>(`openings?size=200&search=${encodeURIComponent(name)}`)
    return items.filter(one => one.name === name)
  }

  it('takes nothing that is not signed over these very octets, or not what was agreed', async () => {
    const body = JSON.stringify({ events: [{ door: 'palsu', event: 'opened' }] })
    assert.equal((await gate.send(body, '')).status, 403)
    assert.equal((await gate.send(body, `sha256=${'0'.repeat(64)}`)).status, 403)
    assert.equal((await openGate(() => daemon, 'tidak-ada').send(body)).status, 404)
    for (const bad of [
      '',
      'null',
      '{"events":[{"door":"","event":"opened"}]}',
      '{"events":[{"door":"x","event":"melompat"}]}',
      '{"events":7}',
      '{"events":[]',
    ])
      assert.equal((await gate.send(bad)).status, 400, bad)
    assert.equal((await of('gerbang/palsu')).length, 0)
  })

  it('counts what is told twice, at once or later, a single time', async () => {
    const at = Date.now() - 2 * MINUTE
    const opened = { door: 'rangkap', event: 'opened', at, sequence: 1 }
    assert.deepEqual(await gate.tell(opened, opened), { status: 200, taken: 1 })
    const body = JSON.stringify({ events: [opened, { door: 'rangkap', event: 'closed', at: at + 4000, sequence: 2 }] })
    assert.equal((await gate.send(body)).taken, 1)
    // The same octets again, as one who listened would send them.
    assert.equal((await gate.send(body)).taken, 0)
    assert.deepEqual(
      (await of('gerbang/rangkap')).map(one => [one.openedAt, one.closedAt]),
      [[at, at + 4000]],
    )
  })

  it('puts in order what comes late and the wrong way round', async () => {
    const at = Date.now() - 90 * MINUTE
    assert.equal((await gate.tell({ door: 'terlambat', event: 'closed', at: at + 6000 })).taken, 1)
    assert.equal((await gate.tell({ door: 'terlambat', event: 'opened', at })).taken, 1)
    assert.deepEqual(
      (await of('gerbang/terlambat')).map(one => [one.openedAt, one.closedAt]),
      [[at, at + 6000]],
    )
  })

  it('keeps doors and cards that nobody knows, unexplained, with an alarm that says why', async () => {
    assert.equal((await gate.tell({ door: 'd3', event: 'granted', card: '99-9999' }, { door: 'd3', event: 'opened' })).taken, 2)
    const [known] = await until(
      'the opening by an unknown card',
      () => of('D3 pintu belakang'),
      all => all.some(one => one.explanation.kind === 'unexplained'),
    )
    assert.deepEqual([known?.explanation, known?.card], [{ kind: 'unexplained', card: 'unknown' }, '…9999'])
    await api.alarm(
      'the unknown card',
      one => one.key === 'suar/-/door.d3' && one.condition.kind === 'system' && /unknown card/.test(one.condition.text.en),
    )
    await gate.tell({ door: 'tak-dikenal', event: 'opened' })
    const [stranger] = await until(
      'the opening of an unknown door',
      () => of('gerbang/tak-dikenal'),
      all => all[0]?.explanation.kind === 'unexplained',
    )
    assert.equal(stranger?.door, null)
  })

  it('shows markup in names as the letters they are', async function () {
    const path = chromiumPath()
    if (path === null) return this.skip()
    const name = '<img src=x onerror="window.taken=1"><script>window.taken=1</script>'
    assert.equal((await gate.tell({ door: name, event: 'opened', card: '<b>1</b>' })).taken, 1)
    const browser = await openBrowser(path)
    try {
      const { page, complaints } = await openPage(browser, {}, /^$/, daemon)
      await page.goto(`${daemon.url}doors`)
      await page.getByText(`gerbang/${name}`).waitFor()
      assert.equal(await page.evaluate('window.taken === undefined'), true)
      assert.deepEqual(complaints, [])
    } finally {
      await browser.close()
    }
  })

  it('takes ten thousand at once, goes on answering meanwhile, and takes none of them again', async () => {
    const from = Date.now() - 10 * 3_600_000
    const events = Array.from({ length: 10_000 }, (_, i) => ({
      door: `ramai-${i % 40}`,
      event: i % 80 < 40 ? 'opened' : 'closed',
      at: from + i * 3000,
    }))
    const answered: number[] = []
    let over = false
    const telling = gate.tell(...events).finally(() => {
      over = true
    })
    while (!over) {
      const begun = performance.now()
      await api.get('doors/controllers')
      answered.push(performance.now() - begun)
    }
    assert.deepEqual(await telling, { status: 200, taken: 10_000 })
    assert.ok(answered.length > 1, 'nobody else was answered meanwhile')
    process.stdout.write(`      meanwhile ${answered.length} answers, the slowest after ${Math.round(Math.max(...answered))} ms\n`)
    assert.deepEqual(await gate.tell(...events), { status: 200, taken: 0 })
    const { total } = await api.get<Openings>('openings?search=gerbang%2Framai-&size=1')
    assert.equal(total, 5_000)
  })
})
