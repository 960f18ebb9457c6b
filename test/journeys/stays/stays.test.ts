// J4, colocation, in browsers: asked for in the portal, passed on, planned and reserved, brought in with a photograph, proven by the
// demonstration's own outlets and port while the page stands open, signed, watched live on a phone, and out again by its papers.
import assert from 'node:assert/strict'
import type { Browser, Page } from 'playwright-core'
import { DEFAULTS } from '../../../collectors/simulator/defaults.ts'
import { makePlan } from '../../../collectors/simulator/plan.ts'
import { readSite } from '../../../collectors/simulator/site.ts'
import type { PortChoice, StayView } from '../../../daemon/domain/stay.ts'
import type { TicketDocument } from '../../../daemon/domain/ticket-view.ts'
import { must } from '../../store/support/must.ts'
import { chromiumPath, openBrowser, type Watched } from '../../support/browser.ts'
import { until } from '../../support/daemon.ts'
import { openDemonstration } from '../../support/demonstration.ts'
import { desk, handIn, writeRequest } from '../../support/desk-pages.ts'
import type { Office } from '../../support/office.ts'
import { pleases } from '../../support/pleases.ts'
import { approve, minutes, report } from '../../support/procedure.ts'

const path = chromiumPath()
const GUEST = 'tenant-server'
const OUTLET = 'pdu-a5-a/outlet.9.power'
const OTHER = 'pdu-a5-b/outlet.9.power'
const SERIAL = 'SN-J4-0001'
const NAME = 'PowerEdge R760'
const ROLES = ['kadis', 'kabid', 'prakom', 'petugas', 'pemohon-dinkes', 'pemohon'] as const
type Role = (typeof ROLES)[number]
/** One grey pixel, as a camera would never take it. */
const PHOTO = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==', 'base64')

