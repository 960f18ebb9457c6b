// J5, DC access, in browsers on the demonstration: asked for in the portal on a phone, passed on, allowed with an escort, let in by QR and code, a door
// opened and explained while pages stand open, an intruder, somebody who stays too long, out again, the room as found, the guest book.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import type { Alarm } from '../../../daemon/domain/alarm.ts'
import type { OpeningView } from '../../../daemon/domain/opening.ts'
import type { VisitDetail, VisitView } from '../../../daemon/domain/visit.ts'
import { axeOn } from '../../support/axe.ts'
import { chromiumPath, type Watched } from '../../support/browser.ts'
import { until } from '../../support/daemon.ts'
import { openDemonstration } from '../../support/demonstration.ts'
import { desk, handIn, writeRequest } from '../../support/desk-pages.ts'
import type { Office } from '../../support/office.ts'
import { textOfPdf } from '../../support/pdf-text.ts'
import { film, openCamera } from './film.ts'

const path = chromiumPath()
const MINUTE = 60_000
const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, permissions: ['camera'] }
const ROLES = ['kadis', 'kabid', 'prakom', 'petugas', 'noc', 'pemohon-dinkes', 'pemohon-pesisir'] as const
type Role = (typeof ROLES)[number]
const AGUS = { name: 'Wahyu Hidayat', identity: '1971030605810417', company: 'Dinas Kesehatan', mobile: '081200000002' }
const LESTARI = { name: 'Lestari Maharani', identity: '1971035207922291', company: 'PT Medika Data', mobile: '081200000003' }
/** Local time of the site as a form has it. */
const local = (at: number): string => new Date(at + 7 * 3_600_000).toISOString().slice(0, 16)

