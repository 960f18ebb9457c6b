// The pages of another agency: its own chart names the chairs, and its catalogue says who may ask for what.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { tempFolder } from '../store/support/folder.ts'
import { axeOn } from '../support/axe.ts'
import { chromiumPath, openBrowser } from '../support/browser.ts'
import { type Office, openOffice, type Somebody } from '../support/office.ts'
import { file } from '../support/procedure.ts'

const AGENCY = `
acronym: Pusdatin
deskEmail: layanan@pusdatin.example
chairs:
  kadis:
    title: { id: Direktur Utama Pusat Data, en: Managing Director of the Data Centre }
    column: { id: DIREKTUR UTAMA, en: DIRECTOR }
    name: { id: Direktur Utama, en: Managing director }
    short: { id: Dirut, en: director }
  kabid:
    title: { id: Manajer Layanan, en: Service Manager }
    column: { id: MANAJER, en: MANAGER }
  prakom: { title: { id: Perekayasa, en: Engineer }, column: { id: PEREKAYASA, en: ENGINEER } }
  statistisi: { title: { id: Analis Data, en: Data Analyst }, column: { id: ANALIS, en: ANALYST } }
  petugas: { title: { id: Staf Meja Layanan, en: Desk staff }, column: { id: STAF, en: STAFF } }
`

describe('the pages of another agency', function () {
  this.timeout(90_000)
  let office: Office
  let browser: Browser
  let district: Somebody

  before(async function () {
    const path = chromiumPath()
    if (path === null) return this.skip()
    const catalogue = tempFolder()
    writeFileSync(join(catalogue, 'agency.yaml'), AGENCY)
    office = await openOffice({ now: Date.now(), settings: { catalogue } })
    browser = await openBrowser(path)
    const { id } = await office.admin.post<{ id: number }>('/organisations', {
      name: 'Pemerintah Kabupaten Belitung',
      short: 'Belitung',
      kind: 'district',
      address: '',
      email: '',
    })
    district = await office.admit({
      login: 'belitung',
      name: 'Sari Wulandari',
      nip: null,
      position: 'Kepala Seksi Aplikasi',
      in: id,
      unit: 'Dinas Kominfo',
      offices: [{ role: 'requester' }],
    })
  })
  after(async () => {
    await browser?.close()
    await office?.close()
  })

  it('call the chairs as its own chart does, in both languages', async () => {
    const number = await file(office, office.as('pemohon'), { service: 'colocation' })
    const { page, complaints, close } = await office.as('petugas').page(browser)
    await page.goto(`${office.url}/tickets/${number}`)
    const chain = page.locator('.chain')
    await chain.getByText('Disposisi Dirut').waitFor()
    await chain.getByText('Disposisi Manajer Layanan').waitFor()
    await page.goto(`${office.url}/catalogue/colocation?part=procedure`)
    await page.getByRole('cell', { name: 'Direktur Utama', exact: true }).first().waitFor()
    await page.getByRole('cell', { name: 'Staf Meja Layanan', exact: true }).first().waitFor()
    await page.evaluate("localStorage.setItem('suar.language', 'en')")
    await page.reload()
    await page.getByRole('cell', { name: 'Managing director', exact: true }).first().waitFor()
    assert.deepEqual(complaints, [])
    await close()
  })

  it('show a service of others quietly, with who may ask and whom to turn to', async () => {
    const { page, complaints, close } = await district.page(browser, { viewport: { width: 360, height: 740 } })
    await page.goto(`${office.url}/requests`)
    const card = page.locator('.service', { has: page.locator('a[href="/catalogue/splp"]') })
    await card.getByText('Hanya untuk pengelola dan perangkat daerah').waitFor()
    await card.getByRole('link', { name: 'layanan@pusdatin.example' }).waitFor()
    assert.equal(await card.locator('a[href^="/requests/new"]').count(), 0)
    assert.equal(await page.locator('a[href="/requests/new/colocation"]').count(), 1, 'what is for districts too stays open to them')
    const { violations } = await axeOn(page).analyze()
    assert.deepEqual(
      violations.map(one => `${one.id}: ${one.nodes.map(node => node.target.join(' ')).join(', ')}`),
      [],
    )
    await card.locator('.servicelink').click()
    await page.getByText(/Permohonan diajukan oleh pengelola dan perangkat daerah/).waitFor()
    await page.getByText('Pusdatin').waitFor()
    assert.equal(await page.getByRole('link', { name: 'Ajukan layanan ini' }).count(), 0)
    await page.goto(`${office.url}/home`)
    await page.locator('.homeservices li').first().waitFor()
    assert.equal(await page.locator('a[href="/requests/new/splp"]').count(), 0)
    assert.equal((await district.ask('POST', '/tickets', { service: 'splp', kind: 'request' })).status, 400, 'the daemon says the same')
    assert.deepEqual(complaints, [])
    await close()
  })

  it('lets those ask whom the service is for', async () => {
    const { page, complaints, close } = await office.as('pemohon').page(browser)
    await page.goto(`${office.url}/requests`)
    await page.locator('a[href="/requests/new/splp"]').waitFor()
    assert.equal(await page.locator('.notyours').count(), 0)
    assert.deepEqual(complaints, [])
    await close()
  })
})
