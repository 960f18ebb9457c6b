// Power chain and capacity in a real browser, over the real plant: figures that live, a node traced, what if things die, what is left where.
import assert from 'node:assert/strict'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { Network } from '../../daemon/domain/inventory.ts'
import { failed } from '../../daemon/domain/outcome.ts'
import { plantRoutes } from '../../daemon/http/routes/plant.ts'
import { openPlantAnswers } from '../../daemon/plant-answers.ts'
import { chromiumPath, openBrowser, openPage } from '../support/browser.ts'
import { openStage, type Stage } from '../support/stage.ts'
import { viewer } from '../support/viewers.ts'

const axe = async (page: Page): Promise<string[]> => {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze()
  return violations.map(one => `${one.id}: ${one.nodes.map(node => node.target.join(' ')).join(', ')}`)
}

describe('the pages of the plant', function () {
  this.timeout(60_000)
  let browser: Browser
  let stage: Stage
  let broken = false

  before(async function () {
    const path = chromiumPath()
    if (path === null) return this.skip()
    browser = await openBrowser(path)
  })
  beforeEach(async () => {
    broken = false
    const plant = openPlantAnswers({
      layout: () => (broken ? null : stage.model.layout()),
      point: ({ device, key }) => stage.model.pointsOf(device).get(key),
      value: no => stage.model.value(no),
      // The stage keeps no archive: peaks are what is read now, and nothing can be foreseen.
      history: async () => failed('notFound', 'The stage keeps no archive.'),
      days: { put: async () => undefined, since: async () => [] },
      devices: () => [],
      reservations: async () => [],
      clock: Date.now,
    })
    stage = await openStage({ routes: plantRoutes(plant) })
    const layout = stage.model.layout()
    if (layout !== null)
      stage.model.setLayout({ ...layout, networks: [Network.parse({ id: 'srv', name: 'Server PD', vlan: 20, cidr: '2001:db8:20::/64' })] })
  })
  afterEach(() => stage.close())
  after(() => browser?.close())

  const a4 = (watts: number): void =>
    stage.set([
      ['pdu-a4-a', 'input.power', watts],
      ['pdu-a4-b', 'input.power', watts],
    ])
  const node = (page: Page, name: string) => page.locator('.pnode', { has: page.locator('b', { hasText: new RegExp(`^${name}$`) }) })
  const side = (page: Page) => page.locator('.powerside')

  it('draws the chain, keeps its figures live in place, and traces what is picked', async () => {
    const { page, complaints, close } = await openPage(browser)
    await page.goto(`${stage.url}power`)
    const pdu = node(page, 'PDU A5-A')
    await pdu.waitFor()
    assert.equal(await page.locator('.pnode').count(), stage.model.layout()?.power.length)
    const before = await pdu.elementHandle()
    stage.set([['pdu-a5-a', 'input.power', 1_234]])
    await pdu.getByText('1,23').waitFor()
    assert.ok(await pdu.evaluate((is, was) => is === was, before), 'the same element, another figure')
    await pdu.focus()
    await page.keyboard.press('Enter')
    await side(page).getByText('PDU A5-A ← PDU A ← UPS A ← ATS ← PLN').waitFor()
    assert.match(page.url(), /node=pdu-a5-a/)
    assert.equal(await pdu.getAttribute('aria-pressed'), 'true')
    await side(page).getByText('Padam: 1 perlengkapan').waitFor()
    await side(page).getByRole('link', { name: 'SW-A5' }).first().waitFor()
    await page.goBack()
    await page.getByText('Pilih satu bagian').waitFor()
    assert.deepEqual(complaints, [])
    await close()
  })

  it('plays what if: what is dark, on battery, too hot; and again when the readings move', async () => {
    a4(700)
    const { page, complaints, close } = await openPage(browser)
    await page.goto(`${stage.url}power`)
    await page.getByRole('button', { name: 'Bagaimana jika' }).click()
    await side(page).getByText('Tandai bagian yang mati').waitFor()
    await node(page, 'PLN').click()
    await side(page).getByText('Tidak ada yang padam').waitFor()
    await node(page, 'Genset').click()
    await node(page, 'ATS').getByText('Tanpa daya').waitFor()
    await node(page, 'UPS A').getByText('Baterai').waitFor()
    await side(page).getByText('UPS A: Baterai, cukup 17 mnt').waitFor()
    await side(page).getByText('Pendingin Ruang Server tidak cukup untuk panasnya').waitFor()
    assert.match(decodeURIComponent(page.url()), /failed=pln,genset/)
    await page.getByRole('button', { name: 'Kosongkan' }).click()
    await node(page, 'UPS A').click()
    await side(page).getByText('Padam: ').waitFor()
    const over = side(page).locator('.burden', { hasText: 'A4 B' })
    assert.equal(await over.count(), 0)
    // Both sides of rack A4 together are more than 80 % of the breaker that is left.
    a4(1_900)
    await over.waitFor()
    assert.deepEqual(complaints, [])
    await close()
  })

  it('shows what is free, what sets it, and what a loss costs; a rack that fills up says so', async () => {
    a4(700)
    const { page, complaints, close } = await openPage(browser)
    await page.goto(`${stage.url}capacity`)
    const row = page.locator('.capacityracks tr', { has: page.getByRole('link', { name: 'Buka rak A4', exact: true }) })
    await row.waitFor()
    assert.equal(await page.locator('.capacityracks tbody tr:not(.grouphead)').count(), stage.model.layout()?.racks.length)
    assert.doesNotMatch((await row.textContent()) ?? '', /melebihi/)
    await page.getByText('Hanya satu genset: Genset.').waitFor()
    await page.getByText('Belum ada daya yang terbaca pada bulan ini.').waitFor()
    a4(1_900)
    await row.getByText(/melebihi/).waitFor()
    await page.getByRole('button', { name: 'Dapat ditambah' }).click()
    await page.waitForURL(/sort=free/)
    assert.match((await page.locator('.capacityracks tbody tr').first().textContent()) ?? '', /^A4/)
    await page.getByRole('searchbox', { name: 'Cari rak, baris, atau ruang' }).fill('b3')
    await page.waitForURL(/q=b3/)
    assert.equal(await page.locator('.capacityracks tbody tr').count(), 1)
    await page.getByRole('link', { name: 'UPS A', exact: true }).click()
    await side(page).getByText('Mati: UPS A').waitFor()
    assert.match(page.url(), /when=peak/)
    assert.deepEqual(complaints, [])
    await close()
  })

  it('says what went wrong and tries again, and shuts out who may not', async () => {
    broken = true
    const { page, close } = await openPage(browser)
    await page.goto(`${stage.url}power`)
    const retry = page.getByRole('button', { name: 'Coba lagi' })
    await retry.waitFor()
    broken = false
    await retry.click()
    await node(page, 'UPS A').waitFor()
    const asked: string[] = []
    page.on('request', request => {
      if (request.url().includes('/plant/')) asked.push(request.url())
    })
    stage.signIn(viewer('requester'))
    await page.goto(`${stage.url}capacity`)
    await page.getByRole('main').getByRole('heading').first().waitFor()
    assert.equal(await page.locator('.capacityracks').count(), 0)
    assert.deepEqual(asked, [])
    await close()
  })

  it('is whole on a desk and on a phone, by day and by night, in both languages', async () => {
    for (const [colorScheme, width] of [
      ['light', 1440],
      ['dark', 360],
    ] as const) {
      const { page, complaints, close } = await openPage(browser, { colorScheme, viewport: { width, height: 900 } })
      for (const path of ['power', 'power?node=ups-a', 'power?failed=pln,genset', 'capacity']) {
        await page.goto(`${stage.url}${path}`)
        await page.locator('.pnode, .capacityracks tbody tr').first().waitFor()
        await page.locator('.powerside .outgroup, .powerside .empty, .findings li').first().waitFor()
        assert.deepEqual(await axe(page), [], `${path} at ${width}`)
        assert.ok(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), `${path} is no wider than ${width}`)
      }
      await page.evaluate(() => localStorage.setItem('suar.language', 'en'))
      await page.goto(`${stage.url}power?failed=ups-a`)
      await page.getByText('Left on one feed: ').waitFor()
      assert.deepEqual(complaints, [])
      await close()
    }
  })
})