async function clean(page: Page, what: string): Promise<void> {
  const { violations } = await axeOn(page).analyze()
  assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`), [], what) // biome-ignore format: one line
  assert.equal(await page.evaluate('document.documentElement.scrollWidth > innerWidth'), false, `${what} fits the screen`)
}

;(path === null ? describe.skip : describe)('J5, DC access', function () {
  this.timeout(240_000)
  const folder = mkdtempSync(join(tmpdir(), 'suar-j5-'))
  const camera = join(folder, 'camera.y4m')
  let played: Awaited<ReturnType<typeof openDemonstration<Role>>>
  let office: Office
  let browser: Browser
  let ticket = ''
  let visit: VisitDetail
  const open = new Map<string, Watched>()
  const page = (who: string): Page => open.get(who)?.page ?? assert.fail(`${who} has no page`)
  const noc = () => played.as('noc')
  const alarms = async (): Promise<readonly Alarm[]> =>
    (await noc().get<{ items: readonly Alarm[] }>('/alarms?size=500&sort=-raised')).items.filter(({ clearedAt }) => clearedAt === null)
  const alarm = async (what: string, key: string, ms?: number): Promise<Alarm> => {
    const all = await until(what, alarms, list => list.some(one => one.key === key), ms)
    return all.find(one => one.key === key) ?? assert.fail(what)
  }
  const sit = async (name: string, login: Role, at: string, options: Parameters<Browser['newContext']>[0] = {}, expected?: RegExp) => {
    const watched = await played.as(login).page(browser, options, expected)
    watched.page.setDefaultTimeout(30_000)
    open.set(name, watched)
    if (at !== '') await watched.page.goto(`${played.url}${at}`)
    return watched.page
  }
  const marked = 'window.unbroken = true'

  before(async () => {
    film(camera, 'nothing yet')
    played = await openDemonstration(ROLES)
    office = played as unknown as Office
    browser = await openCamera(path ?? '', camera)
    // Badges and guests of the demonstration come with its tickets.
    const guests = () =>
      noc().get<{ items: readonly VisitView[] }>(`/visits?from=${Date.now() - 86_400_000}&until=${Date.now() + 86_400_000}&state=inside`)
    const { items } = await until('the guests of the demonstration', guests, all => all.items.length >= 2, 120_000)
    // Whoever else is behind D1 goes: the next card there is of this story.
    for (const other of items.filter(({ doors }) => doors.includes('d1'))) {
      const acts = other.visitors
        .filter(({ state }) => state === 'inside')
        .map(({ id }) => ({ client: crypto.randomUUID(), kind: 'out', visit: other.id, visitor: id, at: Date.now() }))
      await noc().post('/visits/door/acts', { sentAt: Date.now(), acts })
    }
  })
  after(async () => {
    await browser?.close()
    await played?.close()
    rmSync(folder, { recursive: true, force: true })
  })
  // One story in chapters: without the one before there is nothing to tell.
  let broken = false
  beforeEach(function () {
    if (broken) this.skip()
  })
  afterEach(function () {
    broken ||= this.currentTest?.state === 'failed'
  })

  it('is asked for on a phone: rooms of the site, racks of the own office, rules agreed to', async () => {
    const phone = await sit('phone', 'pemohon-dinkes', '', PHONE)
    await sit('visits', 'noc', '/visits')
    await page('visits').evaluate(marked)
    const now = Date.now()
    await writeRequest(office, phone, played.as('pemohon-dinkes'), {
      service: 'dc-access',
      title: 'Ganti modul memori server rekam medis',
      subject: 'SIMRS',
      answers: {
        site: 'dc',
        room: 'Ruang Server',
        purpose: 'Ganti modul memori server rekam medis',
        touched: ['Server rekam medis'],
        entry: local(now),
        leave: local(now + 60 * MINUTE),
        visitors: [AGUS],
      },
    })
    // Whoever else comes along.
    const step = (key: string) => phone.goto(phone.url().replace(/step=[^&]*/, `step=${key}`))
    await step('visitors')
    await phone.getByRole('button', { name: 'Tambah Pengunjung' }).click()
    for (const [key, value] of Object.entries(LESTARI)) await phone.locator(`.leaf[data-path="visitors.1.${key}"] input`).fill(value)
    await step('goods')
    await phone.getByRole('button', { name: 'Tambah Barang' }).click()
    await phone.getByLabel('Masuk lalu keluar').check()
    await phone.locator('.leaf[data-path="goods.0.kind"] input').fill('Laptop')
    await phone.locator('.leaf[data-path="goods.0.serial"] input').fill('LN-77')
    // Of the racks only the own one is offered.
    await step('visit')
    const racks = phone.locator('.leaf[data-path="touched"]')
    await racks.getByLabel('A5', { exact: true }).check()
    assert.equal(await racks.getByRole('checkbox').count(), 1)
    const rooms = await phone.locator('.leaf[data-path="room"] option').allTextContents()
    assert.ok(rooms.includes('Ruang Server') && !rooms.includes('Ruang DRC'), rooms.join())
    await clean(phone, 'the place on the form')
    await step('rules')
    await phone
      .getByText(/^Disetujui .*, versi 2026-1$/)
      .first()
      .waitFor()
    await clean(phone, 'the rules on the form')
    await step('send')
    ticket = await handIn(phone)
    await page('visits').getByText('Menunggu persetujuan').first().waitFor()
    const paper = await played.as('petugas').post<{ id: number }>(`/tickets/${ticket}/documents`, { kind: 'form' })
    assert.match(textOfPdf(await played.as('petugas').file(`/documents/${paper.id}`)), /Tata tertib DC\/DRC .*Disetujui .*, versi 2026-1/)
  })

  it('is passed on by its dispositions and allowed with an escort; the codes stand on the phone', async () => {
    const at = async (role: Role) => desk(office, open.get(role)?.page ?? (await sit(role, role, '')))
    const officer = await at('petugas')
    await officer.open(ticket)
    await officer.verify()
    for (const [role, to] of [['kadis', 'kabid'], ['kabid', 'prakom'], ['prakom', 'petugas']] as const) {
      const boss = await at(role)
      await boss.open(ticket)
      await boss.dispose(played.as(to).name, 'Mohon ditindaklanjuti.', to === 'petugas')
      await boss.page.locator('.next', { hasNotText: 'giliran Anda' }).waitFor()
    } // biome-ignore format: a chair is a line
    const asked = await noc().get<VisitDetail>(`/visits/of/${ticket}`)
    const head = page('kabid')
    await head.goto(`${played.url}/visits/${asked.id}`)
    await head.getByRole('button', { name: 'Setujui' }).click()
    const decide = head.locator('.decide')
    assert.equal(await decide.getByLabel('A5', { exact: true }).isChecked(), true)
    // The back door is none of theirs.
    await decide.getByLabel('D3 pintu belakang', { exact: true }).uncheck()
    await decide.getByLabel('Pendamping').selectOption({ label: played.as('petugas').name })
    await clean(head, 'the decision')
    await decide.getByRole('button', { name: 'Setujui' }).click()
    await head.getByText('Disetujui', { exact: true }).first().waitFor()
    const phone = page('phone')
    await phone.goto(`${played.url}/visits/${asked.id}`)
    await phone.getByRole('img', { name: `Kode QR ${AGUS.name}` }).waitFor()
    visit = await noc().get<VisitDetail>(`/visits/${asked.id}`)
    assert.deepEqual([visit.state, visit.racks, visit.doors], ['approved', ['a5'], ['d1']])
    assert.equal(await page('visits').evaluate('window.unbroken'), true)
  })

  it('lets one in by the QR before the camera and the other by the typed code, each with a badge', async () => {
    const { items } = await played.as('pemohon-dinkes').get<{ items: readonly { qr: string; short: string }[] }>(`/visits/${visit.id}/codes`)
    film(camera, items[0]?.qr ?? '')
    const guard = await sit('guard', 'noc', '/checkin', PHONE)
    const wall = await sit('wall', 'noc', '/wall', { viewport: { width: 1920, height: 1080 } })
    await wall.evaluate(marked)
    await guard.getByRole('button', { name: 'Pindai QR' }).click()
    for (const [i, { name }] of [AGUS, LESTARI].entries()) {
      if (i === 1) {
        await guard.getByLabel('Kode atau nama').fill(items[1]?.short ?? '')
        await guard.getByRole('button', { name: 'Cari', exact: true }).click()
      }
      await guard.getByText('Kunjungan disetujui').waitFor()
      await guard.getByRole('button', { name: `Cocokkan: ${name}` }).click()
      await guard.getByRole('button', { name: `Setuju tata tertib: ${name}` }).click()
      await guard.getByRole('combobox', { name: new RegExp(name) }).selectOption({ index: 1 })
      if (i === 0) await clean(guard, 'the gate')
      await guard.getByRole('button', { name: 'Masukkan 1 orang' }).click()
      await guard.getByText(`${name} dicatat masuk`).waitFor()
      if (i === 0) await guard.getByRole('button', { name: 'Kembali' }).click()
    }
    await guard.getByRole('button', { name: 'Ada', exact: true }).click()
    await wall.getByRole('region', { name: 'Orang di dalam' }).getByText(AGUS.name).waitFor()
    await page('phone')
      .getByText(/Di dalam/)
      .first()
      .waitFor()
  })

  it('explains the door that the card opens, told by contact and controller, on the open page', async () => {
    const log = await sit('log', 'noc', '/doors')
    await log.evaluate(marked)
    await log.getByText('Belum ada pintu yang dibuka').waitFor()
    await played.play('door-visitor', true)
    const row = log.getByRole('row').filter({ hasText: 'D1 ruang server' }).filter({ hasText: visit.number })
    await row.first().waitFor({ timeout: 60_000 })
    const { items } = await until(
      'the opening by card and contact',
      () => noc().get<{ items: readonly OpeningView[] }>('/openings?door=d1&kind=visit'),
      all => all.items.some(({ via, card }) => via === 'contact' && card !== null),
      60_000,
    )
    assert.ok(items.every(({ explanation }) => explanation.kind === 'visit' && explanation.visit === visit.id))
    assert.ok(!(await alarms()).some(({ key }) => key === 'suar/-/door.d1'))
    await played.play('door-visitor', false)
  })

  it('raises the intruder within five seconds, red on the wall; the guard says why and it ends', async () => {
    await played.play('door-opened', true)
    const intruder = await alarm('the intruder', 'suar/-/door.d3')
    const { items } = await noc().get<{ items: readonly OpeningView[] }>('/openings?door=d3&kind=unexplained')
    const opening = items[0] ?? assert.fail('no opening')
    assert.equal(intruder.severity, 'critical')
    process.stdout.write(`      alarmed ${intruder.raisedAt - opening.openedAt} ms after the contact opened\n`)
    assert.ok(intruder.raisedAt - opening.openedAt <= 5_000)
    await page('wall').getByText('D3 pintu belakang: tidak terjelaskan').waitFor()
    const row = page('log').getByRole('row').filter({ hasText: 'D3 pintu belakang' }).filter({ hasText: 'Tidak terjelaskan' })
    await row.getByRole('button', { name: 'Jelaskan' }).click()
    const dialog = page('log').getByRole('dialog')
    await dialog.getByLabel('Alasan').fill('Petugas kebersihan lupa kartu')
    await dialog.getByRole('button', { name: 'Jelaskan' }).click()
    await played.play('door-opened', false)
    await until('the end of the intruder', alarms, all => !all.some(({ key }) => key === 'suar/-/door.d3'))
  })

  it('alarms who stays too long, once the head has set an earlier end', async () => {
    const head = page('kabid')
    await head.getByRole('button', { name: 'Ubah waktu atau tempat' }).click()
    const decide = head.locator('.decide')
    // The next full minute, and not one that is over before it is sent.
    const end = Math.ceil((Date.now() + 15_000) / MINUTE) * MINUTE
    await decide.getByLabel('Sampai').fill(local(end))
    await decide.getByLabel('Alasan').fill('Ruang dipakai untuk uji genset')
    await decide.getByRole('button', { name: 'Simpan perubahan' }).click()
    await decide.waitFor({ state: 'detached' })
    await alarm('the overstay', `suar/-/visit.overstay.${visit.id}`, 180_000)
    await page('wall').getByRole('region', { name: 'Orang di dalam' }).getByText('lewat batas').first().waitFor()
    await page('visits').getByText('Melewati batas waktu').first().waitFor()
  })

  it('lets both out with what they brought; the room is as it was found, and the guest book has them', async () => {
    const guard = page('guard')
    await guard.getByRole('button', { name: 'Dibawa keluar' }).click()
    for (const { name } of [AGUS, LESTARI]) {
      const leave = guard.getByRole('button', { name: `Catat keluar: ${name}` })
      if ((await leave.count()) === 0) {
        await guard.getByLabel('Kode atau nama').fill(name)
        await guard
          .getByRole('button', { name: new RegExp(visit.organisation?.name ?? '') })
          .first()
          .click()
      }
      await leave.click()
      await guard.getByText(`${name} dicatat keluar`).waitFor()
    }
    await page('wall').getByRole('region', { name: 'Orang di dalam' }).getByText(AGUS.name).waitFor({ state: 'detached' })
    await until('the end of the overstay', alarms, all => !all.some(({ key }) => key.startsWith('suar/-/visit.')), 90_000)
    const staff = await sit('staff', 'noc', `/visits/${visit.id}`)
    await staff.getByText(/^Lolos /).waitFor({ timeout: 90_000 })
    await clean(staff, 'the visit that is over')
    const month = local(Date.now()).slice(0, 7)
    const book = textOfPdf(await noc().file(`/visits/log?site=${visit.site}&month=${month}`))
    for (const word of [AGUS.name, LESTARI.name, visit.number, 'Laptop']) assert.ok(book.includes(word), word)
    assert.ok(!book.includes(AGUS.identity))
  })

  it('is none of another office’s business; nothing was loaded anew and nothing complained', async () => {
    const stranger = played.as('pemohon-pesisir')
    assert.equal((await stranger.ask('GET', `/visits/${visit.id}`)).status, 404)
    const seen = await sit('stranger', 'pemohon-pesisir', '/visits')
    await seen.locator('h1').first().waitFor()
    const text = await seen.locator('body').innerText()
    for (const word of [visit.number, AGUS.name]) assert.ok(!text.includes(word), word)
    const { racks } = await stranger.get<{ racks: readonly { name: string }[] }>('/visits/places')
    assert.ok(racks.every(({ name }) => name !== 'A5'))
    for (const name of ['visits', 'wall', 'log']) assert.equal(await page(name).evaluate('window.unbroken'), true, name)
    for (const [name, { complaints }] of open) assert.deepEqual(complaints, [], name)
  })
})
