// The first journey: the mains of the demonstration fail and come back, seen and handled on open pages that are never reloaded.
import assert from 'node:assert/strict'
import type { Browser, Page, Request } from 'playwright-core'
import { asking } from '../support/asking.ts'
import { chromiumPath, openBrowser, openPage } from '../support/browser.ts'
import { type Daemon, dataFolder, freshDemonstration, startDaemon, until } from '../support/daemon.ts'

const MARK = 'window.unbroken = true'
const isUnbroken = (page: Page): Promise<boolean> => page.evaluate<boolean>('window.unbroken === true')

/** What a page asks over HTTP, beside the live socket. */
function asked(page: Page): string[] {
  const all: string[] = []
  page.on('request', (request: Request) => {
    const { pathname } = new URL(request.url())
    if (!pathname.startsWith('/socket.io/')) all.push(`${request.method()} ${pathname}`)
  })
  return all
}

const box = (page: Page, name: string) => page.locator('.nd', { has: page.locator('.nm', { hasText: name }) })

/** The runtime that a UPS box counts down, in seconds. */
async function runtimeOf(page: Page, name: string): Promise<number> {
  const text = await box(page, name).locator('.runs').innerText()
  const [seconds = 0, minutes = 0, hours = 0] = text.split(':').map(Number).reverse()
  return hours * 3600 + minutes * 60 + seconds
}

