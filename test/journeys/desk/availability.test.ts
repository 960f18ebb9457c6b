// The availability of a service on its page, in a real browser: an outage is written down, counted, ended and taken back.
import assert from 'node:assert/strict'
import type { Browser } from 'playwright-core'
import { axeOn } from '../../support/axe.ts'
import { chromiumPath, openBrowser } from '../../support/browser.ts'
import { HOUR, type Office, openOffice, wib } from '../../support/office.ts'

/** Three hours of the six that there were, give or take the seconds since. */
const HALF = /^(49,9\d|50(,\d+)?) %$/

describe('the availability of a service on its page', function () {
  this.timeout(120_000)
  let office: Office
  let browser: Browser

  before(async function () {
    const path = chromiumPath()
    if (path === null) return this.skip()
    office = await openOffice({ now: wib('2026-11-20 08:00') })
    office.later(6 * HOUR)
    browser = await openBrowser(path)
  })
  after(async () => {
    await browser?.close()
    await office?.close()
  })

  it('counts what an officer writes down, and shows it to who asks', async () => {
    const { page, complaints, close } = await office.as('petugas').page(browser)
    await page.goto(`${office.url}/catalogue/hosting?part=availability`)
    await page.getByText('Tidak ada gangguan tercatat').waitFor()
    await page.getByRole('button', { name: 'Catat gangguan…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Mulai').fill('2026-11-20T09:00')
    await dialog.getByLabel('Selesai').fill('2026-11-20T08:30')
    await dialog.getByRole('button', { name: 'Simpan' }).click()
    await dialog.getByText('Waktu selesai harus sesudah waktu mulai.').waitFor()
    await dialog.getByLabel('Selesai').fill('2026-11-20T12:00')
    await dialog.getByLabel('Sebab').fill('Basis data penuh.')
    await dialog.getByRole('button', { name: 'Simpan' }).click()
    await page.getByText('Basis data penuh.').first().waitFor()
    await page.getByRole('cell', { name: HALF }).waitFor()
    const { violations } = await axeOn(page).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze()
    assert.deepEqual(
      violations.map(one => `${one.id}: ${one.nodes.map(node => node.target.join(' ')).join(', ')}`),
      [],
    )
    assert.equal((await office.as('petugas').file('/availability/print')).subarray(0, 5).toString(), '%PDF-')

    const asking = await office.as('pemohon').page(browser, { viewport: { width: 360, height: 740 }, colorScheme: 'dark' })
    await asking.page.goto(`${office.url}/catalogue/hosting?part=availability`)
    await asking.page.getByRole('cell', { name: HALF }).waitFor()
    assert.equal(await asking.page.getByRole('button', { name: 'Catat gangguan…' }).count(), 0)
    const narrow = await axeOn(asking.page).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze()
    assert.deepEqual(
      narrow.violations.map(({ id }) => id),
      [],
    )
    const [wide, seen] = await asking.page.evaluate<[number, number]>('[document.documentElement.scrollWidth, innerWidth]')
    assert.ok(wide <= seen, `${wide} px wide on ${seen}`)
    assert.equal((await office.as('pemohon').ask('GET', '/availability/print')).status, 403)

    await page.getByRole('button', { name: 'Tarik' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Tarik' }).click()
    await page.getByText('Tidak ada gangguan tercatat').waitFor()
    await page.getByRole('cell', { name: '100 %' }).waitFor()
    assert.deepEqual([...complaints, ...asking.complaints], [])
    await close()
    await asking.close()
  })
})
