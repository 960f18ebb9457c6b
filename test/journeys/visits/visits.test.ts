// Through the gate in a real browser: allowed on one page, shown as QR on a phone, read by the guard's camera, inside, overstayed, out, in the guest book; and all of it without a line.

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { rowFeed } from '../../../daemon/stream/rows.ts'
import { ticketFeed } from '../../../daemon/stream/tickets.ts'
import { must } from '../../store/support/must.ts'
import { axeOn } from '../../support/axe.ts'
import { chromiumPath } from '../../support/browser.ts'
import { until } from '../../support/daemon.ts'
import { openStage, type Stage } from '../../support/stage.ts'
import { HOUR, MINUTE, openYard, type Yard } from '../../visits/support/yard.ts'
import { film, openCamera } from './film.ts'

const path = chromiumPath()
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const PHONE = { width: 360, height: 740 }

/** Everything the device keeps, as text; of the key whether it can be taken out. */
const KEPT = `new Promise((tell, fail) => {
  const opening = indexedDB.open('suar-checkin')
  opening.onerror = () => fail(opening.error)
  opening.onsuccess = () => {
    const asking = opening.result.transaction('kept').objectStore('kept').getAll()
    const text = one => (one instanceof CryptoKey ? String(one.extractable) : new TextDecoder('latin1').decode(one.data))
    asking.onsuccess = () => tell(asking.result.map(text).join('|'))
  }
})`

