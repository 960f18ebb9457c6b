// The registers in a real browser with the real records: stand-ins, editing in place, CSV, accounts, the trail; and axe on all of it.
import assert from 'node:assert/strict'
import type { Browser, Page } from 'playwright-core'
import { axe } from '../support/axe.ts'
import { chromiumPath, openBrowser, openPage } from '../support/browser.ts'
import { type House, openHouse } from '../support/reception.ts'

const REFUSED = /status of 4\d\d/

const signIn = async (page: Page, name: RegExp): Promise<void> => {
  await page.getByRole('button', { name }).click()
  await page.locator('.prefs-open').locator('visible=true').first().waitFor()
}

describe('the registers of people in a browser', function () {
  this.timeout(90_000)
  let browser: Browser
  let house: House

  before(async function () {
    const path = chromiumPath()
    if (path === null) return this.skip()
    browser = await openBrowser(path)
    house = await openHouse({ people: true })
  })
  after(async () => {
    await house?.close()
    await browser?.close()
  })

  it('name a stand-in for a chair, who then sits there', async () => {
    const { page, complaints, close } = await openPage(browser)
    await page.goto(`${house.stage.url}people`)
    await signIn(page, /Yoga Pratama/)
    const kadis = page.locator('.chair', { hasText: 'kadis' })
    await kadis.getByText('Drs. H. Surya Wibawa, M.Si.').first().waitFor()
    await kadis.getByRole('link', { name: 'Tetapkan pengganti' }).click()
    const form = page.locator('.editform')
    assert.equal(await form.getByLabel('Kursi').inputValue(), 'kadis')
    assert.equal(await form.getByLabel('Sifat').inputValue(), 'plh')
    await form.getByRole('button', { name: 'Simpan' }).click()
    await form.getByText('Wajib diisi.').waitFor()
    await form.getByRole('combobox', { name: 'Siapa' }).fill('ratna')
    await page.keyboard.press('Enter')
    await form.getByLabel(/Mulai/).fill('2026-01-01')
    await form.getByLabel(/Sampai/).fill('2025-12-31')
    await form.getByRole('button', { name: 'Simpan' }).click()
    await form.getByText('Tanggal akhir sebelum tanggal mulai.').waitFor()
    await form.getByLabel(/Sampai/).fill('2126-12-31')
    await form.getByRole('button', { name: 'Simpan' }).click()
    await kadis.getByText('Plh. Ir. Ratna Puspita, M.T.').first().waitFor()
    assert.equal((await house.records.people.holderOf('kadis', Date.now()))?.office.kind, 'plh')
    assert.deepEqual(complaints, [])
    await close()
  })

  it('find, change and take out a person without loading the list anew', async () => {
    const { page, complaints, close } = await openPage(browser)
    await page.goto(`${house.stage.url}people/persons`)
    await signIn(page, /Yoga Pratama/)
    await page.getByRole('searchbox').fill('bagas')
    await page.getByText('1 baris').waitFor()
    const asked: string[] = []
    page.on('request', request => {
      if (request.method() === 'GET' && /\/api\/v1\/people\?/.test(request.url())) asked.push(request.url())
    })
    await page.locator('.table tbody tr').first().click()
    const form = page.locator('.editform')
    await form.getByLabel(/^NIP/).fill('1234')
    await form.getByRole('button', { name: 'Simpan' }).click()
    await form.getByText('NIP terdiri atas 18 angka.').waitFor()
    await form.getByLabel(/^NIP/).fill('19830120 200904 1 002')
    await form.getByLabel(/Ponsel/).fill('0812-1111-2222')
    await form.getByRole('button', { name: 'Simpan' }).click()
    await page.locator('.table').getByText('0812-1111-2222').waitFor()
    assert.deepEqual(asked, [], 'what was saved stands in the list by the answer')
    assert.deepEqual(complaints, [])
    await close()
  })

  it('take people in from CSV: all mistakes first, then one press', async () => {
    const { page, complaints, close } = await openPage(browser)
    await page.goto(`${house.stage.url}people/import`)
    await signIn(page, /Yoga Pratama/)
    const choose = (text: string) =>
      page.locator('input[type=file]').setInputFiles({ name: 'orang.csv', mimeType: 'text/csv', buffer: Buffer.from(text, 'utf8') })
    await choose('name;nip;organisation\nMaya Sari, S.E.;123;Bakuda\nTono;;Tidak Ada\n')
    await page.getByText('2 salah').waitFor()
    assert.equal(await page.getByRole('button', { name: /^Simpan/ }).count(), 0)
    await choose('name;nip;organisation\n"Maya Sari, S.E.";199001012015012001;Bakuda\nTono Wijaya;;Bappeda\n')
    await page.getByRole('button', { name: 'Simpan 2 baris' }).click()
    await page.locator('.toast').getByText('Impor tersimpan').waitFor()
    assert.equal((await house.records.people.persons.all()).filter(one => /Maya Sari|Tono Wijaya/.test(one.name)).length, 2)
    assert.deepEqual(complaints, [])
    await close()
  })

  it('follow what was done in the trail, entry by entry', async () => {
    const { page, complaints, close } = await openPage(browser)
    await page.goto(`${house.stage.url}audit?search=Maya`)
    await signIn(page, /Hendra Gunawan/)
    await page.getByText(/Rantai utuh, \d+ baris diperiksa/).waitFor()
    await page.locator('.auditlist tbody tr').first().click()
    await page
      .locator('.drawer')
      .getByText(/^[0-9a-f]{64}$/)
      .waitFor()
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Ekspor' }).click()])
    assert.match(file.suggestedFilename(), /audit\.jsonl$/)
    assert.deepEqual(complaints, [])
    await close()
  })

  it('watch the trail grow, and hold it still to read', async () => {
    const { page, complaints, close } = await openPage(browser)
    await page.goto(`${house.stage.url}audit`)
    await signIn(page, /Hendra Gunawan/)
    const rows = page.locator('.auditlist tbody tr')
    await rows.first().waitFor()
    const asked: string[] = []
    page.on('request', request => {
      if (/\/api\/v1\/audit\?/.test(request.url())) asked.push(request.url())
    })
    await house.records.audit.append('Ibu Admin', 'person.change', 'Maya Sari')
    await rows.first().getByText('Ibu Admin').waitFor()
    const before = await rows.count()
    await page.getByRole('button', { name: 'Langsung' }).click()
    await house.records.audit.append('Ibu Admin', 'person.remove', 'Tono Wijaya')
    await page.getByRole('button', { name: '1 baris baru' }).waitFor()
    assert.equal(await rows.count(), before)
    await page.getByRole('button', { name: '1 baris baru' }).click()
    await rows.first().getByText('person.remove').waitFor()
    // What does not fit the filter does not come.
    await page.getByRole('textbox', { name: 'Pelaku', exact: true }).fill('Pak Lurah')
    await page.getByText('Tidak ada yang cocok').waitFor()
    await page.getByRole('button', { name: 'Langsung' }).click()
    asked.splice(0)
    await house.records.audit.append('Ibu Admin', 'person.change', 'Maya Sari')
    await house.records.audit.append('Pak Lurah', 'person.change', 'Maya Sari')
    await rows.first().getByText('Pak Lurah').waitFor()
    assert.equal(await rows.count(), 1)
    assert.deepEqual(asked, [])
    assert.deepEqual(complaints, [])
    await close()
  })

  for (const width of [1440, 360])
    for (const colorScheme of ['light', 'dark'] as const)
      it(`are usable by everybody, ${colorScheme}, ${width} px`, async () => {
        const found: string[] = []
        const look = async (who: RegExp | null, paths: readonly string[]): Promise<void> => {
          const { page, complaints, close } = await openPage(browser, { viewport: { width, height: 800 }, colorScheme }, REFUSED)
          for (const [i, path] of paths.entries()) {
            await page.goto(house.stage.url + path)
            if (who !== null && i === 0) await signIn(page, who)
            await page.locator('h1').first().waitFor()
            await page.locator('.skeletons').first().waitFor({ state: 'detached' })
            const named = `/${path} ${width} ${colorScheme}`
            for (const one of await axe(page, colorScheme === 'light' ? 'all' : 'colours')) found.push(`${named} ${one}`)
            const over = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')
            if (over > 0) found.push(`${named} is ${over} px too wide`)
          }
          found.push(...complaints)
          await close()
        }
        await look(null, ['', 'setup?code=none', 'verify/NONE'])
        await look(/Yoga Pratama/, PAGES)
        assert.deepEqual(found, [])
      })
})

const PAGES = [
  'account',
  'people',
  'people/chairs/new',
  'people/persons',
  'people/persons/1',
  'people/organisations',
  'people/teams/new',
  'people/applications',
  'people/import',
  'admin/accounts?account=1',
  'audit',
]
