// The pages in a real browser: the wall in calm and failure, a lost connection, the palette, names and contrasts for everybody.
import assert from 'node:assert/strict'
import type { Browser, Page } from 'playwright-core'
import type { Condition } from '../../daemon/domain/alarm.ts'
import type { Meaning } from '../../daemon/domain/state.ts'
import { clockShort } from '../../daemon/domain/words/time.ts'
import { axe } from '../support/axe.ts'
import { chromiumPath, openBrowser, openPage } from '../support/browser.ts'
import { openStage, type Stage } from '../support/stage.ts'

const state = (meaning: Meaning, value: number): Condition => ({ kind: 'state', value, name: meaning, meaning })

/** The mains fail: batteries carry, cooling is dead, one cause with its effects. */
function mainsFail(stage: Stage): void {
  stage.set([
    ['genset', 'mains.state', 2],
    ['ats', 'source.selected.state', 3],
    ['ups-a', 'output.state', 2],
    ['ups-b', 'output.state', 2],
    ['ups-a', 'battery.runtime', 860],
    ['ups-b', 'battery.runtime', 905],
    ['genset', 'input.L1.voltage', 0],
    ['genset', 'input.L2.voltage', 0],
    ['genset', 'input.L3.voltage', 0],
  ])
  const cause = stage.raise('genset', 'mains.state', 'critical', state('utilityFailed', 2))
  stage.raise('ups-a', 'output.state', 'warning', state('onBattery', 2), { cause })
  stage.raise('ups-b', 'output.state', 'warning', state('onBattery', 2), { cause })
  stage.raise(
    'env-1',
    'sensor.rack-a4-top.temperature',
    'warning',
    { kind: 'above', value: 27.4, limit: 27, clear: 26, from: 'site' },
    { cause, suppressed: true },
  )
}

/** Where every box of the diagram stands, as text. */
const boxesOf = (page: Page): Promise<string> =>
  page.evaluate<string>(
    `JSON.stringify([...document.querySelectorAll('.ol .nd, .bot .panel, .hc')].map(one => { const b = one.getBoundingClientRect(); return [b.x, b.y, b.width, b.height].map(Math.round) }))`,
  )

