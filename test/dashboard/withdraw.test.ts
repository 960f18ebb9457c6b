// Taking back what was brought by mistake, in a real browser: from a draft, from a returned request, and by the desk on the ticket's page.
import assert from 'node:assert/strict'
import type { Browser } from 'playwright-core'
import { onePage } from '../../daemon/desk/demonstration/pdf.ts'
import { must } from '../store/support/must.ts'
import { axeOn } from '../support/axe.ts'
import { chromiumPath, openBrowser, openPage } from '../support/browser.ts'
import { type DeskStage, openDeskStage } from '../support/desk-stage.ts'

const paper = (name: string) => ({ name, mimeType: 'application/pdf', buffer: Buffer.from(onePage(name)) })

describe('taking back a file', function () {
  this.timeout(60_000)
  let browser: Browser
  let desk: DeskStage

  before(async function () {
    const path = chromiumPath()
    if (path === null) return this.skip()
    browser = await openBrowser(path)
    desk = await openDeskStage({ as: 'pemohon' })
  })
  after(async () => {
    await browser?.close()
    await desk?.close()
  })
  const files = async (number: string, login: string) =>
    must(await desk.house.desk.view(number, await desk.house.as(login))).attachments.map(one => [one.name, one.struck?.reason ?? null])

  it('lets go of a paper of a draft at once, and another takes its place', async () => {
    await desk.sit('pemohon')
    const number = await desk.house.draft('colocation')
    const { page, complaints, close } = await openPage(browser)
    await page.goto(`${desk.url}requests/draft/${number}?step=papers`)
    const letter = page.locator('.paper', { hasText: 'Surat Permohonan' }).first()
    await letter.getByRole('button', { name: 'Lepas surat-permohonan.pdf' }).click()
    await letter.getByRole('link', { name: 'surat-permohonan.pdf' }).waitFor({ state: 'detached' })
    await letter.locator('input[type=file]').setInputFiles(paper('surat-benar.pdf'))
    await letter.getByRole('link', { name: 'surat-benar.pdf' }).waitFor()
    assert.deepEqual(await files(number, 'pemohon'), [['surat-benar.pdf', null]])
    assert.deepEqual(complaints, [])
    await close()
  })

  it('asks why, once the request is registered, and keeps what is withdrawn', async () => {
    const number = await desk.house.filed('colocation')
    await desk.house.do(number, 'petugas', { kind: 'return', reason: 'Suratnya milik instansi lain.' })
    await desk.sit('pemohon')
    const { page, complaints, close } = await openPage(browser, { viewport: { width: 360, height: 740 } })
    await page.goto(`${desk.url}requests/draft/${number}?step=papers`)
    const letter = page.locator('.paper', { hasText: 'Surat Permohonan' }).first()
    await letter.getByRole('button', { name: 'Lepas surat-permohonan.pdf' }).click()
    const dialog = page.getByRole('dialog', { name: 'Tarik berkas' })
    await dialog.getByRole('button', { name: 'Tarik berkas' }).click()
    await dialog.getByText('Tulis beberapa kata.').waitFor()
    const { violations } = await axeOn(page).analyze()
    assert.deepEqual(
      violations.map(one => one.id),
      [],
    )
    await dialog.getByLabel('Alasan').fill('Salah unggah.')
    await dialog.getByRole('button', { name: 'Tarik berkas' }).click()
    await letter.getByRole('link', { name: 'surat-permohonan.pdf' }).waitFor({ state: 'detached' })
    assert.deepEqual(await files(number, 'pemohon'), [['surat-permohonan.pdf', 'Salah unggah.']])
    assert.deepEqual(complaints, [])
    await close()
  })

  it('is seen on the ticket by both sides as it is withdrawn by the desk', async () => {
    const number = await desk.house.filed('colocation')
    const watching = await desk.sit('pemohon')
    const theirs = await openPage(browser)
    await theirs.page.goto(`${desk.url}tickets/${number}`)
    await theirs.page.locator('.docs a.docname', { hasText: 'Surat Permohonan' }).waitFor()
    assert.equal(await theirs.page.getByRole('button', { name: /Tarik berkas/ }).count(), 0, watching.name)

    await desk.sit('petugas')
    const { page, complaints, close } = await openPage(browser)
    await page.goto(`${desk.url}tickets/${number}`)
    await page.getByRole('button', { name: 'Tarik berkas… surat-permohonan.pdf' }).click()
    await page.getByLabel('Alasan').fill('Surat ini milik tiket lain.')
    await page.getByRole('dialog').getByRole('button', { name: 'Tarik berkas' }).click()
    await page
      .locator('.docs .void')
      .getByText(/Ditarik Rizky Ramadhan.*: Surat ini milik tiket lain\./)
      .waitFor()
    await page.locator('.docs .todo', { hasText: 'Surat Permohonan' }).waitFor()
    await page.locator('.timeline').getByText('menarik surat-permohonan.pdf').waitFor()
    await theirs.page
      .locator('.docs .void')
      .getByText(/Surat ini milik tiket lain\./)
      .waitFor()
    assert.equal(await theirs.page.locator('.docs .void a').count(), 0, 'it may have been meant for somebody else')
    assert.deepEqual([complaints, theirs.complaints], [[], []])
    await close()
    await theirs.close()
  })
})
