// Asking for a service in a real browser on the real desk: everything wrong at once, nothing lost, files, rows, lost lines, the counter, and axe.
import assert from 'node:assert/strict'
import type { Browser, Page } from 'playwright-core'
import { z } from 'zod'
import { done } from '../../daemon/domain/outcome.ts'
import { route } from '../../daemon/http/route.ts'
import { axe } from '../support/axe.ts'
import { chromiumPath, openBrowser, openPage } from '../support/browser.ts'
import { type DeskStage, openDeskStage } from '../support/desk-stage.ts'

const REFUSED = /status of 4\d\d|ERR_INTERNET_DISCONNECTED|WebSocket/

const step = (page: Page, name: string) => page.locator('.formsteps').getByRole('button', { name }).click()
const saved = (page: Page) => page.locator('.savedmark', { hasText: 'Draf disimpan' }).waitFor()
const PDF = Buffer.from('%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n')

describe('asking for a service', function () {
  this.timeout(90_000)
  let browser: Browser
  let desk: DeskStage

  before(async function () {
    const path = chromiumPath()
    if (path === null) return this.skip()
    browser = await openBrowser(path)
  })
  beforeEach(async () => {
    desk = await openDeskStage({ as: 'pemohon' })
  })
  afterEach(() => desk?.close())
  after(() => browser?.close())

  it('is found in the catalogue, begun once, and gone on with instead of begun again', async () => {
    const { page, complaints, close } = await openPage(browser)
    await page.goto(`${desk.url}requests`)
    await page.getByRole('searchbox').fill('nama domain')
    await page.locator('.service').first().waitFor()
    await page.getByRole('searchbox').fill('colocation')
    await page.locator('.servicelink', { hasText: 'Colocation' }).click()
    await page.waitForURL(/\/requests\/draft\/D-\d+/)
    const number = /D-\d+/.exec(page.url())?.[0] ?? ''
    assert.equal(await page.getByLabel('Nama', { exact: true }).inputValue(), 'Hj. Mariana Lestari, S.Sos., M.A.P.', 'what is known is filled in')
    await page.getByLabel('Nomor telepon (HP)').fill('0812 7000 1234')
    await page.locator('.savedmark', { hasText: 'Menyimpan' }).waitFor()
    await saved(page)
    await page.goto(`${desk.url}requests/new/colocation`)
    await page.getByRole('heading', { name: 'Anda sudah punya draf untuk layanan ini' }).waitFor()
    await page.getByRole('link', { name: 'Lanjutkan' }).click()
    await page.waitForURL(new RegExp(number))
    assert.equal(await page.getByLabel('Nomor telepon (HP)').inputValue(), '0812 7000 1234')
    assert.deepEqual(complaints, [])
    await close()
  })

  it('with everything wrong tells all of it at once, leads to each place, and loses nothing', async () => {
    const number = await desk.house.draft('colocation')
    const { page, complaints, close } = await openPage(browser)
    await page.goto(`${desk.url}requests/draft/${number}`)
    const nip = page.getByLabel('NIP')
    await nip.fill('1976 0524')
    assert.equal(await page.getByText(/bukan NIP/).count(), 0, 'nobody is corrected in the middle of a word')
    await page.getByLabel('Jabatan').focus()
    await page.getByText(/bukan NIP: ada 8 angka, seharusnya 18/).waitFor()
    await page.getByLabel('Alamat surat elektronik').fill('mariana.example.go.id')
    await step(page, 'Penempatan')
    await page.getByLabel('Lama penitipan').fill('500')
    await step(page, 'Jaringan')
    await page.getByLabel('Alamat IP').fill('10.12.30.41\n10.12.30.4l')
    await step(page, 'Perangkat')
    await page.getByLabel('Berat (kg)').fill('berat sekali')
    await page.getByLabel('Nomor seri').fill('')
    await step(page, 'Kirim')
    await page.locator('.formsteps .wrong').first().waitFor()
    await page.getByRole('button', { name: 'Kirim permohonan' }).click()
    await page.getByText('Centang pernyataan sebelum mengirim.').waitFor()
    await page.getByLabel('Saya menyatakan demikian').check()
    await page.getByRole('button', { name: 'Kirim permohonan' }).click()
    const list = page.locator('.mistakes')
    await list.getByText('Ada 6 isian yang perlu diperbaiki').waitFor()
    assert.equal(await list.locator('li').count(), 6)

    await list.getByRole('link', { name: /tanda terakhir huruf l, bukan angka 1/ }).click()
    await page.waitForURL(/step=network/)
    const addresses = page.getByLabel('Alamat IP')
    await page.locator('[name=addresses]:focus').waitFor()
    assert.equal(await addresses.inputValue(), '10.12.30.41\n10.12.30.4l', 'as it was typed')
    await addresses.fill('10.12.30.41\n10.12.30.42')
    await step(page, 'Perangkat')
    assert.equal(await page.getByLabel('Berat (kg)').inputValue(), 'berat sekali')
    await page.getByLabel('Berat (kg)').fill('21,5')
    await page.getByLabel('Nomor seri').fill('SN-1')
    await step(page, 'Penempatan')
    await page.getByLabel('Lama penitipan').fill('24')
    await step(page, 'Pemohon layanan')
    await nip.fill('19760524 200112 2 001')
    await page.getByLabel('Alamat surat elektronik').fill('mariana@example.go.id')
    await step(page, 'Kirim')
    assert.equal(await page.locator('.mistakes').count(), 0)
    await page.getByLabel('Judul permohonan').fill('Dua server kepegawaian')
    await page.getByLabel('Saya menyatakan demikian').check()
    await page.getByRole('button', { name: 'Kirim permohonan' }).click()
    await page.waitForURL(/\/requests\/sent\/T-2026-0001/)
    await page.getByRole('heading', { name: 'Permohonan diterima' }).waitFor()
    await page.getByText('Jumat, 27 November 2026').waitFor()
    await page.getByText('Tidak ada. Anda diberi tahu bila ada yang diperlukan.').waitFor()
    const view = await desk.house.desk.view('T-2026-0001', await desk.house.as('pemohon'))
    assert.ok(view.ok)
    assert.equal(view.value.title, 'Dua server kepegawaian')
    assert.equal(view.value.answers['nip'], '197605242001122001')
    assert.deepEqual(view.value.answers['addresses'], ['10.12.30.41', '10.12.30.42'])
    assert.deepEqual(complaints, [])
    await close()
  })

  it('sent in the evening says that it counts from the next morning', async () => {
    desk.house.clock.now += 12 * 3_600_000
    const number = await desk.house.filed('domain')
    const { page, close } = await openPage(browser)
    await page.goto(`${desk.url}requests/sent/${number}`)
    await page.getByText('Dikirim Jumat, 20 November 2026 21.00 WIB, di luar jam layanan.').waitFor()
    await page.getByText('Waktu pelayanan dihitung mulai Senin, 23 November 2026').waitFor()
    await close()
  })

  it('with a list of things takes rows, copies them, and gives back what was removed', async () => {
    const number = await desk.house.draft('colocation')
    const { page, complaints, close } = await openPage(browser)
    await page.goto(`${desk.url}requests/draft/${number}?step=equipment`)
    const rows = page.locator('.rowbox')
    await rows.nth(0).getByLabel('Merek/Model').fill('Dell R660xs')
    await rows
      .nth(0)
      .getByRole('button', { name: /Salin jadi baris baru/ })
      .click()
    assert.equal(await rows.nth(1).getByLabel('Merek/Model').inputValue(), 'Dell R660xs')
    await rows.nth(1).getByLabel('Merek/Model').fill('HPE DL360')
    await page.getByRole('button', { name: 'Tambah perangkat' }).click()
    await rows.nth(2).locator(':focus').waitFor()
    await rows
      .nth(0)
      .getByRole('button', { name: /^Hapus/ })
      .click()
    assert.equal(await rows.nth(0).getByLabel('Merek/Model').inputValue(), 'HPE DL360')
    await page.getByRole('button', { name: 'Urungkan' }).click()
    for (const [i, model] of ['Dell R660xs', 'HPE DL360', ''].entries()) assert.equal(await rows.nth(i).getByLabel('Merek/Model').inputValue(), model)
    // "Other" has room to write, and is kept as it was written.
    await rows.nth(1).getByLabel('Lainnya', { exact: true }).first().check()
    await rows.nth(1).getByLabel('Jenis perangkat: Lainnya').fill('Tape library')
    await saved(page)
    await page.reload()
    assert.equal(await rows.nth(1).getByLabel('Jenis perangkat: Lainnya').inputValue(), 'Tape library')
    assert.deepEqual(complaints, [])
    await close()
  })

  it('takes files with their sizes, refuses one that lies about what it is, and lets go of one', async () => {
    const number = await desk.house.draft('colocation', 'pemohon', { answers: { nameplates: [] } })
    const { page, complaints, close } = await openPage(browser, {}, REFUSED)
    await page.goto(`${desk.url}requests/draft/${number}?step=papers`)
    const letter = page.locator('.paper', { hasText: 'Surat Permohonan' }).first()
    await letter.locator('input[type=file]').setInputFiles({ name: 'surat.pdf', mimeType: 'application/pdf', buffer: PDF })
    await letter.getByRole('link', { name: 'surat.pdf' }).waitFor()
    await letter
      .locator('input[type=file]')
      .setInputFiles({ name: 'surat.pdf', mimeType: 'application/pdf', buffer: Buffer.from('MZ\x90\x00program') })
    await letter.locator('.sending .t-crit').waitFor()
    await step(page, 'Kelengkapan')
    const plates = page.locator('[data-path=nameplates]')
    await plates.locator('input[type=file]').setInputFiles({ name: 'pelat.pdf', mimeType: 'application/pdf', buffer: PDF })
    await plates.getByRole('link', { name: 'pelat.pdf' }).waitFor()
    await plates.getByRole('button', { name: 'Lepas pelat.pdf' }).click()
    await plates.getByRole('link', { name: 'pelat.pdf' }).waitFor({ state: 'detached' })
    assert.deepEqual(complaints, [])
    await close()
  })

  it('keeps what was typed while the line is down, over a closed tab, and brings it to the desk afterwards', async () => {
    const number = await desk.house.draft('colocation')
    const { page, complaints, close } = await openPage(browser, {}, REFUSED)
    await page.goto(`${desk.url}requests/draft/${number}`)
    await page.getByLabel('Unit kerja').waitFor()
    await page.context().setOffline(true)
    await page.getByLabel('Unit kerja').fill('Bidang Mutasi')
    await page.getByText('Belum tersimpan di server').waitFor()
    const context = page.context()
    await page.close()
    await context.setOffline(false)
    const again = await context.newPage()
    await again.goto(`${desk.url}requests/draft/${number}`)
    assert.equal(await again.getByLabel('Unit kerja').inputValue(), 'Bidang Mutasi')
    await saved(again)
    const view = await desk.house.desk.view(number, await desk.house.as('pemohon'))
    assert.ok(view.ok)
    assert.equal(view.value.answers['unit'], 'Bidang Mutasi')
    assert.equal(await again.evaluate("Object.keys(localStorage).filter(key => key.startsWith('suar.draft.')).length"), 0)
    assert.deepEqual(complaints, [])
    await close()
  })

  it('keeps what was typed when the session ends in the middle of the form', async () => {
    const number = await desk.house.draft('colocation')
    const { page, complaints, close } = await openPage(browser, {}, REFUSED)
    await page.goto(`${desk.url}requests/draft/${number}`)
    await page.getByLabel('Unit kerja').waitFor()
    desk.stage.signIn(null)
    await page.getByLabel('Unit kerja').fill('Bidang Pensiun')
    await page.getByRole('dialog', { name: 'Sesi berakhir' }).waitFor()
    assert.equal(await page.getByLabel('Unit kerja').inputValue(), 'Bidang Pensiun')
    // Signed in again in another tab of the same browser.
    await desk.sit('pemohon')
    const other = await page.context().newPage()
    await other.goto(`${desk.url}home`)
    await other.evaluate("new BroadcastChannel('suar.session').postMessage('in')")
    await page.getByRole('dialog', { name: 'Sesi berakhir' }).waitFor({ state: 'detached' })
    await saved(page)
    const view = await desk.house.desk.view(number, await desk.house.as('pemohon'))
    assert.ok(view.ok)
    assert.equal(view.value.answers['unit'], 'Bidang Pensiun')
    assert.deepEqual(complaints, [])
    await close()
  })

  it('that was returned says why, is corrected and sent again', async () => {
    const number = await desk.house.filed('colocation')
    await desk.house.do(number, 'petugas', { kind: 'return', reason: 'Berat perangkat tidak masuk akal.' })
    const { page, complaints, close } = await openPage(browser)
    await page.goto(`${desk.url}home`)
    const card = page.locator('.request.mine', { hasText: number })
    await card.getByText('Lengkapi dan kirim kembali').waitFor()
    await page.goto(`${desk.url}requests/draft/${number}?step=equipment`)
    await page.getByText('Berat perangkat tidak masuk akal.').waitFor()
    await page.getByLabel('Berat (kg)').fill('21,5')
    await step(page, 'Kirim')
    await page.getByLabel('Saya menyatakan demikian').check()
    await page.getByRole('button', { name: 'Kirim kembali' }).click()
    await page.getByRole('heading', { name: 'Permohonan dikirim kembali' }).waitFor()
    await page.goto(`${desk.url}tickets`)
    await page
      .locator('.request', { hasText: number })
      .getByText(/verifikasi berkas sampai/)
      .waitFor()
    // And the list changes by itself when the desk goes on.
    await desk.house.complete(number)
    await desk.house.do(number, 'petugas', { kind: 'verify', note: '' })
    await page
      .locator('.request', { hasText: number })
      .getByText(/disposisi sampai/)
      .waitFor()
    assert.deepEqual(complaints, [])
    await close()
  })

  it('about what a ticket delivered is a complaint that knows its ticket', async () => {
    const about = await desk.house.filed('domain')
    const { page, complaints, close } = await openPage(browser)
    await page.goto(`${desk.url}requests/new/complaint?about=${about}`)
    await page.waitForURL(/\/requests\/draft\/D-\d+/)
    await step(page, 'Pengaduan')
    assert.equal(await page.getByLabel(/Tiket yang diadukan/).inputValue(), about)
    await page.getByLabel('Uraian pengaduan').fill('Nama domain belum dapat dibuka.')
    await step(page, 'Kirim')
    await page.getByLabel('Saya menyatakan demikian').check()
    await page.getByRole('button', { name: 'Kirim permohonan' }).click()
    await page.waitForURL(/\/requests\/sent\/T-2026-0002/)
    const view = await desk.house.desk.view('T-2026-0002', await desk.house.as('pemohon'))
    assert.ok(view.ok)
    assert.deepEqual(
      view.value.links.map(link => [link.number, link.as]),
      [[about, 'original']],
    )
    assert.deepEqual(complaints, [])
    await close()
  })

  it('is printed as it is filled in, for a signature by hand; nobody else can', async () => {
    const number = await desk.house.draft('colocation')
    const { page, close } = await openPage(browser, {}, REFUSED)
    await page.goto(`${desk.url}requests/draft/${number}?step=papers`)
    const href = await page.getByRole('link', { name: 'Cetak formulir' }).getAttribute('href')
    const own = await page.request.get(new URL(href ?? '', desk.url).href)
    assert.equal(own.status(), 200)
    assert.equal((await own.body()).subarray(0, 5).toString(), '%PDF-')
    await desk.sit('pemohon-dinkes')
    assert.equal((await page.request.get(new URL(href ?? '', desk.url).href)).status(), 404)
    await close()
  })

  it('at the counter is entered for somebody who is not registered, by telephone, and gets its number from the same register', async () => {
    await desk.close()
    const list = <T>(path: string, items: () => Promise<readonly T[]>) =>
      route({
        method: 'get',
        path,
        needs: 'people.read',
        summary: 'The register, whole',
        query: z.looseObject({}),
        handle: async () => {
          const all = await items()
          return done({ items: all, total: all.length, page: 1, size: 200 })
        },
      })
    desk = await openDeskStage({
      as: 'petugas',
      routes: [
        list('/people', () => desk.house.records.people.persons.all()),
        list('/organisations', () => desk.house.records.people.organisations.all()),
      ],
    })
    const { page, complaints, close } = await openPage(browser)
    await page.goto(`${desk.url}tickets/new?service=complaint`)
    await page.getByRole('button', { name: 'telepon' }).click()
    await page.getByRole('button', { name: 'Lanjut ke formulir' }).click()
    await page.getByText('Pilih pemohon.').waitFor()
    assert.deepEqual(await axe(page), [])
    await page.getByRole('button', { name: 'Belum terdaftar' }).click()
    await page.getByLabel('Nama', { exact: true }).fill('Siti Aminah')
    await page.getByRole('combobox', { name: 'Instansi' }).fill('kepegawaian')
    await page.keyboard.press('Enter')
    await page.getByLabel(/Telepon/).fill('0717 421 000')
    await page.getByRole('button', { name: 'Lanjut ke formulir' }).click()
    await page.waitForURL(/\/requests\/draft\/D-\d+/)
    await page.locator('.formhead', { hasText: 'Siti Aminah' }).waitFor()
    const number = /D-\d+/.exec(page.url())?.[0] ?? ''
    const view = await desk.house.desk.view(number, await desk.house.as('petugas'))
    assert.ok(view.ok)
    assert.deepEqual([view.value.channel, view.value.requester.name, view.value.contact.phone], ['telephone', 'Siti Aminah', '0717 421 000'])
    assert.deepEqual(complaints, [])
    await close()
  })

  for (const width of [1440, 360]) {
    it(`is usable by everybody at ${width} px, in light and dark`, async function () {
      this.timeout(240_000)
      await desk.house.filed('hosting')
      const returned = await desk.house.filed('colocation')
      await desk.house.do(returned, 'petugas', { kind: 'return', reason: 'Foto pelat nama belum ada.' })
      const draft = await desk.house.draft('splp')
      const { page, complaints, close } = await openPage(browser, { viewport: { width, height: 800 } })
      const pages = [
        'home',
        'requests',
        'tickets',
        `requests/draft/${draft}?step=products`,
        ...['applicant', 'placement', 'equipment', 'network', 'completeness', 'papers', 'send'].map(key => `requests/draft/${returned}?step=${key}`),
        'requests/sent/T-2026-0001',
        'requests/new/splp',
        ...['sheet', 'standard', 'procedure', 'form'].map(part => `catalogue/colocation?part=${part}`),
      ]
      for (const at of pages) {
        await page.goto(desk.url + at)
        await page.locator('h1').first().waitFor()
        await page.locator('.skeletons').first().waitFor({ state: 'detached' })
        for (const theme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
          assert.deepEqual(await axe(page, theme === 'light' ? 'all' : 'colours'), [], `${at} ${theme}`)
        }
        assert.ok(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), `${at} is wider than the screen`)
      }
      assert.deepEqual(complaints, [])
      await close()
    })
  }
})
