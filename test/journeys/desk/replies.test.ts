// A letter of reply on the ticket's page, in a real browser: written by the officer, signed by the head, read by who asked, with its approval sheet.
import assert from 'node:assert/strict'
import type { Browser } from 'playwright-core'
import { axeOn } from '../../support/axe.ts'
import { chromiumPath, openBrowser } from '../../support/browser.ts'
import { type Office, openOffice } from '../../support/office.ts'
import { textOfPdf } from '../../support/pdf-text.ts'
import { approve, file } from '../../support/procedure.ts'

describe('a letter of reply on the page', function () {
  this.timeout(120_000)
  let office: Office
  let browser: Browser

  before(async function () {
    const path = chromiumPath()
    if (path === null) return this.skip()
    office = await openOffice({ now: Date.now() })
    browser = await openBrowser(path)
  })
  after(async () => {
    await browser?.close()
    await office?.close()
  })

  it('goes from the officer over the head to who asked, and who approved it can be printed', async () => {
    const number = await file(office, office.as('pemohon'), { service: 'application-development' })
    const { page, complaints, close } = await office.as('petugas').page(browser)
    await page.goto(`${office.url}/tickets/${number}`)
    await page.locator('summary', { hasText: 'Buat dokumen' }).click()
    await page.getByRole('button', { name: 'Surat balasan…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Buat surat' }).click()
    await dialog.locator('[aria-invalid="true"]').first().waitFor()
    await dialog.getByLabel('Perihal').fill('Rekomendasi pembangunan aplikasi')
    await dialog.getByLabel('Isi surat').fill('Rancangan dinilai layak.\n\nHarap memakai SPLP.')
    await dialog.getByLabel('Tembusan').fill('Sekretaris Daerah')
    const { violations } = await axeOn(page).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze()
    assert.deepEqual(
      violations.map(one => `${one.id}: ${one.nodes.map(node => node.target.join(' ')).join(', ')}`),
      [],
    )
    await dialog.getByRole('button', { name: 'Buat surat' }).click()
    await page.getByRole('link', { name: 'Surat balasan: Rekomendasi pembangunan aplikasi' }).waitFor()
    assert.equal(await page.getByRole('link', { name: 'lembar persetujuan' }).count(), 0)

    const asking = await office.as('pemohon').page(browser, { viewport: { width: 360, height: 740 }, colorScheme: 'dark' })
    await asking.page.goto(`${office.url}/tickets/${number}`)
    await asking.page.getByRole('heading', { level: 1 }).waitFor()
    assert.equal(await asking.page.getByText('Surat balasan').count(), 0)
    const [made] = (await office.as('petugas').ticket(number)).documents
    assert.ok(made)
    await approve(office.as('kadis'), made, 0)
    // What was signed reaches both pages by itself.
    await asking.page.getByRole('link', { name: 'Surat balasan: Rekomendasi pembangunan aplikasi' }).waitFor()
    await page.getByRole('link', { name: 'lembar persetujuan' }).waitFor()
    const letter = textOfPdf(await office.as('pemohon').file(`/documents/${made.id}`))
    assert.ok(letter.includes('Rancangan dinilai layak.') && letter.includes('Sekretaris Daerah'), letter)
    const sheet = textOfPdf(await office.as('pemohon').file(`/documents/${made.id}/approvals`))
    assert.ok(sheet.includes('Persetujuan dalam aplikasi') && sheet.includes('Drs. H. Surya Wibawa, M.Si.'), sheet)
    assert.deepEqual([...complaints, ...asking.complaints], [])
    await close()
    await asking.close()
  })
})
