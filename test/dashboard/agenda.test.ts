// A letter from the counter to the agenda book, in a real browser.
import assert from 'node:assert/strict'
import { z } from 'zod'
import { done } from '../../daemon/domain/outcome.ts'
import { route } from '../../daemon/http/route.ts'
import { axeOn } from '../support/axe.ts'
import { chromiumPath, openBrowser, openPage } from '../support/browser.ts'
import { openDeskStage } from '../support/desk-stage.ts'

describe('a letter at the counter', function () {
  this.timeout(60_000)
  it('stands in the agenda book with the number and the date it carries', async function () {
    const path = chromiumPath()
    if (path === null) return this.skip()
    const list = <T>(at: string, items: () => Promise<readonly T[]>) =>
      route({
        method: 'get',
        path: at,
        needs: 'people.read',
        summary: 'The register, whole',
        query: z.looseObject({}),
        handle: async () => {
          const all = await items()
          return done({ items: all, total: all.length, page: 1, size: 200 })
        },
      })
    const desk = await openDeskStage({
      as: 'petugas',
      routes: [
        list('/people', () => desk.house.records.people.persons.all()),
        list('/organisations', () => desk.house.records.people.organisations.all()),
      ],
    })
    const browser = await openBrowser(path)
    try {
      const { page, complaints } = await openPage(browser)
      await page.goto(`${desk.url}tickets/new?service=complaint`)
      await page.getByRole('button', { name: 'surat', exact: true }).click()
      await page.getByRole('combobox', { name: 'Pemohon' }).fill('mariana')
      await page.getByRole('option', { name: /Mariana/ }).waitFor()
      await page.keyboard.press('Enter')
      await page.getByLabel('Nomor surat').fill('555/217/BKPSDMD/2026')
      await page.getByLabel('Tanggal surat').fill('2026-11-18')
      assert.deepEqual(
        (await axeOn(page).analyze()).violations.map(one => one.id),
        [],
      )
      await page.getByRole('button', { name: 'Lanjut ke formulir' }).click()
      await page.locator('.formsteps').getByRole('button', { name: 'Pengaduan' }).click()
      await page.getByLabel('Uraian pengaduan').fill('Situs tidak dapat dibuka.')
      await page.locator('.formsteps').getByRole('button', { name: 'Kirim' }).click()
      await page.getByLabel('Saya menyatakan demikian').check()
      await page.getByRole('button', { name: 'Kirim permohonan' }).click()
      await page.waitForURL(/\/requests\/sent\/T-2026-0001/)
      await page.goto(`${desk.url}agenda`)
      const line = page.getByRole('row', { name: /T-2026-0001/ })
      await line.getByText('555/217/BKPSDMD/2026', { exact: true }).waitFor()
      await line.getByText('Tanggal surat Rabu, 18 November 2026', { exact: true }).waitFor()
      await page.goto(`${desk.url}tickets/T-2026-0001`)
      await page.locator('.next').getByLabel('Nomor surat').first().waitFor()
      assert.equal(await page.locator('.next').getByLabel('Nomor surat').first().inputValue(), '555/217/BKPSDMD/2026')
      assert.deepEqual(complaints, [])
    } finally {
      await browser.close()
      await desk.close()
    }
  })
})