;(path === null ? describe.skip : describe)('J4, colocation', function () {
  this.timeout(240_000)
  let played: Awaited<ReturnType<typeof openDemonstration<Role>>>
  let office: Office
  let browser: Browser
  let ticket = ''
  let stay = 0
  const open = new Map<string, Watched>()
  const page = (who: Role | 'phone'): Page => open.get(who)?.page ?? assert.fail(`${who} has no page`)
  const officer = () => played.as('petugas')
  const piece = async () => (await officer().get<StayView>(`/stays/${stay}`)).items[0] ?? assert.fail('there is no piece')

  before(async () => {
    played = await openDemonstration(ROLES)
    office = played as unknown as Office
    browser = await openBrowser(path ?? '')
    // The door refuses once, as it should.
    for (const role of ROLES) open.set(role, await played.as(role).page(browser, {}, role === 'petugas' ? /409 \(Conflict\)/ : undefined))
    open.set('phone', await played.as('pemohon-dinkes').page(browser, { viewport: { width: 360, height: 780 }, hasTouch: true }))
    for (const { page: one } of open.values()) one.setDefaultTimeout(30_000)
  })
  after(async () => {
    await browser?.close()
    await played?.close()
  })
  // One story in chapters: without the one before there is nothing to tell.
  let broken = false
  beforeEach(function () {
    if (broken) this.skip()
  })
  afterEach(function () {
    broken ||= this.currentTest?.state === 'failed'
  })

  it('is asked for in the portal and passed on by its dispositions', async () => {
    await writeRequest(office, page('pemohon-dinkes'), played.as('pemohon-dinkes'), {
      service: 'colocation',
      products: ['colocation'],
      title: 'Kolokasi server rekam medis',
      answers: {
        site: 'dc',
        redundantFeed: true,
        duration: 12,
        devices: [
          { kind: 'server', model: NAME, serial: SERIAL, quantity: 1, height: 2, depth: 'full', weight: 28, power: 400, supplies: 2, connector: 'C13', asset: 'KIB-7' },
        ],
        ports: [{ count: 1, speed: '1G' }],
        addresses: [],
      },
    }) // biome-ignore format: a piece is a line
    ticket = await handIn(page('pemohon-dinkes'))
    const at = (role: Role) => desk(office, page(role))
    await at('petugas').open(ticket)
    await at('petugas').verify()
    for (const [role, to] of [['kadis', 'kabid'], ['kabid', 'prakom'], ['prakom', 'petugas']] as const) {
      await at(role).open(ticket)
      await at(role).dispose(played.as(to).name, 'Mohon ditindaklanjuti.', to === 'petugas')
      await page(role).locator('.next', { hasNotText: 'giliran Anda' }).waitFor()
    } // biome-ignore format: a chair is a line
  })

  it('is planned by the readings of now and reserved; the rack shows it hatched to everybody who looks', async () => {
    const desk = page('petugas')
    await desk.goto(`${played.url}/tickets/${ticket}`)
    await desk.getByRole('link', { name: 'Cari tempat di rak' }).click()
    await desk.getByRole('heading', { name: `Penempatan ${ticket}` }).waitFor()
    await desk.getByText('Rak ini disediakan untuk Dinas Pendidikan.').first().waitFor()
    await desk.getByRole('img', { name: /Rak A5 dari depan, tempat yang diusulkan U\d+/ }).waitFor()
    await pleases(desk, 'the planner')
    const rack = page('prakom')
    await rack.goto(`${played.url}/racks/a5`)
    await rack.getByRole('group', { name: /depan/i }).first().waitFor()
    assert.equal(await rack.locator('.eq.reserved').count(), 0)
    await desk.getByRole('button', { name: 'Pesan di A5' }).click()
    await desk.getByText('Semua perangkat sudah punya tempat').waitFor()
    await rack.locator('.eq.reserved', { hasText: NAME }).first().waitFor()
    assert.equal(await rack.locator('.eq.reserved').count(), 2, 'front and rear')
    await pleases(rack, 'the rack with what is reserved')
  })

  it('comes in by its serial with a photograph, and into the rack at its outlets and its port', async () => {
    const desk = page('petugas')
    await desk.getByRole('link', { name: 'Barang dan pemasangan' }).click()
    stay = (await officer().get<{ items: StayView[] }>('/stays')).items.find(one => one.ticket === ticket)?.id ?? 0
    await desk.locator('input[type=file]').setInputFiles({ name: 'nomor-seri.png', mimeType: 'image/png', buffer: PHOTO })
    await desk.getByText('1 foto').waitFor()
    await desk.getByLabel('Nomor seri pada barang').first().fill(SERIAL)
    await desk.getByRole('button', { name: 'Catat barang masuk' }).click()
    await desk.getByText('sesuai daftar').waitFor()
    await desk.getByRole('img', { name: 'Foto 1' }).waitFor()
    // Where the demonstration will plug it in.
    const plan = makePlan(must(readSite(DEFAULTS.address, DEFAULTS.port)), DEFAULTS.seed, Date.now())
    const name = plan.switches.flatMap(({ ports }) => ports).find(({ peer }) => peer === GUEST)?.name
    const { items } = await officer().get<{ items: PortChoice[] }>(`/stays/${stay}/items/1/ports`)
    const port =
      items.find(one => one.up === false && name?.endsWith(one.name.replace(/^\D+/, '')) === true) ??
      assert.fail(`${name} is not among ${items.length} ports`)
    await desk.getByLabel('Stopkontak jalur A').selectOption(OUTLET)
    await desk.getByLabel('Stopkontak jalur B').selectOption(OTHER)
    await desk.getByLabel('Port sakelar').selectOption(`${port.device}/${port.key}`)
    await pleases(desk, 'the stay before the installation')
    await desk.getByRole('button', { name: 'Pasang', exact: true }).click()
    await desk.getByRole('button', { name: 'Periksa pembacaan' }).waitFor()
    await page('prakom').locator('.eq.reserved').first().waitFor({ state: 'detached' })
    await page('prakom').getByText(NAME).first().waitFor()
  })

  it('is proven on the open page as its outlets go from nothing to something, and its port comes up', async () => {
    const desk = page('petugas')
    await desk.evaluate('window.unbroken = true')
    const line = (what: string) => desk.locator('.evidence li', { hasText: what })
    await line(OUTLET).getByText('belum terlihat').waitFor()
    await line(OUTLET).getByText('0 W → 0 W').waitFor()
    assert.equal((await piece()).state, 'installed')
    await played.play(GUEST, true)
    // Nobody presses anything: the next cycles of the rack PDUs tell.
    await line(OUTLET)
      .getByText(/^0 W → [1-9]\d+ W$/)
      .waitFor()
    await line(OTHER)
      .getByText(/^0 W → [1-9]\d+ W$/)
      .waitFor()
    // A port is asked once a minute: whoever looks has it asked now, unless its turn has come meanwhile.
    const proven = desk.locator('.pill', { hasText: 'Terbukti' }).first().waitFor()
    await Promise.race([desk.getByRole('button', { name: 'Periksa pembacaan' }).click(), proven])
    await line('Port sakelar').getByText('2 → 1').waitFor({ timeout: 10_000 })
    await proven
    assert.equal(await desk.evaluate('window.unbroken'), true, 'the page was never loaded again')
    const { state, evidence } = await piece()
    assert.equal(state, 'verified')
    assert.deepEqual(evidence.filter(one => one.state === 'seen').map(({ kind }) => kind), ['outletPower', 'outletPower', 'portUp', 'inlet']) // biome-ignore format: one line
    await pleases(desk, 'the stay with its evidence')
  })

  it('is seen by its organisation on the phone from the signed minutes on, live, and by nobody else', async () => {
    const phone = page('phone')
    await phone.goto(`${played.url}/my-racks`)
    await phone.getByRole('heading', { name: 'Rak A5' }).first().waitFor()
    assert.equal(await phone.getByText(NAME).count(), 0, 'nothing of it before the minutes')
    await report(officer(), ticket)
    const made = await minutes(officer(), ticket)
    await approve(await played.again('kabid'), made, 0)
    await approve(await played.again('pemohon-dinkes'), made, 1)
    await page('petugas').getByRole('button', { name: 'Mulai penitipan' }).click()
    const mine = phone.locator('.mypieces li', { hasText: NAME })
    await mine.waitFor()
    await mine.getByText(/^[1-9]\d+W$/).waitFor()
    await played.play(GUEST, false)
    await mine.getByText(/^0W$/).waitFor()
    await played.play(GUEST, true)
    await mine.getByText(/^[1-9]\d+W$/).waitFor()
    await pleases(phone, 'my racks')
    const other = page('pemohon')
    await other.goto(`${played.url}/my-racks`)
    await other.getByRole('heading', { name: /^Rak/ }).first().waitFor()
    assert.doesNotMatch(await other.content(), /PowerEdge|Rak A5|SIMRS|SN-J4/)
  })

  it('leaves by its papers: media wiped, certificate and minutes signed; then the view is gone', async () => {
    const desk = page('petugas')
    await desk.getByRole('button', { name: 'Rencanakan pengeluaran' }).click()
    await desk.getByRole('dialog').getByRole('textbox').fill('diganti perangkat baru')
    await desk.getByRole('dialog').getByRole('button', { name: 'Rencanakan pengeluaran' }).click()
    await desk.getByLabel('Nomor seri media').fill('S6UENX0T1')
    await desk.getByLabel('Metode').selectOption('purge')
    await desk.getByLabel('Teknik').fill('NVMe Sanitize, hapus kunci')
    await desk.getByLabel('Alat dan versinya').fill('nvme-cli 2.11')
    await desk.getByRole('button', { name: 'Catat sanitasi media' }).click()
    await desk.getByText('S6UENX0T1').waitFor()
    await pleases(desk, 'the piece on its way out')
    await desk.getByRole('button', { name: 'Buat sertifikat sanitasi' }).click()
    await desk.locator('.toast', { hasText: 'Sertifikat sanitasi' }).waitFor()
    await desk.getByRole('button', { name: 'Buat berita acara pengeluaran' }).click()
    await desk.locator('.toast', { hasText: 'Berita acara pengeluaran' }).waitFor()
    await desk.getByLabel('Nomor seri pada barang').first().fill(SERIAL)
    await desk.getByRole('button', { name: 'Catat barang keluar' }).click()
    await desk.getByText(/Sertifikat sanitasi media .* belum ditandatangani/).waitFor()
    const papers = (await officer().ticket(ticket)).documents.filter(({ kind }) => kind === 'removal' || kind === 'wipe')
    const head = await played.again('kabid')
    const owner = await played.again('pemohon-dinkes')
    for (const paper of papers as TicketDocument[]) {
      await approve(head, paper, 0)
      assert.equal((await approve(owner, paper, 1)).state, 'returned')
    }
    await desk.getByRole('button', { name: 'Catat barang keluar' }).click()
    await desk.locator('.pill', { hasText: 'Sudah keluar' }).first().waitFor()
    await page('phone').locator('.mypieces li', { hasText: NAME }).waitFor({ state: 'detached' })
    assert.doesNotMatch(await page('phone').content(), /PowerEdge/)
    const gone = await officer().get<StayView>(`/stays/${stay}`)
    assert.deepEqual([gone.state, gone.minutes.out], ['gone', papers.find(({ kind }) => kind === 'removal')?.number])
    await until('the U that are free', () => officer().get<{ layout: { equipment: { name: string }[] } }>('/place'), ({ layout }) => layout.equipment.every(({ name }) => name !== NAME)) // biome-ignore format: one line
    await pleases(desk, 'the stay that is over')
    await desk.goto(`${played.url}/stays`)
    await desk.getByRole('table').waitFor()
    await pleases(desk, 'all stays')
    for (const [who, { complaints }] of open) assert.deepEqual(complaints, [], who)
  })
})
