// Floor, racks, devices and alarms in a real browser: they follow the live stream, lead from one to the next, and shut nobody out.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import type { Browser } from 'playwright-core'
import type { Condition } from '../../daemon/domain/alarm.ts'
import { axe } from '../support/axe.ts'
import { chromiumPath, openBrowser, openPage } from '../support/browser.ts'
import { openStage, type Stage } from '../support/stage.ts'
import { ANYBODY } from '../support/viewers.ts'

const HOT: Condition = { kind: 'above', value: 28.4, limit: 27, clear: 26, from: 'site' }
const A4 = 'sensor.rack-a4-top.temperature'
/** The stage keeps no archive: asking it is answered, and noted by the browser, as "not there". */
const NO_ARCHIVE = /status of 404/

const PAGES = [
  'floor',
  'floor?rack=a4&mode=power',
  'racks',
  'racks/a4',
  'devices',
  'devices/ups-a?point=output.state',
  'alarms?alarm=1',
  'wall',
  'admin',
]

/** Whether the focused element or the row it stands in shows a ring. */
const RINGED = `(() => {
  const { outlineStyle, boxShadow } = getComputedStyle(document.activeElement)
  return outlineStyle !== 'none' || boxShadow !== 'none'
})()`

/** What sticks out of the window without standing in something that scrolls. */
const STICKING = `[...document.querySelectorAll('main *')].filter(one => {
  const { right, width } = one.getBoundingClientRect()
  if (width === 0 || right <= innerWidth + 1) return false
  for (let up = one.parentElement; up !== null; up = up.parentElement) if (getComputedStyle(up).overflowX !== 'visible') return false
  return true
}).map(one => one.tagName + '.' + one.getAttribute('class')).join(' ')`

