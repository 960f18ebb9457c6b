// Care in a real browser, in the demonstration: an asset and its plan are entered, its work order comes by itself, a technician comes in for it, and the run test fails by the readings.

import assert from 'node:assert/strict'
import type { Browser, Page } from 'playwright-core'
import { type Asking, asking } from '../../support/asking.ts'
import { axeOn } from '../../support/axe.ts'
import { chromiumPath, openBrowser, openPage } from '../../support/browser.ts'
import { type Daemon, dataFolder, freshDemonstration, startDaemon } from '../../support/daemon.ts'

const path = chromiumPath()
const DAY = 86_400_000

;(path === null ? describe.skip : describe)('care on the pages', function () {
  this.timeout(300_000)
  const data = dataFolder()
  let daemon: Daemon
  let api: Asking
  let browser: Browser

  before(async () => {
    daemon = await startDaemon({ data: data.path, env: freshDemonstration() })
    api = asking(() => daemon)
    browser = await openBrowser(path ?? '')
  })
  after(async () => {
    await browser.close()
    await daemon.stop()
    data.remove()
  })

  it('goes from the register to the work, lets a technician in and judges the run test by what was read', async () => {
    await api.allUp()
    const { page, complaints, close } = await openPage(browser, {}, /^$/, daemon)
    await page.goto(`${daemon.url}care?part=register`)
    await page.getByRole('heading', { name: 'Genset' }).waitFor()
    assert.deepEqual((await axeOn(page).analyze()).violations, [])

    // A second genset, watched by the same controller, with a weekly run from tomorrow on.
    await page.getByRole('button', { name: 'Tambah aset' }).click()
    await page.getByLabel('Jenis').selectOption({ label: 'Genset' })
    await page.getByLabel('Nama', { exact: true }).fill('Genset cadangan')
    await page.getByLabel('Ruang', { exact: true }).selectOption('power-room')
    await page.getByLabel('Perangkat terpantau').selectOption('genset')
    assert.deepEqual((await axeOn(page).analyze()).violations, [])
    await page.getByRole('button', { name: 'Simpan' }).click()
    await page.getByText('Genset cadangan', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Tambah rencana: Genset cadangan' }).click()
    await page.getByLabel('Pekerjaan', { exact: true }).fill('Uji jalan mingguan')
    await page.getByLabel('Setiap').nth(1).selectOption('week')
    await page.getByLabel('Pertama kali').fill(new Date(Date.now() + DAY + 7 * 3_600_000).toISOString().slice(0, 10))
    await page.getByLabel('Daftar periksa').fill('Periksa oli\nPeriksa aki')
    await page.getByRole('button', { name: 'Simpan' }).click()
    await page.getByText('Uji jalan mingguan', { exact: false }).first().waitFor()
    assert.deepEqual(complaints, [])

    // Its work orders are in the list without anybody writing them.
    await page.getByRole('link', { name: 'Pekerjaan', exact: false }).first().click()
    await page.getByLabel('Cari nomor, pekerjaan, atau aset').fill('Uji jalan mingguan')
    await page
      .getByRole('link', { name: /Uji jalan mingguan/ })
      .first()
      .click()
    const order = page.getByRole('complementary', { name: 'Uji jalan mingguan' })
    await order.getByLabel('Nama teknisi').fill('Rudi Hartono')
    await order.getByLabel('Perusahaan').fill('CV Daya Mandiri')
    assert.deepEqual((await axeOn(page).analyze()).violations, [])
    await order.getByRole('button', { name: 'Mulai', exact: true }).click()

    // The technician is inside on a maintenance visit, and the page says so by itself.
    const visit = order.getByRole('link', { name: /^KJ-/ })
    await visit.waitFor()
    await order.getByRole('checkbox', { name: 'Periksa oli' }).check()
    await order.getByLabel('Catatan hasil').fill('Tidak mau hidup, tunggu teknisi pabrik.')
    await order.getByRole('button', { name: 'Selesaikan' }).click()
    await order.getByText('Genset tidak hidup selama pekerjaan ini.').waitFor()
    await order.getByText('Selesai · Tidak lolos').waitFor()
    const number = await visit.textContent()
    await visit.click()
    await page.getByText('Pemeliharaan', { exact: false }).first().waitFor()
    await page
      .getByText(number ?? '', { exact: false })
      .first()
      .waitFor()
    await page.getByRole('heading', { name: 'Ruang seperti semula' }).waitFor()
    await page.getByText(/Mode kunjungan:/).waitFor()

    // The timeline of the site tells of it.
    await page.goto(`${daemon.url}timeline?kinds=work`)
    await page.getByText(/Uji jalan mingguan selesai: tidak lolos/).waitFor()
    assert.deepEqual(complaints, [])
    await close()
  })

  it('fits a phone, in the dark, and exports its register', async () => {
    const { page, complaints, close } = await openPage(browser, { viewport: { width: 360, height: 740 }, colorScheme: 'dark' }, /^$/, daemon)
    for (const at of ['care', 'care?part=register', 'care?order=1']) {
      await page.goto(`${daemon.url}${at}`)
      await page.getByRole('heading', { name: 'Perawatan' }).waitFor()
      await page.locator('.careasset, .carepage table, .careorder').first().waitFor()
      assert.ok(await page.evaluate<boolean>('document.documentElement.scrollWidth <= innerWidth'), `${at} is wider than the phone`)
      assert.deepEqual((await axeOn(page).analyze()).violations, [], at)
    }
    const csv = await fetch(`${daemon.url}api/v1/care/export?table=assets`, { headers: { cookie: await cookieOf(page) } })
    assert.match(await csv.text(), /genset,Genset 60 kVA,.*1\.3\.2\.05\.02\.04\.001/)
    assert.deepEqual(complaints, [])
    await close()
  })
})

const cookieOf = async (page: Page): Promise<string> => (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
