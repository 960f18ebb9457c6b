// The desk's pages in a real browser, on the real desk: the inbox lives, a ticket goes from hand to hand, nothing typed is lost.
import assert from 'node:assert/strict'
import type { Browser } from 'playwright-core'
import { axe } from '../support/axe.ts'
import { chromiumPath, openBrowser, openPage } from '../support/browser.ts'
import { type DeskStage, openDeskStage } from '../support/desk-stage.ts'

const PHONE = { viewport: { width: 360, height: 740 } }
/** The stage has no register of organisations and no papers: asking is answered, and noted by the browser, as "not there". */
const NOT_STAGED = /status of 404/
/** A request in the register, verified and waiting for the head of the agency. */
async function verified({ house }: DeskStage, service = 'colocation'): Promise<string> {
  const number = await house.filed(service)
  await house.complete(number)
  await house.do(number, 'petugas', { kind: 'verify', note: '' })
  return number
}

/** Until the day's temperatures have stood in one place for half a second. */
const AT_REST = `new Promise(rest => {
  let stood = ''
  let since = 0
  const look = now => {
    const is = JSON.stringify(document.querySelector('.inletday').getBoundingClientRect())
    if (is !== stood) since = now
    stood = is
    if (now - since > 500) rest()
    else requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
})`