describe('the pages in a browser', function () {
  this.timeout(60_000)
  let browser: Browser
  let stage: Stage

  before(async function () {
    const path = chromiumPath()
    if (path === null) return this.skip()
    browser = await openBrowser(path)
  })
  beforeEach(async () => {
    stage = await openStage()
  })
  afterEach(() => stage.close())
  after(() => browser?.close())

  it('shows the site calm, then its failure in the same places', async () => {
    const { page, complaints, close } = await openPage(browser, { viewport: { width: 1920, height: 1080 } })
    await page.goto(`${stage.url}wall`)
    await page.getByText('Semua normal').waitFor()
    await page.locator('.nd', { hasText: 'UPS A' }).getByText('38').waitFor()
    const calm = await boxesOf(page)

    mainsFail(stage)
    await page.locator('.walltop.crit').getByText('Listrik PLN padam').waitFor()
    await page.getByText('Baterai habis dalam').waitFor()
    await page.locator('.nd.crit', { hasText: 'PLN' }).getByText('Padam').waitFor()
    assert.equal(await boxesOf(page), calm, 'nothing on the left may move')
    assert.equal(await page.locator('path.wire.batt').count(), 4)
    assert.match(await page.locator('.countdowns .time').first().innerText(), /^14:\d\d$/)
    assert.match(await page.locator('.alarms').innerText(), /penyebab dari 4 alarm/)
    assert.deepEqual(await axe(page), [])
    assert.deepEqual(complaints, [])
    await close()
  })

  it('does not say that all is well before it knows, nor when it knows no longer', async () => {
    stage.health({ fresh: 200, points: 6572 })
    const { page, complaints, close } = await openPage(browser, { viewport: { width: 1920, height: 1080 } })
    await page.goto(`${stage.url}wall`)
    await page.locator('.walltop.waiting').getByText('Membaca semua titik').waitFor()
    await page.getByText('baru 200 dari 6.572').waitFor()
    stage.health({ fresh: 6572, points: 6572 })
    await page.locator('.walltop.calm').getByText('Semua normal').waitFor()
    const crac = stage.model.device('crac-1')
    assert.ok(crac)
    stage.model.setDevice({ ...crac, status: 'down', why: { code: 'noAnswer', where: '10.0.0.1:161', requests: 3 } })
    await page.locator('.walltop.lost').getByText('1 perangkat tidak menjawab').waitFor()
    await page.locator('.cooling').getByText('1 tanpa data').waitFor()
    assert.deepEqual(await axe(page), [])
    stage.model.setDevice(crac)
    await page.locator('.walltop.calm').waitFor()
    // No word of its health any more: after fifteen seconds it is not believed.
    await page
      .locator('.walltop.lost')
      .getByText(/^Suar diam sejak/)
      .waitFor({ timeout: 30_000 })
    assert.deepEqual(complaints, [])
    await close()
  })

  it('says since when the connection is lost, keeps the last values, and misses nothing afterwards', async () => {
    const { page, complaints, close } = await openPage(browser, {}, /ERR_CONNECTION_REFUSED|WebSocket connection/)
    await page.goto(`${stage.url}admin`)
    await page.getByRole('heading', { name: 'Administrasi' }).waitFor()
    await page.locator('.live:not(.stale)').waitFor()
    const { port } = new URL(stage.url)
    await stage.close()
    await page.getByText(/Sambungan putus sejak/).waitFor()
    await page.getByRole('button', { name: 'Coba sekarang' }).click()
    await page.getByText(/Sambungan putus sejak/).waitFor()

    stage = await openStage({ port: Number(port) })
    mainsFail(stage)
    await page.getByText(/Sambungan putus sejak/).waitFor({ state: 'detached' })
    await page.locator('.rail .count.crit').getByText('3').waitFor()
    assert.deepEqual(complaints, [])
    await close()
  })

  it('finds racks, alarms and actions by a few letters, with the keyboard alone', async () => {
    mainsFail(stage)
    const { page, complaints, close } = await openPage(browser)
    await page.goto(`${stage.url}admin`)
    await page.getByRole('heading', { name: 'Administrasi' }).waitFor()
    await page.locator('.rail .count').waitFor()
    await page.keyboard.press('/')
    await page.getByRole('combobox').fill('padam')
    await page.getByRole('option', { name: /Listrik PLN padam/ }).waitFor()
    assert.deepEqual(await axe(page), [])
    await page.getByRole('combobox').fill('english')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Administration' }).waitFor()
    await page.keyboard.press('g')
    await page.keyboard.press('w')
    await page.getByText('PLN power failed').first().waitFor()
    assert.equal(new URL(page.url()).pathname, '/wall')
    assert.deepEqual(complaints, [])
    await close()
  })

  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [1440, 360]) {
      it(`is usable by everybody: administration, ${colorScheme}, ${width} px`, async () => {
        const { page, complaints, close } = await openPage(browser, { colorScheme, viewport: { width, height: 800 } })
        await page.goto(`${stage.url}admin`)
        await page.getByText('noc@example.org').waitFor()
        assert.deepEqual(await axe(page), [])
        assert.ok((await page.evaluate<number>('document.documentElement.scrollWidth')) <= width, 'nothing sticks out sideways')
        assert.deepEqual(complaints, [])
        await close()
      })
    }
  }

  it('holds no more after a day of readings than after an hour', async function () {
    this.timeout(120_000)
    const { page, complaints, close } = await openPage(browser, { viewport: { width: 1920, height: 1080 } })
    let now = Date.now()
    await stage.close()
    stage = await openStage({ clock: () => now })
    await page.goto(`${stage.url}wall`)
    await page.getByText('Semua normal').waitFor()
    const session = await page.context().newCDPSession(page)
    const weigh = async (): Promise<{ heap: number; nodes: number }> => {
      await session.send('HeapProfiler.collectGarbage')
      const { usedSize } = await session.send('Runtime.getHeapUsage')
      return { heap: usedSize, nodes: await page.evaluate<number>(`document.querySelectorAll('*').length`) }
    }
    /** Readings every three minutes of simulated time, each awaited on the page. */
    const live = async (beats: number): Promise<void> => {
      for (let i = 0; i < beats; i++) {
        now += 180_000
        stage.beat()
        await page.locator('.when b', { hasText: clockShort(now, 'Asia/Jakarta') }).waitFor()
      }
    }
    await live(20)
    const early = await weigh()
    await live(60)
    const late = await weigh()
    assert.equal(late.nodes, early.nodes)
    assert.ok(late.heap - early.heap < 1_000_000, `${early.heap} → ${late.heap} bytes`)
    assert.deepEqual(complaints, [])
    await close()
  })
})