describe('the pages of the NOC in a browser', function () {
  this.timeout(90_000)
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

  it('paints a rack that gets too hot, in place, and shows it beside the plan', async () => {
    const { page, complaints, close } = await openPage(browser, {}, NO_ARCHIVE)
    await page.goto(`${stage.url}floor`)
    const rack = page.locator('a.rk', { hasText: 'A4' })
    await rack.waitFor()
    const before = await rack.elementHandle()
    stage.set([['env-1', A4, 28.4]])
    await page.locator('a.rk.heat-5', { hasText: '28,4' }).waitFor()
    assert.ok(await rack.evaluate((node, old) => node === old, before), 'the same element, painted anew')
    await rack.click()
    await page.locator('.drawer h2', { hasText: 'Rak A4' }).waitFor()
    assert.match(page.url(), /rack=a4/)
    stage.raise('env-1', A4, 'warning', HOT)
    await page.locator('.drawer').getByText('Suhu masuk rak A4 tinggi').waitFor()
    assert.deepEqual(complaints, [])
    await close()
  })

  it('takes the plan back in time and returns to live', async () => {
    const { page, complaints, close } = await openPage(browser, {}, NO_ARCHIVE)
    await page.goto(`${stage.url}floor`)
    const handle = page.getByRole('slider')
    await handle.waitFor()
    const live = await page.locator('a.rk', { hasText: 'A4' }).locator('.one').textContent()
    await handle.focus()
    await page.keyboard.press('Home')
    await page.getByText(/^Keadaan /).waitFor()
    await page.locator('a.rk', { hasText: 'A4' }).locator('.one', { hasText: /^\d/ }).waitFor()
    await page.getByRole('button', { name: 'Kembali ke langsung' }).click()
    await page.getByText(/^Keadaan /).waitFor({ state: 'detached' })
    assert.equal(await page.locator('a.rk', { hasText: 'A4' }).locator('.one').textContent(), live)
    assert.deepEqual(complaints, [])
    await close()
  })

  it('follows a figure down to its evidence and hands the chart out as CSV', async () => {
    const { page, complaints, close } = await openPage(browser, {}, NO_ARCHIVE)
    await page.goto(`${stage.url}devices`)
    await page.getByRole('searchbox', { name: /Cari nama/ }).fill('ups a')
    await page.getByText('1–1 dari 1').waitFor()
    await page.getByRole('link', { name: 'UPS A' }).click()
    await page.locator('.table tr', { hasText: 'output.load' }).first().click()
    const drawer = page.locator('.drawer')
    await drawer.getByText(/^1\.3\.6\.1/).waitFor()
    assert.match(page.url(), /point=output\.load/)
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Unduh CSV' }).click()])
    const lines = readFileSync(await file.path(), 'utf8')
      .trimEnd()
      .split('\r\n')
    assert.match(lines[0] ?? '', /^\uFEFFtime,ups-a /)
    assert.ok(lines.length > 100 && lines.every(line => line.split(',').length === lines[0]?.split(',').length))
    await page.keyboard.press('Escape')
    await drawer.waitFor({ state: 'detached' })
    assert.deepEqual(complaints, [])
    await close()
  })

  it('shows alarms by cause as they come, walks them by key, and moves what is acknowledged without asking again', async () => {
    const { page, complaints, close } = await openPage(browser, {}, NO_ARCHIVE)
    stage.signIn({ ...ANYBODY, name: 'Rangga' })
    await page.goto(`${stage.url}alarms`)
    await page.getByText('Tidak ada alarm terbuka').waitFor()
    const asked: string[] = []
    page.on('request', request => {
      if (/\/api\/v1\/alarms(\?|$)/.test(request.url())) asked.push(request.url())
    })
    const cause = stage.raise('crac-1', null, 'warning', { kind: 'system', code: 'test', text: { en: 'CRAC 1 stopped', id: 'CRAC 1 berhenti' } })
    stage.raise('env-1', A4, 'warning', HOT, { cause })
    stage.raise('sw-a3', null, 'critical', { kind: 'down', since: Date.now(), why: 'timeout' })
    const open = page.getByRole('region', { name: 'Terbuka' })
    await open.locator('.g').nth(1).waitFor()
    assert.match((await open.locator('.g').nth(0).textContent()) ?? '', /SW-A3/)
    assert.match((await open.locator('.g').nth(1).textContent()) ?? '', /CRAC 1 berhenti.*Suhu masuk rak A4/)
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await page.waitForURL(new RegExp(`alarm=${cause}`))
    await page.keyboard.press('a')
    await page.getByLabel('Komentar').fill('Teknisi menuju lokasi')
    await page.keyboard.press('Control+Enter')
    await page.locator('.detail').getByText('Diakui Rangga').first().waitFor()
    assert.deepEqual(stage.posted, [{ path: `acknowledge ${cause}`, body: { comment: 'Teknisi menuju lokasi' } }])
    assert.deepEqual(asked, [], 'the list came by the stream')
    assert.deepEqual(complaints, [])
    await close()
  })

  it('fills the hole in a chart when the line comes back', async () => {
    const { page, complaints, close } = await openPage(browser, {}, /status of 404|ERR_CONNECTION|WebSocket|ERR_EMPTY_RESPONSE/)
    await page.goto(`${stage.url}devices/ups-a`)
    await page.locator('.plot canvas').waitFor()
    await page.locator('.plot .skel').waitFor({ state: 'detached' })
    const port = Number(new URL(stage.url).port)
    await stage.close()
    await page.getByText(/^Sambungan putus sejak/).waitFor()
    const again = page.waitForRequest(/\/api\/v1\/history\?.*buckets=600/)
    stage = await openStage({ port })
    await again
    await page.getByText(/^Sambungan putus sejak/).waitFor({ state: 'detached' })
    assert.deepEqual(complaints, [])
    await close()
  })

  for (const width of [360, 1440]) {
    it(`fits ${width} px, and axe finds nothing in either theme`, async () => {
      stage.set([['env-1', A4, 28.4]])
      stage.raise('env-1', A4, 'warning', HOT)
      const { page, complaints, close } = await openPage(browser, { colorScheme: 'light', viewport: { width, height: 800 } }, NO_ARCHIVE)
      for (const path of PAGES) {
        await page.goto(`${stage.url}${path}`)
        await page.locator('main h1, .walltop h1').first().waitFor()
        await page.locator('.skel').first().waitFor({ state: 'detached' })
        assert.equal(await page.evaluate<string>(STICKING), '', `${path} at ${width}`)
        assert.deepEqual(await axe(page), [], `${path} light`)
        await page.emulateMedia({ colorScheme: 'dark' })
        assert.deepEqual(await axe(page, 'colours'), [], `${path} dark`)
        await page.emulateMedia({ colorScheme: 'light' })
      }
      assert.deepEqual(complaints, [])
      await close()
    }).timeout(180_000)
  }

  it('is walked by keys alone: over the rail to the content, always seeing where one is', async () => {
    const { page, complaints, close } = await openPage(browser, {}, NO_ARCHIVE)
    await page.goto(`${stage.url}devices`)
    await page.getByRole('link', { name: 'UPS A' }).waitFor()
    await page.keyboard.press('Tab')
    await page.locator('a.skip:focus').waitFor()
    await page.keyboard.press('Enter')
    await page.locator('main:focus').waitFor()
    await page.keyboard.press('Tab')
    await page.getByRole('searchbox').and(page.locator(':focus')).waitFor()
    for (let i = 0; i < 8; i++) {
      await page.keyboard.press('Tab')
      assert.ok(await page.evaluate<boolean>(RINGED), await page.evaluate<string>('document.activeElement.outerHTML'))
    }
    await page.locator('body').press('g')
    await page.keyboard.press('f')
    await page.waitForURL(/\/floor$/)
    assert.deepEqual(complaints, [])
    await close()
  })
})