;(path === null ? describe.skip : describe)('through the gate', function () {
  this.timeout(240_000)
  let yard: Yard
  let stage: Stage
  let browser: Browser
  let folder = ''
  const contexts: BrowserContext[] = []

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'suar-gate-'))
    browser = await openCamera(path ?? '', join(folder, 'camera.y4m'))
  })
  after(async () => {
    await browser.close()
    rmSync(folder, { recursive: true, force: true })
  })
  beforeEach(async () => {
    yard = await openYard()
    stage = await openStage({
      clock: () => yard.clock.now,
      routes: [...yard.premises.routes, ...yard.desk.routes],
      feeds: [ticketFeed(yard.desk.desk.stream), rowFeed(yard.premises.rows)],
    })
  })
  afterEach(async () => {
    for (const context of contexts.splice(0)) await context.close()
    await stage.close()
    await yard.close()
  })

  /** A window of one person's; who sits at the daemon is whoever opened one last. */
  async function sit(login: string, at: string, viewport = { width: 1440, height: 900 }): Promise<Page> {
    stage.signIn(await yard.as(login))
    const context = await browser.newContext({ viewport, reducedMotion: 'reduce', permissions: ['camera'] })
    contexts.push(context)
    const page = await context.newPage()
    await page.goto(`${stage.url.replace(/\/$/, '')}${at}`)
    return page
  }

  it('goes a visit from approval to the guest book, by QR and camera, live on the pages', async () => {
    const number = await yard.ordered({
      from: yard.clock.now + 10 * MINUTE,
      until: yard.clock.now + 3 * HOUR,
      goods: [{ direction: 'both', kind: 'Laptop', serial: 'LN-77' }],
    })
    const asked = must(await yard.visits.ofTicket(number, await yard.as('kabid')))

    // The head of division allows it.
    const head = await sit('kabid', `/visits/${asked.id}`)
    await head.getByRole('button', { name: 'Setujui' }).click()
    await head.getByLabel('Pendamping').selectOption({ label: 'Siti Maimunah, A.Md.Kom.' })
    await head.locator('.decide').getByRole('button', { name: 'Setujui' }).click()
    await head.getByText('Disetujui', { exact: true }).first().waitFor()

    // The ticket leads to the codes.
    const ticket = await sit('pemohon-dinkes', `/tickets/${number}`, PHONE)
    await ticket.getByRole('link', { name: 'Tampilkan kode masuk' }).click()
    await ticket.getByRole('img', { name: 'Kode QR Agus Setiawan' }).waitFor()
    await ticket.context().close()

    // On the phone of who asked stands one QR for each person, and nothing of how the house decides.
    const phone = await sit('pemohon-dinkes', `/visits/${asked.id}`, PHONE)
    await phone.getByRole('img', { name: 'Kode QR Agus Setiawan' }).waitFor()
    assert.equal(await phone.getByRole('img', { name: /Kode QR/ }).count(), 2)
    assert.equal(await phone.getByText('Perlu diperhatikan').count(), 0)
    const { qr, short } = await yard.codeOf(asked.id, 1)
    assert.equal(await phone.locator('.codes code').first().textContent(), short)
    await phone.context().close()

    // The guard's camera reads it.
    film(join(folder, 'camera.y4m'), qr)
    const guard = await sit('noc', '/checkin', PHONE)
    await guard.getByRole('button', { name: 'Pindai QR' }).click()
    await guard.getByText('Kunjungan disetujui').waitFor()
    await guard.getByText('Kartu berakhiran 0417').waitFor()
    await guard.getByText('hanya rak A5').waitFor()
    const enter = guard.getByRole('button', { name: /Masukkan/ })
    assert.equal(await enter.isDisabled(), true)
    await guard.getByRole('button', { name: 'Cocokkan: Agus Setiawan' }).click()
    assert.equal(await enter.isDisabled(), true)
    await guard.getByRole('button', { name: 'Setuju tata tertib: Agus Setiawan' }).click()
    await guard.getByRole('button', { name: 'Masukkan 1 orang' }).click()
    await guard.getByText('Agus Setiawan dicatat masuk').waitFor()
    await guard.getByRole('button', { name: 'Ada', exact: true }).click()
    await until(
      'the laptop',
      () => yard.records.visits.find(asked.id),
      visit => visit?.goods[0]?.inAt !== null,
      5_000,
    )
    assert.equal((await yard.visits.inside()).length, 1)

    // Who is inside is live on another page, and so is that they stay too long.
    const noc = await sit('noc', '/visits/inside')
    await noc.getByRole('link', { name: 'Agus Setiawan' }).waitFor()
    yard.clock.now += 3 * HOUR + MINUTE
    await yard.visits.tick()
    assert.equal(yard.alarms.get(`visit.overstay.${asked.id}`)?.severity, 'warning')
    await noc.getByText('Melewati batas waktu').waitFor()
    await noc.getByRole('button', { name: 'Absen titik kumpul' }).click()
    await noc.getByRole('button', { name: 'Hadir: Agus Setiawan' }).click()
    await noc.getByText('1 dari 1 hadir').waitFor()
    await noc.getByRole('button', { name: 'Selesaikan absen' }).click()
    await noc.getByText('Semua hadir.').waitFor()

    // Out; the laptop is asked for.
    await guard.getByRole('button', { name: 'Catat keluar: Agus Setiawan' }).click()
    await guard.getByText('Barang belum dicatat keluar: Laptop LN-77.').waitFor()
    await noc.getByText('Tidak ada tamu di dalam').waitFor()
    await yard.visits.tick()
    assert.deepEqual([...yard.alarms.keys()], [`visit.goods.${asked.id}`])

    // The guest book, as paper and as table; the table is in the trail.
    const month = '2026-11'
    const pdf = await fetch(`${stage.url}api/v1/visits/log?site=demo&month=${month}`)
    assert.equal(pdf.headers.get('content-type'), 'application/pdf')
    assert.equal(
      Buffer.from(await pdf.arrayBuffer())
        .subarray(0, 5)
        .toString(),
      '%PDF-',
    )
    const csv = await (await fetch(`${stage.url}api/v1/visits/export?site=demo&month=${month}`)).text()
    assert.match(csv, /Agus Setiawan,•••• 0417,Dinas Kesehatan/)
    assert.equal((await yard.records.audit.page({ size: 9, action: 'visit.export' })).length, 1)
    const list = await fetch(`${stage.url}api/v1/visits/evacuation`)
    assert.equal(
      Buffer.from(await list.arrayBuffer())
        .subarray(0, 5)
        .toString(),
      '%PDF-',
    )
  })

  it('works on without a line, opens again without one, and reconciles when it is back: nothing lost, nothing twice', async () => {
    const visit = await yard.approved()
    const other = await yard.approved({ people: [{ name: 'Budi Santoso', identity: '1971030605990001' }] })
    const { short } = await yard.codeOf(visit.id, 1)
    film(join(folder, 'camera.y4m'), 'nothing')
    const guard = await sit('noc', '/checkin', PHONE)
    await guard.getByText('Budi Santoso').waitFor()
    // From the second time on the page is the worker's, and with it who is signed in.
    await guard.evaluate('navigator.serviceWorker.ready')
    await guard.reload()
    await guard.getByText('Budi Santoso').waitFor()
    await until(
      'the files of the page',
      () =>
        guard.evaluate<string[]>("caches.open('suar-checkin-1').then(cache => cache.keys()).then(all => all.map(one => new URL(one.url).pathname))"),
      paths => paths.includes('/api/v1/session') && paths.filter(one => one.startsWith('/assets/')).length > 4,
      20_000,
    )
    await guard.context().setOffline(true)
    await guard.reload()
    await guard.getByText('Tanpa sambungan').waitFor()
    await guard.getByText('Budi Santoso').waitFor()

    await guard.getByLabel('Kode atau nama').fill(short)
    await guard.getByRole('button', { name: 'Cari', exact: true }).click()
    await guard.getByText('Kunjungan disetujui').waitFor()
    await guard.getByRole('button', { name: 'Cocokkan: Agus Setiawan' }).click()
    await guard.getByRole('button', { name: 'Setuju tata tertib: Agus Setiawan' }).click()
    await guard.getByRole('button', { name: 'Masukkan 1 orang' }).click()
    await guard.getByText('1 catatan menunggu dikirim').waitFor()
    await guard.getByRole('button', { name: 'Kembali' }).click()
    // The same code is known to be spent, without a line too.
    await guard.getByLabel('Kode atau nama').fill(short)
    await guard.getByRole('button', { name: 'Cari', exact: true }).click()
    await guard.getByRole('button', { name: 'Catat keluar: Agus Setiawan' }).waitFor()
    await guard.getByRole('button', { name: 'Kembali' }).click()

    // Meanwhile the other visit is called off; the guard cannot know.
    must(await yard.visits.cancel(other.id, 'Tidak jadi', await yard.as('petugas')))
    await guard.getByRole('button', { name: /Budi Santoso/ }).click()
    await guard.getByRole('button', { name: 'Cocokkan: Budi Santoso' }).click()
    await guard.getByRole('button', { name: 'Setuju tata tertib: Budi Santoso' }).click()
    await guard.getByRole('button', { name: 'Masukkan 1 orang' }).click()
    await guard.getByText('2 catatan menunggu dikirim').waitFor()
    assert.equal((await yard.visits.inside()).length, 0)
    // What the device keeps is sealed, and no identity number or code is in it.
    const kept = await guard.evaluate<string>(KEPT)
    assert.match(kept, /false/)
    assert.doesNotMatch(kept, /true|Agus|Budi|197103/)

    await guard.context().setOffline(false)
    await guard.getByText('Budi Santoso: dicatat tanpa sambungan').waitFor({ timeout: 30_000 })
    await guard.getByText('dibatalkan: tidak boleh masuk').waitFor()
    assert.deepEqual((await yard.visits.inside()).map(({ name }) => name).sort(), ['Agus Setiawan', 'Budi Santoso'])
    assert.equal((await yard.records.visits.passesOf(visit.id)).length, 1)
    assert.equal(await guard.getByText(/menunggu dikirim/).count(), 0)
    await guard.reload()
    await guard.getByText('Budi Santoso: dicatat tanpa sambungan').waitFor()
    await guard.getByRole('button', { name: 'Sudah dilihat' }).click()
    await until(
      'the conflict is put away',
      () => guard.getByText('Perlu dilihat').count(),
      count => count === 0,
      5_000,
    )
  })

  it('shows the week as it is: freezes over their days, who is in each other’s way; a week without any says so and nothing else', async () => {
    const officer = await yard.as('petugas')
    const { now } = yard.clock
    must(await yard.visits.badges.freeze({ site: 'demo', rooms: [], from: now, until: now + 30 * HOUR, reason: 'Tutup buku' }, officer))
    const numbers: string[] = []
    for (const people of [undefined, [{ name: 'Budi Santoso', identity: '1971030605990001' }]])
      numbers.push((await yard.of(await yard.filed(people === undefined ? {} : { people }))).number)
    const page = await sit('noc', '/visits')
    const today = page.locator('.visitday.today')
    await today.getByText(`Rak A5 juga dikerjakan pada ${numbers[1]}`).waitFor()
    await today.getByText(`Rak A5 juga dikerjakan pada ${numbers[0]}`).waitFor()
    assert.equal(await page.locator('.visitday').count(), 7)
    const band = await page.locator('.weekbands .freeze').boundingBox()
    const column = await today.boundingBox()
    // Friday and Saturday.
    assert.ok(band !== null && column !== null && band.width > 1.8 * column.width && band.width < 2.1 * column.width)
    // A third, told live, comes into its day.
    await yard.filed({ people: [{ name: 'Citra Dewi', identity: '1971030605990002' }] })
    await today.getByText('Citra Dewi').waitFor()
    await page.getByRole('button', { name: 'Berikutnya' }).click()
    await page.getByText('Tidak ada kunjungan pada waktu ini').waitFor()
    assert.equal(await page.locator('.visitday').count(), 0)
  })

  it('has pages that axe finds nothing on, light and dark, at a desk and in a hand', async () => {
    const officer = await yard.as('petugas')
    const blank = { organisation: '', doors: [], zones: [], from: null, until: null, hours: null }
    must(await yard.visits.badges.add({ ...blank, card: 'S-1', kind: 'standing', holder: 'Rizky Ramadhan', rooms: ['server-room'] }, officer))
    must(await yard.visits.badges.add({ ...blank, card: 'T-01', kind: 'visitor', holder: '', rooms: [] }, officer))
    must(await yard.visits.badges.block({ name: 'Joko', identity: '', card: '', reason: 'Pernah membawa alat rekam' }, officer))
    must(
      await yard.visits.badges.freeze(
        { site: 'demo', rooms: [], from: yard.clock.now, until: yard.clock.now + 3 * HOUR, reason: 'Tutup buku' },
        officer,
      ),
    )
    must(await yard.visits.ofTicket(await yard.filed(), officer))
    const pages: readonly (readonly [string, string])[] = [
      ['noc', '/visits'],
      ['noc', '/visits?look=list'],
      ['kabid', '/visits/1'],
      ['noc', '/visits/inside'],
      ['noc', '/visits/log'],
      ['petugas', '/visits/badges'],
      ['petugas', '/visits/rules'],
      ['noc', '/visits/new'],
      ['noc', '/checkin'],
      ['pemohon-dinkes', '/visits'],
      ['pemohon-dinkes', '/visits/1'],
    ]
    for (const viewport of [PHONE, { width: 1440, height: 900 }])
      for (const [login, at] of pages) {
        const page = await sit(login, at, viewport)
        await page.locator('h1').first().waitFor()
        await page.locator('.skeletons').first().waitFor({ state: 'detached' })
        if (at === '/visits/1' && login === 'kabid') {
          await page.getByRole('button', { name: 'Setujui' }).click()
          await page.getByLabel('Pendamping').waitFor()
        }
        for (const colorScheme of ['dark', 'light'] as const) {
          await page.emulateMedia({ colorScheme })
          const { violations } = await axeOn(page).withTags(TAGS).analyze()
          assert.deepEqual(
            violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`),
            [],
            `${at} for ${login} at ${viewport.width} ${colorScheme}`,
          )
        }
        const wide = await page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth')
        assert.ok(wide <= 0, `${at} at ${viewport.width} is ${wide} px too wide`)
        await page.context().close()
      }
  })
})