describe('journey 1: the mains fail', function () {
  this.timeout(240_000)
  let browser: Browser | undefined
  let daemon: Daemon | undefined
  const data = dataFolder()

  before(function () {
    if (chromiumPath() === null) {
      process.stdout.write('      Chromium is missing: this journey needs a browser.\n')
      this.skip()
    }
  })
  after(async () => {
    await browser?.close()
    await daemon?.stop()
    data.remove()
  })

  it('is shown, explained, acknowledged and survived, without a reload', async () => {
    const path = chromiumPath()
    assert.ok(path !== null)
    const running = await startDaemon({ data: data.path, env: freshDemonstration() })
    daemon = running
    const api = asking(() => running)
    browser = await openBrowser(path)
    const wall = await openPage(browser, { viewport: { width: 1920, height: 1080 } })
    const colleague = await openPage(browser)
    for (const { page } of [wall, colleague]) await page.request.post(`${running.url}api/v1/session`, { data: { demo: 'noc' } })
    const atWall = asked(wall.page)
    const atColleague = asked(colleague.page)

    // Calm: a fresh folder, and live values on the wall.
    await wall.page.goto(`${running.url}wall`)
    await box(wall.page, 'UPS A').getByText('kW').waitFor()
    await api.allUp()
    // A daemon just started reads everything within a minute; before, nobody may say that all is normal.
    await wall.page.locator('.walltop.calm').getByText('Semua normal').waitFor({ timeout: 120_000 })
    await until(
      'a figure at every UPS',
      () => Promise.all(['UPS A', 'UPS B'].map(name => box(wall.page, name).locator('.fig').first().innerText())),
      texts => texts.every(text => /\d/.test(text)),
    )
    await colleague.page.goto(`${running.url}alarms`)
    await colleague.page.getByText('Tidak ada alarm').first().waitFor()
    await wall.page.evaluate(MARK)
    await colleague.page.evaluate(MARK)
    const loadedAtColleague = atColleague.length

    // The mains fail, from the panel on the page.
    await wall.page.getByRole('button', { name: 'Peragaan' }).click()
    await wall.page.getByRole('button', { name: 'Mulai: Listrik PLN padam' }).click()
    await wall.page.locator('.walltop').getByText('Listrik PLN padam').waitFor()
    await wall.page.getByRole('button', { name: 'Tutup' }).click()
    await box(wall.page, 'UPS A').getByText('Baterai', { exact: true }).waitFor()
    const first = await runtimeOf(wall.page, 'UPS A')
    assert.ok(first > 60, `runtime ${first} s`)
    await until(
      'a runtime that counts down',
      () => runtimeOf(wall.page, 'UPS A'),
      runtime => runtime < first,
    )
    await wall.page.getByText('Baterai habis dalam').waitFor()
    await box(wall.page, 'PLN').getByText('Padam').waitFor()

    // One cause with what it does, on the wall and on the colleague's list.
    await wall.page.locator('.alarms .cause').getByText('Listrik PLN padam').waitFor()
    await wall.page.locator('.alarms .kids li').nth(1).waitFor()
    const cause = await api.alarm(
      'Listrik PLN padam',
      ({ cause, condition }) => cause === null && condition.kind === 'state' && condition.meaning === 'utilityFailed',
    )
    await until('two effects of the cause', api.alarms, all => all.filter(alarm => alarm.cause === cause.id).length >= 2)
    const list = colleague.page.locator('.al > .g')
    await list.locator('.gmain', { hasText: 'Listrik PLN padam' }).waitFor()
    assert.equal(await list.count(), 1)

    // Somebody takes it on; the colleague sees who, without doing anything.
    await wall.page.locator('.alarms a.cause').click()
    await wall.page.getByRole('button', { name: 'Akui', exact: true }).first().click()
    await wall.page.getByLabel('Komentar').fill('Genset dipantau, teknisi menuju ruang daya')
    await wall.page.getByRole('dialog').getByRole('button', { name: 'Akui' }).click()
    await colleague.page.getByText(/Diakui Joko Susilo \d\d[.:]\d\d.*Genset dipantau, teknisi menuju ruang daya/).waitFor()
    await wall.page.getByRole('dialog').waitFor({ state: 'detached' })
    await wall.page.keyboard.press('g')
    await wall.page.keyboard.press('w')

    // The genset takes over, cooling comes back, batteries rest.
    await wall.page.locator('.ol').waitFor()
    await wall.page.locator('.nd.k-ats .at', { hasText: 'Genset' }).waitFor({ timeout: 60_000 })
    await box(wall.page, 'Genset').locator('.whenalive').getByText('kW').waitFor({ timeout: 60_000 })
    await until(
      'both UPS off their batteries, cooling running',
      api.alarms,
      all => !all.some(({ device, condition }) => device?.startsWith('crac-') || (condition.kind === 'state' && condition.meaning === 'onBattery')),
      120_000,
    )
    await until(
      'cooling running on the wall',
      () => wall.page.locator('.crac.off').count(),
      count => count === 0,
    )
    await box(wall.page, 'UPS A').getByText('Baterai', { exact: true }).waitFor({ state: 'hidden' })

    // Mended: all ends by itself, and is found again in the archive.
    await wall.page.getByRole('button', { name: 'Peragaan' }).click()
    await wall.page.getByRole('button', { name: 'Akhiri: Listrik PLN padam' }).click()
    await wall.page.locator('.walltop.calm').getByText('Semua normal').waitFor({ timeout: 60_000 })
    await colleague.page.getByText('Tidak ada alarm').first().waitFor()
    const archived = (await api.alarms('cleared')).find(alarm => alarm.id === cause.id)
    assert.deepEqual([archived?.acknowledged?.by, archived?.acknowledged?.comment], ['Joko Susilo', 'Genset dipantau, teknisi menuju ruang daya'])
    assert.deepEqual(atColleague.slice(loadedAtColleague), [], 'an open list asks nothing but the live socket')
    await colleague.page.getByRole('link', { name: 'Arsip' }).click()
    await colleague.page.getByRole('link', { name: 'Listrik PLN padam' }).first().waitFor()

    assert.deepEqual([await isUnbroken(wall.page), await isUnbroken(colleague.page)], [true, true], 'no page was loaded anew')
    const documents = atWall.filter(line => line === 'GET /wall' || line === 'GET /alarms')
    assert.deepEqual(documents, ['GET /wall'])
    const history = atWall.filter(line => line === 'GET /api/v1/history')
    assert.ok(history.length <= 9, `the wall asked for the past ${history.length} times`)
    const desk = atWall.filter(line => line === 'GET /api/v1/desk/summary')
    assert.ok(desk.length <= 3, `the wall asked for the desk's clocks ${desk.length} times`)
    const around = atWall.filter(line => line === `GET /api/v1/timeline/alarm/${cause.id}`)
    assert.ok(around.length <= 1, `the open alarm asked what happened around it ${around.length} times`)
    assert.deepEqual(
      atWall.filter(
        line =>
          line.includes('/api/') &&
          !/^(GET \/api\/v1\/(history|session|desk\/summary|(timeline\/alarm|alarms)\/\d+)|POST \/api\/v1\/(demo|alarms)\/\S+)$/.test(line),
      ),
      [],
    )
    assert.deepEqual([...wall.complaints, ...colleague.complaints], [])
  })
})
