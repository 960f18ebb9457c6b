// At the turn of a year whose holidays are not decided yet: pages say that its dates are an estimate, until the official list is imported.
import assert from 'node:assert/strict'
import type { Browser } from 'playwright-core'
import { must } from '../store/support/must.ts'
import { chromiumPath, openBrowser, openPage } from '../support/browser.ts'
import { type DeskStage, openDeskStage } from '../support/desk-stage.ts'

/** Tuesday, 29 December 2026, 09.00 WIB: five working days reach into the next year. */
const LATE = Date.UTC(2026, 11, 29, 2)
const LIST = 'tanggal;nama\n2027-01-01;Tahun Baru 2027 Masehi\n2027-01-05;Isra Mikraj Nabi Muhammad SAW\n'

describe('a year without an official list of holidays', function () {
  this.timeout(60_000)
  let browser: Browser
  let desk: DeskStage

  before(async function () {
    const path = chromiumPath()
    if (path === null) return this.skip()
    browser = await openBrowser(path)
    desk = await openDeskStage({ now: LATE, as: 'pemohon' })
  })
  after(async () => {
    await browser?.close()
    await desk?.close()
  })

  it('is an estimate on receipt, ticket and calendar, until the list is imported; the promise that was given stays', async () => {
    const number = await desk.house.filed('colocation')
    const promised = must(await desk.house.desk.view(number, await desk.house.as('pemohon'))).due
    assert.equal(new Date(promised ?? 0).getUTCFullYear(), 2027)
    const { page, complaints, close } = await openPage(browser)
    const receipt = 'Hari libur tahun itu belum ditetapkan; tanggal ini perkiraan.'
    const why = 'Perkiraan: daftar resmi hari libur 2027 belum ada, libur tahun itu belum diperhitungkan.'
    await page.goto(`${desk.url}requests/sent/${number}`)
    await page.getByText(receipt).waitFor()
    await page.goto(`${desk.url}tickets/${number}`)
    await page.getByText(why).waitFor()

    desk.house.clock.now += 3_600_000
    await desk.sit('admin')
    await page.goto(`${desk.url}calendar?month=2027-01`)
    await page.getByText('Hari libur 2027 masih perkiraan: daftar resminya belum diimpor.').waitFor()
    await page.getByRole('button', { name: 'Impor hari libur…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Impor hari libur' })
    await dialog.locator('input[type=file]').setInputFiles({ name: 'libur-2027.csv', mimeType: 'text/csv', buffer: Buffer.from(LIST) })
    await dialog.getByText('Isra Mikraj Nabi Muhammad SAW').waitFor()
    await dialog.getByLabel('Sumber resmi').fill('SKB 3 Menteri 2027')
    await dialog.getByRole('button', { name: 'Terapkan 2 perubahan' }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.getByText('Hari libur 2027 masih perkiraan').waitFor({ state: 'detached' })
    await page
      .getByText(/SKB 3 Menteri 2027/)
      .first()
      .waitFor()

    await desk.sit('pemohon')
    await page.goto(`${desk.url}tickets/${number}`)
    await page.locator('.docs .docname').first().waitFor()
    assert.equal(await page.getByText(why).count(), 0)
    await page.goto(`${desk.url}requests/sent/${number}`)
    await page.locator('.receipt').waitFor()
    assert.equal(await page.getByText(receipt).count(), 0)
    const after = must(await desk.house.desk.view(number, await desk.house.as('pemohon')))
    assert.equal(after.due, promised)
    const told = after.clock?.explanation.find(line => line.kind === 'promised')
    assert.ok(told?.kind === 'promised' && told.now > (promised ?? 0), 'reckoned with the list it would be later')
    assert.deepEqual([told.version, told.nowVersion], [1, 2])
    assert.deepEqual(complaints, [])
    await close()
  })
})
