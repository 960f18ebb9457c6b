// The place edited in a real browser on the real daemon: by key and by form, seen live on a second page, with mistakes, conflicts and files.
import assert from 'node:assert/strict'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import type { PlaceView } from '../../../daemon/domain/place.ts'
import { chromiumPath, openBrowser, openPage, type Watched } from '../../support/browser.ts'
import { type Daemon, dataFolder, freshDemonstration, startDaemon, until } from '../../support/daemon.ts'

const MARK = 'window.unbroken = true'

describe('journey: the place is edited', function () {
  this.timeout(60_000)
  let browser: Browser
  let daemon: Daemon
  let admin: Watched
  let noc: Watched
  const data = dataFolder()

  before(async function () {
    const path = chromiumPath()
    if (path === null) {
      process.stdout.write('      Chromium is missing: this journey needs a browser.\n')
      this.skip()
    }
    daemon = await startDaemon({ data: data.path, env: freshDemonstration() })
    browser = await openBrowser(path)
    const signedIn = async (demo: string, expected?: RegExp): Promise<Watched> => {
      const opened = await openPage(browser, {}, expected)
      await opened.page.request.post(`${daemon.url}api/v1/session`, { data: { demo } })
      return opened
    }
    // Refusals are part of the story, and the browser writes each into its console.
    admin = await signedIn('admin', /400|412/)
    noc = await signedIn('noc')
  })
  after(async () => {
    await browser?.close()
    await daemon?.stop()
    data.remove()
  })

  const place = async (): Promise<PlaceView> => (await (await admin.page.request.get(`${daemon.url}api/v1/place`)).json()) as PlaceView
  const rackX = async (id: string) => (await place()).layout.racks.find(rack => rack.id === id)?.x
  const freeIn = async (rack: string): Promise<number> => {
    const { layout } = await place()
    const taken = new Set(
      layout.equipment.filter(item => item.rack === rack).flatMap(item => Array.from({ length: item.height }, (_, i) => item.u + i)),
    )
    // One above it is free too: the story moves a thing up.
    return Array.from({ length: 41 }, (_, i) => i + 1).find(u => !taken.has(u) && !taken.has(u + 1)) ?? 0
  }
  const shape = (page: Page, entry: string) => page.locator(`[data-entry="${entry}"]`)
  const save = async (page: Page) => {
    await page.getByRole('button', { name: 'Simpan…' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Simpan', exact: true }).click()
  }
  const clean = async (page: Page, what: string) => {
    const { violations } = await new AxeBuilder({ page }).analyze()
    assert.deepEqual(
      violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`),
      [],
      what,
    )
  }

  it('a rack moves by key, is shown as what changes, saved, and seen on the plan of a colleague without a reload', async () => {
    await noc.page.goto(`${daemon.url}floor`)
    const cell = noc.page.locator('a[href*="rack=b6"], a[href$="/racks/b6"]').first()
    await cell.waitFor()
    await noc.page.evaluate(MARK)
    const before = await rackX('b6')
    const left = (await cell.boundingBox())?.x ?? 0
    await admin.page.goto(`${daemon.url}floor`)
    await admin.page.getByRole('button', { name: 'Ubah denah' }).click()
    await shape(admin.page, 'racks b6').focus()
    await admin.page.keyboard.press('ArrowRight')
    await admin.page.keyboard.press('ArrowRight')
    await admin.page.keyboard.press('Control+z')
    await admin.page.keyboard.press('ArrowRight')
    await admin.page.getByText(/[1-9] perubahan belum disimpan/).waitFor()
    await clean(admin.page, 'the editor')
    await admin.page.getByRole('button', { name: 'Simpan…' }).click()
    await admin.page
      .getByRole('dialog')
      .getByText(/X \(m\)/)
      .first()
      .waitFor()
    await admin.page.getByRole('dialog').getByRole('button', { name: 'Simpan', exact: true }).click()
    await admin.page.getByText('Belum ada perubahan').waitFor()
    assert.ok(((await rackX('b6')) ?? 0) > (before ?? 0))
    await until(
      'the rack on the colleague’s plan',
      async () => (await cell.boundingBox())?.x ?? 0,
      x => x > left + 5,
    )
    assert.equal(await noc.page.evaluate('window.unbroken === true'), true)
    const view = await place()
    assert.deepEqual(
      view.laid.filter(({ kind }) => kind === 'racks').map(({ id, what }) => [id, what]),
      [['b6', 'changed']],
    )
  })

  it('a mistake is told at its place, nothing is saved, and what was typed is still there', async () => {
    const { page } = admin
    await shape(page, 'racks a1').focus()
    const units = page.getByLabel('Tinggi (U)')
    await units.fill('90')
    await save(page)
    await page.getByText('Yang harus diperbaiki').waitFor()
    await page.getByRole('button', { name: 'Buka', exact: true }).click()
    assert.equal(await units.inputValue(), '90')
    assert.equal(await units.getAttribute('aria-invalid'), 'true')
    await units.fill('42')
    await page.getByText('Belum ada perubahan').waitFor()
  })

  it('of two editors the second is told what the first changed, loses nothing, and saves on top of it', async () => {
    const { page } = admin
    await shape(page, 'racks a1').focus()
    await page.getByLabel('Peruntukan').fill('Jaringan inti baru')
    const { revision, layout } = await place()
    const [room] = layout.rooms
    const other = await page.request.post(`${daemon.url}api/v1/place/changes`, {
      data: { edits: [{ put: 'rooms', entry: { ...room, name: 'Aula Server' } }] },
      headers: { 'if-match': `"${revision}"`, origin: new URL(daemon.url).origin },
    })
    assert.equal(other.status(), 200, await other.text())
    await save(page)
    await page.getByText('Diubah orang lain sementara ini').waitFor()
    await page.getByText(/Aula Server diubah oleh/).waitFor()
    await page.getByRole('button', { name: 'Susun di atas versi terbaru' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Simpan', exact: true }).click()
    await page.getByText('Belum ada perubahan').waitFor()
    const now = await place()
    assert.equal(now.layout.rooms[0]?.name, 'Aula Server')
    assert.equal(now.layout.racks.find(({ id }) => id === 'a1')?.use, 'Jaringan inti baru')
  })

  it('nobody leaves with unsaved changes without having been asked', async () => {
    const { page } = admin
    await shape(page, 'racks a2').focus()
    await page.keyboard.press('ArrowLeft')
    await page.getByText(/[1-9] perubahan belum disimpan/).waitFor()
    await page.locator('nav a[href="/racks"]').first().click()
    await page.getByText('Tinggalkan halaman ini?').waitFor()
    await page.getByRole('button', { name: 'Tetap di sini' }).click()
    await page.getByText(/[1-9] perubahan belum disimpan/).waitFor()
    await page.goBack()
    await page.getByText('Tinggalkan halaman ini?').waitFor()
    await page.getByRole('button', { name: 'Tinggalkan' }).click()
    await page.waitForURL(url => !url.searchParams.has('edit'))
  })

  it('equipment is put into a rack, moved by key, saved, and its panel has its figures and label', async () => {
    const { page } = admin
    await page.goto(`${daemon.url}racks/b5`)
    await page.getByRole('button', { name: 'Ubah isi rak' }).click()
    await page.getByRole('button', { name: 'Tambah perangkat di rak' }).click()
    await page.getByLabel('Nama', { exact: true }).fill('NAS Dinkes')
    await page.getByLabel('Nomor inventaris (KIB)').fill('02.06.03.05.001')
    await page.getByLabel('Daya disepakati (W)').fill('350,5')
    const u = await freeIn('b5')
    await page.getByLabel('U', { exact: true }).fill(String(u))
    await page
      .getByRole('button', { name: /^NAS Dinkes, U/ })
      .first()
      .focus()
    await page.keyboard.press('ArrowUp')
    await clean(page, 'the rack editor')
    await save(page)
    await page.getByText('Belum ada perubahan').waitFor()
    const item = (await place()).layout.equipment.find(({ name }) => name === 'NAS Dinkes')
    assert.deepEqual([item?.rack, item?.u, item?.agreed, item?.asset], ['b5', u + 1, 350.5, '02.06.03.05.001'])
    await page.getByRole('button', { name: 'Selesai' }).click()
    await page.getByRole('button', { name: /NAS Dinkes/ }).click()
    await page.getByText('350,5 W').or(page.getByText('351 W')).first().waitFor()
    const label = await page.request.get(`${daemon.url}api/v1/place/labels?equipment=${item?.id}`)
    assert.equal(label.headers()['content-type'], 'application/pdf')
    await clean(page, 'the rack with its contents')
  })

  it('the power chain is drawn: a node is added, bound and fed; power in a circle is named at once, refused at the door, and taken back', async () => {
    await noc.page.goto(`${daemon.url}power`)
    const seen = (name: string) => noc.page.locator('.pnode', { hasText: name })
    await seen('UPS A').waitFor()
    await noc.page.evaluate(MARK)
    assert.equal(await noc.page.getByRole('button', { name: 'Ubah rantai' }).count(), 0)
    const { page } = admin
    await page.goto(`${daemon.url}power`)
    await page.getByRole('button', { name: 'Ubah rantai' }).click()
    const board = (name: string) => page.locator('.bnode', { has: page.locator('b', { hasText: new RegExp(`^${name}$`) }) })
    await board('UPS A').getByRole('button').click()
    await page.getByLabel('Tambah', { exact: true }).selectOption('pdu')
    await page.getByRole('button', { name: 'Tambah PDU' }).click()
    await page.getByLabel('Nama').fill('PDU Uji')
    await page.getByLabel('Pemutus (A)').fill('25')
    await page.getByLabel('Fasa', { exact: true }).selectOption('L2')
    await page.getByRole('button', { name: 'Tambah titik ukur' }).click()
    await page.getByRole('combobox', { name: 'Titik ukur', exact: true }).selectOption('pdu-a1-a')
    await page.getByLabel('Titik ukur: Titik ukur').fill('input.power')
    // A second source, drawn by hand from UPS B.
    const [from, to] = [await board('UPS B').locator('.phandle').boundingBox(), await board('PDU Uji').boundingBox()]
    assert.ok(from && to)
    await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2)
    await page.mouse.down()
    await page.mouse.move(to.x + to.width / 2, to.y + to.height / 2, { steps: 5 })
    await page.mouse.up()
    await page.locator('.sourcelist li', { hasText: 'UPS B' }).waitFor()
    await clean(page, 'the power editor')

    // The ATS fed by what it feeds.
    await board('ATS').getByRole('button').click()
    await page.getByLabel('Tambah sumber').selectOption({ label: 'PDU Uji' })
    await page.getByText(/Daya berputar: ATS → UPS [AB] → PDU Uji → ATS/).waitFor()
    await save(page)
    await page
      .getByRole('dialog')
      .getByText(/daya berputar: .*ats → /i)
      .waitFor()
    assert.equal(
      (await place()).layout.power.find(({ name }) => name === 'PDU Uji'),
      undefined,
    )
    await page.getByRole('dialog').getByRole('button', { name: 'Buka' }).first().click()
    await board('ATS').getByRole('button').click()
    await page.getByRole('button', { name: 'Keluarkan PDU Uji' }).click()
    await save(page)
    await page.getByText('Belum ada perubahan').waitFor()
    const made = (await place()).layout.power.find(({ name }) => name === 'PDU Uji')
    assert.deepEqual(
      [made?.kind, made?.from, made?.breaker, made?.phase, made?.measures],
      ['pdu', ['ups-a', 'ups-b'], 25, 'L2', { power: { device: 'pdu-a1-a', key: 'input.power' } }],
    )
    await seen('PDU Uji').waitFor()
    assert.equal(await noc.page.evaluate('window.unbroken'), true)

    await board('PDU Uji').getByRole('button').press('Delete')
    await save(page)
    await page.getByText('Belum ada perubahan').waitFor()
    await seen('PDU Uji').waitFor({ state: 'detached' })
  })

  it('a file is previewed row by row, refused whole with a mistake in it, and taken at a press', async () => {
    const { page } = admin
    await page.goto(`${daemon.url}place?part=import`)
    const csv = (text: string) => ({ name: 'perangkat.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
    const input = page.locator('input[type=file]')
    await input.setInputFiles(csv('nama;rak;posisi;berat\nServer Baru;B4;-1;12,5\nHantu;Z9;3;1\n'))
    await page.getByText('tidak ada rak "Z9"').waitFor()
    assert.equal(await page.getByRole('button', { name: /^Simpan/ }).count(), 0)
    await input.setInputFiles(csv(`nama;rak;posisi;berat\nServer Baru;B4;${await freeIn('b4')};12,5\n`))
    await page.getByRole('button', { name: 'Simpan 1 perubahan' }).click()
    await page.getByText('Tersimpan').first().waitFor()
    assert.equal((await place()).layout.equipment.find(({ name }) => name === 'Server Baru')?.weight, 12.5)
    await clean(page, 'the import')
    await page.goto(`${daemon.url}place`)
    await page.getByText('Server Baru').waitFor()
    await page.goto(`${daemon.url}place?part=versions`)
    await page.getByRole('button', { name: /Kembalikan: Versi 1$/ }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Kembalikan' }).click()
    await until(
      'the first version again',
      async () => (await place()).laid.length,
      laid => laid === 0,
    )
    await clean(page, 'the history')
  })

  it('who may not change the place sees no way to, and is refused', async () => {
    await noc.page.goto(`${daemon.url}floor?edit=1`)
    await noc.page.locator('svg.floorplan').waitFor()
    assert.equal(await noc.page.getByRole('button', { name: 'Ubah denah' }).count(), 0)
    assert.equal(await noc.page.locator('svg.editing').count(), 0)
    const refused = await noc.page.request.post(`${daemon.url}api/v1/place/changes`, {
      data: { edits: [{ reset: 'racks', id: 'a1' }] },
      headers: { 'if-match': '"1"', origin: new URL(daemon.url).origin },
    })
    assert.equal(refused.status(), 403)
    assert.deepEqual([...admin.complaints, ...noc.complaints.filter(text => !/403/.test(text))], [])
  })
})
