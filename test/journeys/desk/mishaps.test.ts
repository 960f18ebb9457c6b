// Mishaps at a browser: a form with everything wrong, a session that ends under the hands, two chiefs at once, an address that was guessed.
import assert from 'node:assert/strict'
import type { Browser, Page, WebSocketRoute } from 'playwright-core'
import { chromiumPath, openBrowser } from '../../support/browser.ts'
import { desk, writeRequest } from '../../support/desk-pages.ts'
import { MINUTE, type Office, openOffice, PASSWORD } from '../../support/office.ts'
import { file, verify } from '../../support/procedure.ts'

/** The browser notes every answer that is no 200; here they belong to the story. */
const REFUSED = /status of 40[0149]/

/** The live line of a page, before it is opened; what is given cuts it for good, while requests go on. */
async function lineOf(page: Page): Promise<() => Promise<void>> {
  const lines: WebSocketRoute[] = []
  let isCut = false
  await page.routeWebSocket(/socket\.io/, line => {
    if (isCut) return void line.close()
    lines.push(line)
    line.connectToServer()
  })
  return async () => {
    isCut = true
    await Promise.all(lines.map(line => line.close()))
  }
}

describe('mishaps at a browser', function () {
  this.timeout(60_000)
  let office: Office
  let browser: Browser
  const opened: { close(): Promise<void> }[] = []

  async function page(login: string): Promise<Page> {
    const watched = await office.as(login).page(browser, {}, REFUSED)
    watched.page.setDefaultTimeout(20_000)
    opened.push({
      async close() {
        await watched.close()
        assert.deepEqual(watched.complaints, [])
      },
    })
    return watched.page
  }

  before(async function () {
    const path = chromiumPath()
    if (path === null) return this.skip()
    browser = await openBrowser(path)
    // By the machine's own clock: the browser lets a cookie go that ended before its own time.
    office = await openOffice({ now: Date.now(), settings: { signin: { idle: '30m', absolute: '12h' } } })
  })
  afterEach(async () => {
    for (const one of opened.splice(0)) await one.close()
  })
  after(async () => {
    await browser?.close()
    await office?.close()
  })

  it('a form with everything wrong is told all of it at once, each a way to its field, and nothing typed is lost', async () => {
    const form = await page('pemohon')
    await form.goto(`${office.url}/requests/new/colocation`)
    await form.locator('.formpanel').waitFor()
    const number = /D-\d+/.exec(form.url())?.[0]
    await form.locator('.leaf[data-path="nip"] input').fill('12')
    await form.locator('.leaf[data-path="mobile"] input').fill('telepon')
    await form.locator('.leaf[data-path="email"] input').fill('bukan-surel')
    await form.goto(`${office.url}/requests/draft/${number}?step=send`)
    await form.getByLabel('Saya menyatakan demikian').check()
    await form.locator('.sendbtn').click()
    const mistakes = form.locator('.mistakes')
    await mistakes.getByText(/Ada \d+ isian yang perlu diperbaiki/).waitFor()
    assert.ok((await mistakes.getByRole('listitem').count()) > 10, 'all of them')
    await mistakes.getByText(/NIP/).first().click()
    const nip = form.locator('.leaf[data-path="nip"] input')
    await nip.waitFor()
    assert.deepEqual(
      [await nip.inputValue(), await form.locator('.leaf[data-path="mobile"] input').inputValue(), await nip.getAttribute('aria-invalid')],
      ['12', 'telepon', 'true'],
    )
  })

  it('a session that ends in the middle of a form is opened again in place, and what was typed is saved', async () => {
    const form = await page('dinkes')
    await writeRequest(office, form, office.as('dinkes'), { service: 'domain', title: 'Ditulis sebelum istirahat' })
    await form.getByRole('button', { name: /^Ubah Pemohon/ }).click()
    office.later(31 * MINUTE)
    await form.locator('.leaf[data-path="unit"] input').fill('Unit yang diketik setelah istirahat')
    const dialog = form.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'Kata sandi' }).fill(PASSWORD)
    await dialog.locator('button[type=submit]').click()
    await dialog.waitFor({ state: 'detached' })
    assert.equal(await form.locator('.leaf[data-path="unit"] input').inputValue(), 'Unit yang diketik setelah istirahat')
    await form
      .getByText(/Draf disimpan/)
      .first()
      .waitFor()
    await form.reload()
    assert.equal(await form.locator('.leaf[data-path="unit"] input').inputValue(), 'Unit yang diketik setelah istirahat')
  })

  it('two on one chair: the later one is told who was first, in words, and keeps what he wrote', async () => {
    // Sessions of before have ended: everybody signs in again.
    await office.again('petugas', 'petugas2', 'pemohon')
    const number = await file(office, office.as('pemohon'), { service: 'licence' })
    const [one, other] = [await page('petugas'), await page('petugas2')]
    const [first, second] = [desk(office, one), desk(office, other)]
    const cut = await lineOf(other)
    await Promise.all([first.open(number), second.open(number)])
    const dialog = await second.other('Kembalikan…')
    await dialog.getByLabel('Alasan').fill('Surat permohonan belum distempel.')
    // What happens meanwhile does not reach this page.
    await cut()
    await verify(office.as('petugas'), number)
    await dialog.getByRole('button', { name: 'Kembalikan' }).click()
    await other
      .getByText(/Rizky Ramadhan.* sudah lebih dulu/)
      .first()
      .waitFor()
    await other.getByText('Surat permohonan belum distempel.').or(other.locator('textarea')).first().waitFor()
    const { events } = await office.as('petugas').ticket(number)
    assert.ok(!events.some(({ kind }) => kind === 'returned'))
  })

  it('an address that was guessed says that there is no such ticket, to those it does not belong to', async () => {
    await office.again('dinkes', 'pemohon')
    const number = await file(office, office.as('pemohon'), { service: 'licence' })
    const guess = await page('dinkes')
    await guess.goto(`${office.url}/tickets/${number}`)
    await guess.getByText('Tiket ini tidak ada').waitFor()
    const said = (await guess.locator('main').innerText()).replaceAll(number, '')
    await guess.goto(`${office.url}/tickets/T-2026-9999`)
    await guess.getByText('Tiket ini tidak ada').waitFor()
    assert.equal((await guess.locator('main').innerText()).replaceAll('T-2026-9999', ''), said)
    assert.ok(!said.includes('Lisensi') && !said.includes('Mariana'))
  })
})
