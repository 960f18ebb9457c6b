// A session that ends under an open page: nothing typed is lost, what was being sent is sent again, and the line comes back by itself.
import assert from 'node:assert/strict'
import type { Browser } from 'playwright-core'
import { chromiumPath, openBrowser, openPage } from '../support/browser.ts'
import { type House, openHouse } from '../support/reception.ts'

const REFUSED = /status of 4\d\d|WebSocket/
const NINE_HOURS = 9 * 3_600_000

describe('a session that ends under an open page', function () {
  this.timeout(60_000)
  let browser: Browser
  let house: House

  before(async function () {
    const path = chromiumPath()
    if (path === null) return this.skip()
    browser = await openBrowser(path)
  })
  beforeEach(async () => {
    house = await openHouse({ people: true })
  })
  afterEach(() => house.close())
  after(() => browser?.close())

  it('is taken up again in place: the form is whole, and what was sent arrives once', async () => {
    const { page, complaints, close } = await openPage(browser, {}, REFUSED)
    await page.goto(`${house.stage.url}people/organisations/new`)
    await page.getByRole('button', { name: /Yoga Pratama/ }).click()
    await page.getByLabel('Nama resmi').fill('Dinas Perhubungan')
    await page.getByLabel('Sebutan singkat').fill('Dishub')
    house.later(NINE_HOURS)
    await page.getByRole('button', { name: 'Simpan' }).click()
    const dialog = page.getByRole('dialog', { name: 'Sesi berakhir' })
    await dialog.waitFor()
    assert.equal(await page.locator('.band').count(), 0, 'the dialog says it; no second alarm')
    await page.keyboard.press('Escape')
    assert.equal(await dialog.isVisible(), true, 'nothing closes it but signing in or leaving')
    assert.equal(await page.getByLabel('Nama resmi').inputValue(), 'Dinas Perhubungan')

    assert.equal(await page.getByLabel('Jenis').inputValue(), 'agency', 'a new one begins as what most are')
    await dialog.getByRole('button', { name: /Lanjut sebagai Yoga Pratama/ }).click()
    await page.locator('.toast').getByText('Tersimpan').waitFor()
    await page.locator('.table').getByText('Dishub', { exact: true }).waitFor()
    assert.equal((await house.records.people.organisations.all()).filter(one => one.short === 'Dishub').length, 1)
    await page.locator('.live:not(.stale)').waitFor()
    assert.deepEqual(complaints, [])
    await close()
  })

  it('is told at once by the line when it is ended elsewhere, and does not load the page anew', async () => {
    const { page, complaints, close } = await openPage(browser, {}, REFUSED)
    await page.goto(`${house.stage.url}people/persons/new`)
    await page.getByRole('button', { name: /Yoga Pratama/ }).click()
    await page.getByLabel('Nama dengan gelar').fill('Budi Santoso, S.T.')
    await page.evaluate('window.stillHere = true')
    const account = await house.records.accounts.byLogin('admin')
    assert.ok(account !== null)
    const other = await page.context().newPage()
    await other.goto(`${house.stage.url}account`)
    await other.locator('.prefs-open').first().click()
    await other.getByRole('button', { name: 'Keluar' }).last().click()
    const dialog = page.getByRole('dialog', { name: 'Sesi berakhir' })
    await dialog.waitFor()

    // Signing in again in the other tab is enough for this one.
    await other.getByRole('button', { name: /Yoga Pratama/ }).click()
    await dialog.waitFor({ state: 'detached' })
    assert.equal(await page.getByLabel('Nama dengan gelar').inputValue(), 'Budi Santoso, S.T.')
    assert.equal(await page.evaluate('window.stillHere'), true)
    await page.locator('.live:not(.stale)').waitFor()
    assert.deepEqual(complaints, [])
    await close()
  })

  it('shows a changed role without a reload: what one may no longer see goes away', async () => {
    const { page, complaints, close } = await openPage(browser, {}, REFUSED)
    await page.goto(`${house.stage.url}audit`)
    await page.getByRole('button', { name: /Hendra Gunawan/ }).click()
    await page.getByText(/Rantai utuh/).waitFor()
    const account = await house.records.accounts.byLogin('auditor')
    const [office] = account === null ? [] : await house.records.people.officesOf(account.person)
    assert.ok(office !== undefined)
    const admin = await openPage(browser, {}, REFUSED)
    await admin.page.goto(`${house.stage.url}people/chairs/${office.id}`)
    await admin.page.getByRole('button', { name: /Yoga Pratama/ }).click()
    await admin.page.getByLabel('Peran', { exact: true }).selectOption('noc')
    await admin.page.getByRole('button', { name: 'Simpan' }).click()
    await page.getByText('Halaman ini bukan untuk peran Anda').waitFor()
    assert.equal(await page.locator('.rail').getByText('Jejak audit').count(), 0)
    assert.deepEqual([...complaints, ...admin.complaints], [])
    await admin.close()
    await close()
  })

  it('asks for a fresh proof before the security of the account is changed', async () => {
    const { page, complaints, close } = await openPage(browser, {}, REFUSED)
    await page.goto(`${house.stage.url}account`)
    await page.getByRole('button', { name: /Yoga Pratama/ }).click()
    await page.getByRole('heading', { name: 'Akun saya' }).waitFor()
    house.later(10 * 60_000)
    await page.getByRole('button', { name: 'Pasang', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: 'Buktikan bahwa ini Anda' })
    await dialog.getByRole('button', { name: 'Buktikan' }).click()
    await page.getByRole('img', { name: /Kode QR/ }).waitFor()
    assert.deepEqual(complaints, [])
    await close()
  })
})
