// An application from the form to its own page, in a real browser: chosen or brought, verified, linked, and nobody else's business.
import assert from 'node:assert/strict'
import type { Browser } from 'playwright-core'
import { axeOn } from '../../support/axe.ts'
import { chromiumPath, openBrowser } from '../../support/browser.ts'
import { type Office, openOffice } from '../../support/office.ts'
import { draft } from '../../support/procedure.ts'

describe('an application on the pages', function () {
  this.timeout(120_000)
  let office: Office
  let browser: Browser
  let simpeg = 0

  before(async function () {
    const path = chromiumPath()
    if (path === null) return this.skip()
    office = await openOffice({ now: Date.now() })
    browser = await openBrowser(path)
    const { person } = office.as('pemohon')
    const responsible = [
      { as: 'structural', person, from: null, until: null },
      { as: 'technical', person, from: null, until: null },
    ]
    simpeg = (await office.admin.post<{ id: number }>('/applications', { name: 'SIMPEG', organisation: 2, backup: 'nobody', responsible })).id
  })
  after(async () => {
    await browser?.close()
    await office?.close()
  })

  it('is found by its name on the form, with those who answer for it, and a new one is told to be new', async () => {
    const requester = office.as('pemohon')
    const opened = await requester.post<{ number: string }>('/tickets', { service: 'hosting', kind: 'request' })
    const { page, complaints, close } = await requester.page(browser)
    await page.goto(`${office.url}/requests/draft/${opened.number}?step=application`)
    const field = page.getByLabel('Nama aplikasi/situs')
    await page.getByText('Pilih aplikasi instansi Anda, atau tulis nama aplikasi baru.').waitFor()
    assert.deepEqual(await page.locator('datalist option').evaluateAll(found => found.map(one => (one as unknown as { value: string }).value)), [
      'SIMPEG',
    ])
    await field.fill('Portal Diklat')
    await page.getByText('Belum terdaftar; akan didaftarkan setelah permohonan diverifikasi.').waitFor()
    await field.fill('simpeg')
    await page.getByText('Sudah terdaftar.').waitFor()
    assert.equal(await field.inputValue(), 'SIMPEG')
    await page.getByText('Penanggung jawab diisi dari daftar').waitFor()
    await page.locator('.savedmark', { hasText: 'Draf disimpan' }).waitFor()
    await page.goto(`${office.url}/requests/draft/${opened.number}?step=responsible`)
    assert.equal(await page.locator('[data-path="technical.nip"] input').inputValue(), '197605242001122001')
    assert.deepEqual((await requester.ticket(opened.number)).answers['application'], { id: simpeg, name: 'SIMPEG' })
    assert.deepEqual(complaints, [])
    await close()
  })

  it('is linked from its request, shows it, and is none of another organisation’s business', async () => {
    const requester = office.as('pemohon')
    const officer = office.as('petugas')
    const begun = await draft(office, requester, { service: 'hosting', title: 'Hosting portal diklat', answers: { application: 'Portal Diklat' } })
    const { number } = await requester.post<{ number: string }>(`/tickets/${begun}/submit`)
    const answers = { documentsPresent: true, testPresent: true, recommendationPresent: true }
    await officer.act(number, { kind: 'officerFields', answers })
    await officer.act(number, { kind: 'verify', note: '' })
    const found: string[] = []
    for (const options of [
      { viewport: { width: 1440, height: 900 }, colorScheme: 'light' },
      { viewport: { width: 360, height: 740 }, colorScheme: 'dark' },
    ] as const) {
      const { page, complaints, close } = await requester.page(browser, options)
      await page.goto(`${office.url}/tickets/${number}`)
      await page.locator('dl.facts').getByRole('link', { name: 'Portal Diklat' }).click()
      await page.getByRole('heading', { name: 'Portal Diklat', level: 1 }).waitFor()
      await page.getByText('Hosting portal diklat').waitFor()
      await page.getByRole('link', { name: `lewat ${number}` }).waitFor()
      const { violations } = await axeOn(page).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze()
      found.push(...violations.map(one => `${one.id}: ${one.nodes.map(node => node.target.join(' ')).join(', ')}`), ...complaints)
      const [wide, seen] = await page.evaluate<[number, number]>('[document.documentElement.scrollWidth, innerWidth]')
      if (wide > seen) found.push(`it is ${wide} px wide on ${seen}`)
      // What happens to the request is seen here without loading anything.
      if (options.viewport.width > 400) {
        await officer.act(number, { kind: 'pause', reason: 'requester', note: 'Menunggu berkas.' })
        await page.getByRole('cell', { name: 'Jeda' }).waitFor()
      }
      await close()
    }
    assert.deepEqual(found, [])

    const stranger = await office.as('dinkes').page(browser, {}, /404/)
    await stranger.page.goto(`${office.url}/applications/${simpeg}`)
    await stranger.page.getByText('Aplikasi ini tidak ada').waitFor()
    await stranger.close()
  })

  it('gets another to answer for it from a day on, and who did before stays', async () => {
    const { page, complaints, close } = await office.admin.page(browser)
    await page.goto(`${office.url}/people/applications/${simpeg}`)
    await page.getByLabel('Sampai').last().fill('2026-11-30')
    await page.getByRole('button', { name: 'Tambah penanggung jawab' }).click()
    await page.getByRole('combobox', { name: 'Penanggung jawab 3' }).fill('Lukman')
    await page.getByRole('option', { name: /Lukman/ }).click()
    await page.getByLabel('Mulai').last().fill('2026-12-01')
    await page.getByRole('button', { name: 'Simpan', exact: true }).click()
    await page.getByText('Tersimpan').first().waitFor()
    const { responsible } = await office.admin.get<{ responsible: { as: string; person: number }[] }>(`/applications/${simpeg}`)
    assert.deepEqual(
      responsible.map(({ as, person }) => [as, person]),
      [
        ['structural', office.as('pemohon').person],
        ['technical', office.as('pemohon').person],
        ['technical', office.as('dinkes').person],
      ],
    )
    await page.goto(`${office.url}/applications/${simpeg}`)
    await page.getByText('dr. Lukman Hakim, M.Kes.').waitFor()
    await page.getByText('Diubah: penanggung jawab').waitFor()
    assert.deepEqual(complaints, [])
    await close()
  })
})