describe('the pages of the desk in a browser', function () {
  this.timeout(90_000)
  let browser: Browser
  let desk: DeskStage

  before(async function () {
    const path = chromiumPath()
    if (path === null) return this.skip()
    browser = await openBrowser(path)
  })
  beforeEach(async () => {
    desk = await openDeskStage()
  })
  afterEach(() => desk.close())
  after(() => browser?.close())

  it('gives the order to a named receiver, and the ticket goes on without a reload', async () => {
    const number = await verified(desk)
    await desk.sit('kadis')
    const { page, complaints, close } = await openPage(browser, {}, NOT_STAGED)
    await page.goto(`${desk.url}tickets/${number}`)
    await page.getByText('Menunggu disposisi Anda').waitFor()
    const loads: string[] = []
    page.on('framenavigated', frame => loads.push(frame.url()))
    await page.getByRole('button', { name: 'Kirim disposisi' }).click()
    await page.getByText('Tulis beberapa kata.').waitFor()
    await page.getByRole('radio').first().check()
    await page.getByLabel('Isi disposisi').fill('Tindak lanjuti sesuai standar.')
    await page.keyboard.press('Control+Enter')
    await page.locator('.chain .now', { hasText: 'Disposisi Kabid' }).waitFor()
    await page.locator('.journey blockquote', { hasText: 'Tindak lanjuti' }).waitFor()
    await page.getByText('Tidak ada yang perlu Anda lakukan sekarang.').waitFor()
    assert.deepEqual(loads, [])
    assert.deepEqual(complaints, [])
    await close()
  })

  it('tells who was a moment earlier and keeps what was typed, also over a reload', async () => {
    const number = await desk.house.filed('colocation')
    await desk.house.complete(number)
    await desk.sit('petugas2')
    const { page, close } = await openPage(browser, {}, /status of 40[49]|ERR_FAILED/)
    // This page hears nothing of what happens meanwhile.
    await page.route('**/socket.io/**', route => route.abort())
    await page.routeWebSocket('**/socket.io/**', socket => socket.close())
    await page.goto(`${desk.url}tickets/${number}`)
    const note = page.locator('.next').getByLabel('Catatan')
    await note.fill('Semua berkas sudah saya cek.')
    await desk.house.do(number, 'petugas', { kind: 'verify', note: '' })
    await page.locator('.next .send').click()
    await page.locator('.conflict', { hasText: /Rizky .* sudah lebih dulu: Berkas lengkap/ }).waitFor()
    await page.locator('.chain .now', { hasText: 'Disposisi Kadis' }).waitFor()
    await page.locator('.unsent', { hasText: 'Semua berkas sudah saya cek.' }).waitFor()
    await page.reload()
    await page.locator('.unsent', { hasText: 'Semua berkas sudah saya cek.' }).waitFor()
    await page.locator('.unsent').getByRole('button', { name: 'Buang' }).click()
    await page.locator('.unsent').waitFor({ state: 'detached' })
    await close()
  })

  it('shows a colleague’s action to everybody who looks, the requester without what is internal', async () => {
    const number = await verified(desk)
    await desk.house.do(number, 'petugas', { kind: 'note', text: 'Rak A4 sedang dibersihkan.', visibility: 'internal' })
    await desk.sit('pemohon')
    const own = await openPage(browser, PHONE, NOT_STAGED)
    await own.page.goto(`${desk.url}tickets/${number}`)
    await own.page.locator('.chain .now', { hasText: 'Disposisi Kadis' }).waitFor()
    await desk.sit('kadis')
    await desk.house.do(number, 'kadis', { kind: 'dispose', to: await desk.house.person('kabid'), note: 'Rahasia di antara pejabat.' })
    await own.page.locator('.chain .now', { hasText: 'Disposisi Kabid' }).waitFor()
    const text = await own.page.locator('body').innerText()
    assert.ok(!text.includes('Rak A4') && !text.includes('Rahasia'), 'nothing internal')
    assert.ok((await own.page.evaluate('document.documentElement.scrollWidth')) === 360, 'nothing sticks out of a phone')
    assert.deepEqual(own.complaints, [])
    await own.close()
  })

  it('keeps a list still under the reader: rows change in place, new tickets are announced', async () => {
    const first = await desk.house.filed('colocation')
    const { page, complaints, close } = await openPage(browser, {}, NOT_STAGED)
    await page.goto(`${desk.url}tickets`)
    const row = page.locator(`tr[data-number="${first}"]`)
    await row.getByText('Verifikasi', { exact: true }).waitFor()
    const before = await row.boundingBox()
    const second = await desk.house.filed('hosting')
    await page.getByRole('button', { name: /1 tiket baru/ }).waitFor()
    await desk.house.do(first, 'petugas', { kind: 'return', reason: 'Foto pelat nama belum ada.' })
    await row.getByText('tidak lagi di sini').waitFor()
    assert.deepEqual(await row.boundingBox(), before)
    await page.getByRole('button', { name: /1 tiket baru/ }).click()
    await page.locator(`tr[data-number="${second}"]`).waitFor()
    await row.waitFor({ state: 'detached' })
    assert.deepEqual(complaints, [])
    await close()
  })

  it('is worked by keys alone: j, Enter, n, Ctrl+Enter', async () => {
    const number = await desk.house.filed('colocation')
    const { page, close } = await openPage(browser, {}, NOT_STAGED)
    await page.goto(`${desk.url}tickets`)
    await page.locator(`tr[data-number="${number}"]`).waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.locator('.chain').waitFor()
    assert.match(page.url(), new RegExp(number))
    await page.keyboard.press('n')
    await page.keyboard.type('Sudah dicek di tempat.')
    await page.keyboard.press('Control+Enter')
    await page.locator('.journey .internal blockquote', { hasText: 'Sudah dicek di tempat.' }).waitFor()
    await close()
  })

  it('lets the administrator close a day with a reason, and says so on the calendar at once', async () => {
    await desk.sit('admin')
    const { page, complaints, close } = await openPage(browser, {}, NOT_STAGED)
    await page.goto(`${desk.url}calendar?month=2026-11&day=2026-11-25`)
    await page.locator('[data-date="2026-11-25"]').waitFor()
    await page.keyboard.press('Tab')
    await page.getByRole('button', { name: 'Tambah pengecualian…' }).click()
    await page.getByLabel('Alasan').fill('Pemindahan ruang layanan')
    await page.getByRole('button', { name: 'Simpan' }).click()
    await page.locator('.day.closed[data-date="2026-11-25"]', { hasText: 'Pemindahan ruang layanan' }).waitFor()
    await page.getByText('versi 2', { exact: false }).first().waitFor()
    assert.deepEqual(complaints, [])
    await close()
  })

  it('shows how full each day is, and what is due on the one that was picked', async () => {
    await desk.sit('petugas')
    const numbers = []
    for (let i = 0; i < 3; i++) numbers.push(await desk.house.filed('colocation'))
    const { page, complaints, close } = await openPage(browser, {}, NOT_STAGED)
    await page.goto(`${desk.url}calendar`)
    const day = page.locator('.day[aria-current="date"]')
    await day.getByText(/layanan penuh/).waitFor()
    const row = page.locator('.capacities li', { hasText: 'Colocation' })
    await row.getByText('2 dari 2 diterima').waitFor()
    assert.equal(await row.getByRole('meter').getAttribute('aria-valuenow'), '100')
    // What is withdrawn gives its place back, before one's eyes.
    await desk.house.do(numbers[0] ?? '', 'pemohon', { kind: 'cancel', reason: 'Tidak jadi.' })
    await row.getByText('1 dari 2 diterima').waitFor()
    const head = await desk.house.desk.view(numbers[1] ?? '', await desk.house.as('petugas'))
    assert.ok(head.ok && head.value.due !== null)
    const date = new Date(head.value.due + 7 * 3_600_000).toISOString().slice(0, 10)
    await page.goto(`${desk.url}calendar?month=${date.slice(0, 7)}&day=${date}`)
    await page.locator('.daypanel').getByText(head.value.number).waitFor()
    await page
      .locator(`[data-date="${date}"]`)
      .getByText(/batas akhir/)
      .waitFor()
    assert.deepEqual(complaints, [])
    await close()
  })

  it('rates by the matrix of the site, which the administrator changes and the trail has', async () => {
    const number = await desk.house.filed('colocation')
    await desk.sit('admin')
    const { page, complaints, close } = await openPage(browser, {}, NOT_STAGED)
    await page.goto(`${desk.url}calendar`)
    await page.getByRole('button', { name: 'Ubah matriks…' }).click()
    await page.getByLabel('Dampak Rendah, Kepentingan Rendah').selectOption({ label: 'Tinggi' })
    await page.getByRole('button', { name: 'Simpan' }).click()
    await page.locator('.toast').getByText('Matriks prioritas disimpan').waitFor()
    await page.locator('.prioritytable tbody tr').last().getByText('Tinggi').waitFor()
    const [entry] = await desk.house.records.audit.page({ size: 1, action: 'desk.priority' })
    assert.match(JSON.stringify(entry?.detail), /"is":.*"low":\{[^}]*"low":"high"/)
    // Staff read it and change nothing; the ticket is rated by it.
    await desk.sit('petugas')
    await page.goto(`${desk.url}calendar`)
    await page.locator('.prioritytable tbody tr').last().getByText('Tinggi').waitFor()
    assert.equal(await page.getByRole('button', { name: 'Ubah matriks…' }).count(), 0)
    await page.goto(`${desk.url}tickets/${number}`)
    await page.locator('.others summary').click()
    await page.getByRole('button', { name: 'Nilai dampak dan kepentingan…' }).click()
    await page.getByRole('button', { name: 'Dampak Rendah, Kepentingan Rendah: Tinggi' }).click()
    await page.getByText('tinggi').first().waitFor()
    // Nothing of it for requesters.
    await desk.sit('pemohon')
    await page.goto(`${desk.url}calendar`)
    await page.locator('.month').waitFor()
    assert.equal(await page.locator('.prioritytable').count(), 0)
    assert.deepEqual(complaints, [])
    await close()
  })

  it('puts pressing clocks on the wall in the place of the day’s temperatures, moving nothing', async () => {
    await desk.sit('noc')
    const { page, complaints, close } = await openPage(browser, { viewport: { width: 1920, height: 1080 } }, NOT_STAGED)
    await page.goto(`${desk.url}wall`)
    const day = page.locator('.inletday')
    await day.waitFor()
    // What stands above it has come when nothing moves it any more.
    await page.evaluate(AT_REST)
    const box = await day.boundingBox()
    assert.ok(box)
    const number = await verified(desk)
    const clocks = page.locator('.slaclocks')
    // Thirty minutes are within the hour.
    const head = await desk.house.desk.view(number, await desk.house.as('noc'))
    assert.ok(head.ok)
    await clocks.getByText(head.value.title).waitFor()
    assert.deepEqual(await clocks.boundingBox(), box)
    assert.deepEqual(complaints, [])
    await close()
  })

  const LOOKS: readonly (readonly [login: string, path: string])[] = [
    ['petugas', 'tickets?view=all'],
    ['kadis', 'tickets/WAITING'],
    ['petugas', 'tickets/BACK'],
    ['pemohon', 'tickets/BACK'],
    ['petugas', 'calendar'],
    ['petugas', 'agenda'],
  ]
  for (const [login, path] of LOOKS) {
    it(`shuts nobody out of ${path} as ${login}: axe finds nothing, wide or narrow, light or dark`, async () => {
      const waiting = await verified(desk)
      const back = await desk.house.filed('hosting')
      await desk.house.do(back, 'petugas', { kind: 'return', reason: 'Surat belum ditandatangani.' })
      await desk.sit(login)
      for (const options of [{}, PHONE]) {
        const { page, close } = await openPage(browser, { ...options, colorScheme: 'light' }, NOT_STAGED)
        await page.goto(desk.url + path.replace('WAITING', waiting).replace('BACK', back))
        await page.locator('.chain, .ticketlist, .month, .agenda .table').first().waitFor()
        assert.deepEqual(await axe(page), [])
        await page.emulateMedia({ colorScheme: 'dark' })
        assert.deepEqual(await axe(page, 'colours'), [], 'in the dark')
        if (options === PHONE) assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 360)
        await close()
      }
    })
  }
})
