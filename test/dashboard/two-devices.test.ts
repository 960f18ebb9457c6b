// One draft open on two devices, in two real browsers' profiles: nobody writes over the other unseen, and either may be gone on with.
import assert from 'node:assert/strict'
import type { Browser, Page } from 'playwright-core'
import { must } from '../store/support/must.ts'
import { axeOn } from '../support/axe.ts'
import { chromiumPath, openBrowser, openPage } from '../support/browser.ts'
import { type DeskStage, openDeskStage } from '../support/desk-stage.ts'

const REFUSED = /status of 412|ERR_FAILED/
const PHONE = { viewport: { width: 360, height: 740 } }

const saved = (page: Page) => page.locator('.savedmark', { hasText: 'Draf disimpan' }).waitFor()
const heading = (page: Page) => page.getByRole('heading', { name: 'Peramban ini menyimpan isian yang belum sampai ke server' })
const here = (page: Page) => page.getByRole('region', { name: 'Di peramban ini' })
const there = (page: Page) => page.getByRole('region', { name: 'Di server' })

describe('a draft on two devices', function () {
  this.timeout(90_000)
  let browser: Browser
  let desk: DeskStage
  let number = ''

  before(async function () {
    const path = chromiumPath()
    if (path === null) return this.skip()
    browser = await openBrowser(path)
    desk = await openDeskStage({ as: 'pemohon' })
  })
  beforeEach(async () => {
    number = await desk.house.draft('colocation')
  })
  after(async () => {
    await browser?.close()
    await desk?.close()
  })

  const kept = async (key: string) => must(await desk.house.desk.view(number, await desk.house.as('pemohon'))).answers[key]
  const open = async (options = {}) => {
    const watched = await openPage(browser, options, REFUSED)
    await watched.page.goto(`${desk.url}requests/draft/${number}`)
    await watched.page.getByLabel('Unit kerja').waitFor()
    return watched
  }

  it('is told to whoever comes second, with what each has, and goes on with the one that is chosen', async () => {
    const laptop = await open()
    const phone = await open(PHONE)
    await laptop.page.getByLabel('Unit kerja').fill('Bidang Mutasi')
    await saved(laptop.page)

    await phone.page.getByLabel('Unit kerja').fill('Bidang Pensiun')
    await heading(phone.page).waitFor()
    await here(phone.page).getByText('Bidang Pensiun').waitFor()
    await there(phone.page).getByText('Bidang Mutasi').waitFor()
    assert.equal(await phone.page.locator('.tornsides dt').count(), 2, 'only what differs stands there')
    assert.equal(await kept('unit'), 'Bidang Mutasi', 'nothing was written over')
    const { violations } = await axeOn(phone.page).analyze()
    assert.deepEqual(
      violations.map(one => one.id),
      [],
    )
    assert.ok(await phone.page.evaluate('document.documentElement.scrollWidth <= innerWidth'))
    await phone.page.getByRole('button', { name: 'Pakai isian di peramban ini' }).click()
    await saved(phone.page)
    assert.equal(await kept('unit'), 'Bidang Pensiun')

    await laptop.page.getByLabel('Jabatan').fill('Kepala Bidang')
    await heading(laptop.page).waitFor()
    await laptop.page.reload()
    await here(laptop.page).getByText('Kepala Bidang', { exact: true }).waitFor()
    await laptop.page.getByRole('button', { name: 'Pakai yang di server' }).click()
    assert.equal(await laptop.page.getByLabel('Unit kerja').inputValue(), 'Bidang Pensiun')
    await laptop.page.getByLabel('Unit kerja').fill('Bidang Pengadaan')
    await saved(laptop.page)
    assert.equal(await kept('unit'), 'Bidang Pengadaan')
    assert.deepEqual([laptop.complaints, phone.complaints], [[], []])
    await laptop.close()
    await phone.close()
  })

  it('is not handed in by somebody who looks at an older one', async () => {
    const laptop = await open()
    await laptop.page.goto(`${desk.url}requests/draft/${number}?step=send`)
    await laptop.page.getByLabel('Saya menyatakan demikian').check()
    const phone = await open(PHONE)
    await phone.page.getByLabel('Unit kerja').fill('Bidang Mutasi')
    await saved(phone.page)
    await laptop.page.getByRole('button', { name: 'Kirim permohonan' }).click()
    await heading(laptop.page).waitFor()
    await laptop.page.getByRole('button', { name: 'Pakai yang di server' }).click()
    await laptop.page.getByText('Bidang Mutasi').waitFor()
    await laptop.page.getByLabel('Saya menyatakan demikian').check()
    await laptop.page.getByRole('button', { name: 'Kirim permohonan' }).click()
    await laptop.page.waitForURL(/\/requests\/sent\/T-2026-0001/)
    await phone.page.getByText('T-2026-0001').waitFor()
    await phone.page.getByRole('link', { name: 'Buka' }).waitFor()
    assert.equal(await phone.page.getByLabel('Unit kerja').count(), 0, 'nobody writes on into what was handed in')
    assert.deepEqual([laptop.complaints, phone.complaints], [[], []])
    await laptop.close()
    await phone.close()
  })

  it('goes from the other page, and from the list there, when it is thrown away on one', async () => {
    const laptop = await open()
    const phone = await open(PHONE)
    const list = await openPage(browser, PHONE, REFUSED)
    await list.page.goto(`${desk.url}tickets`)
    const card = list.page.locator(`a[href="/requests/draft/${number}"]`)
    await card.first().waitFor()
    await laptop.page.getByRole('button', { name: 'Buang draf' }).click()
    await laptop.page.getByRole('dialog').getByRole('button', { name: 'Buang draf' }).click()
    await laptop.page.waitForURL(/\/tickets$/)
    await phone.page.getByText('Draf ini tidak ada').waitFor()
    await card.first().waitFor({ state: 'detached' })
    assert.equal(await phone.page.evaluate(() => Object.keys(localStorage).filter(key => key.includes('draft')).length), 0, 'nothing is kept of it')
    for (const one of [laptop, phone, list]) {
      assert.deepEqual(one.complaints, [])
      await one.close()
    }
  })

  it('is no other where only the answer of the server was lost on the way', async () => {
    const { page, complaints, close } = await open()
    let lost = 0
    await page.route('**/draft', async route => {
      if (route.request().method() !== 'PUT' || lost > 0) return route.continue()
      lost++
      await route.fetch()
      await route.abort()
    })
    await page.getByLabel('Unit kerja').fill('Bidang Mutasi')
    await page.getByText('Belum tersimpan di server').waitFor()
    assert.equal(await kept('unit'), 'Bidang Mutasi')
    await page.getByLabel('Unit kerja').fill('Bidang Mutasi dan Promosi')
    await saved(page)
    assert.equal(await kept('unit'), 'Bidang Mutasi dan Promosi')
    assert.equal(await heading(page).count(), 0)
    assert.deepEqual(complaints, [])
    await close()
  })
})
