// Suar is upgraded while a page is open: what the page has not loaded yet is gone under its old name, and nothing that was written is lost by it.
import assert from 'node:assert/strict'
import { cp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { tempFolder } from '../store/support/folder.ts'
import { axeOn } from '../support/axe.ts'
import { chromiumPath, openBrowser, openPage } from '../support/browser.ts'
import { type DeskStage, openDeskStage } from '../support/desk-stage.ts'

const BUILT = fileURLToPath(new URL('../../dist/dashboard', import.meta.url))
/** A file that is gone is answered as such, and the browser notes it. */
const GONE = /status of 404|Failed to fetch dynamically imported module|Unable to preload CSS|Refused to apply style/

/** What a build of changed sources does to the folder: every file has another name, and all that refer to it know the new one. */
async function upgrade(folder: string): Promise<void> {
  const assets = join(folder, 'assets')
  const names = (await readdir(assets)).filter(name => /-[\w-]{8}\.(js|css)$/.test(name))
  const anew = new Map(names.map(name => [name, name.replace(/[\w-]{8}(?=\.\w+$)/, hash => [...hash].reverse().join('').replace(/^-/, '_'))]))
  for (const path of [join(folder, 'index.html'), ...names.map(name => join(assets, name))]) {
    let text = await readFile(path, 'utf8')
    for (const [was, is] of anew) text = text.replaceAll(was, is)
    await writeFile(path, text)
  }
  for (const [was, is] of anew) await rename(join(assets, was), join(assets, is))
}

describe('an upgrade under an open page', function () {
  this.timeout(90_000)
  let browser: Browser
  let desk: DeskStage
  let dashboard: string

  before(async function () {
    const path = chromiumPath()
    if (path === null) return this.skip()
    browser = await openBrowser(path)
  })
  beforeEach(async () => {
    dashboard = tempFolder()
    await cp(BUILT, dashboard, { recursive: true })
    desk = await openDeskStage({ as: 'pemohon', dashboard })
  })
  afterEach(async () => {
    await desk.close()
    await rm(dashboard, { recursive: true, force: true })
  })
  after(() => browser?.close())

  it('loads the tab anew on the way to the next page, says so, and keeps what was written', async () => {
    const number = await desk.house.draft('colocation')
    const { page, complaints, close } = await openPage(browser, {}, GONE)
    await page.goto(`${desk.url}requests/draft/${number}`)
    await page.getByLabel('Unit kerja').fill('Bidang Mutasi')
    let loads = 0
    page.on('load', () => loads++)
    await upgrade(dashboard)

    await page.getByRole('link', { name: 'Permohonan saya' }).first().click()
    await page.getByText('Suar telah diperbarui').waitFor()
    await page.getByRole('heading', { level: 1, name: 'Permohonan saya' }).waitFor()
    assert.equal(loads, 1)
    await page.goto(`${desk.url}requests/draft/${number}`)
    await page.getByLabel('Unit kerja').waitFor()
    assert.equal(await page.getByLabel('Unit kerja').inputValue(), 'Bidang Mutasi')
    assert.equal(await page.getByText('Suar telah diperbarui').count(), 0, 'told once')
    assert.deepEqual(complaints, [])
    await close()
  })

  it('leaves an open form alone when only the search is gone, and offers to load anew', async () => {
    const number = await desk.house.draft('colocation')
    const { page, complaints, close } = await openPage(browser, {}, GONE)
    await page.goto(`${desk.url}requests/draft/${number}`)
    const unit = page.getByLabel('Unit kerja')
    await unit.fill('Bidang Pensiun')
    await upgrade(dashboard)
    await page.keyboard.press('Control+k')
    const band = page.getByRole('alert').filter({ hasText: 'Suar telah diperbarui' })
    await band.waitFor()
    assert.equal(await unit.inputValue(), 'Bidang Pensiun', 'the same page stands')
    const { violations } = await axeOn(page).analyze()
    assert.deepEqual(
      violations.map(one => one.id),
      [],
    )
    await Promise.all([page.waitForEvent('load'), band.getByRole('button', { name: 'Muat ulang' }).click()])
    await unit.waitFor()
    assert.equal(await unit.inputValue(), 'Bidang Pensiun')
    assert.deepEqual(complaints, [])
    await close()
  })

  it('loads anew once and not in circles when the new build lacks the page too', async () => {
    const { page, close } = await openPage(browser, {}, GONE)
    // Wholly: a part that comes later would be of the other build.
    await page.goto(`${desk.url}home`, { waitUntil: 'networkidle' })
    await page.getByRole('link', { name: 'Permohonan saya' }).first().waitFor()
    let loads = 0
    page.on('load', () => loads++)
    await upgrade(dashboard)
    const assets = join(dashboard, 'assets')
    for (const name of await readdir(assets)) if (name.startsWith('page-')) await rm(join(assets, name))
    await page.getByRole('link', { name: 'Permohonan saya' }).first().click()
    await page.getByText('Halaman ini tidak dapat dimuat').waitFor()
    assert.equal(loads, 1)
    await close()
  })

  it('takes a page that is missing in the same build for a failure, not for an upgrade', async () => {
    const { page, close } = await openPage(browser, {}, GONE)
    // Wholly: a part that comes later would be of the other build.
    await page.goto(`${desk.url}home`, { waitUntil: 'networkidle' })
    await page.getByRole('link', { name: 'Permohonan saya' }).first().waitFor()
    let loads = 0
    page.on('load', () => loads++)
    const assets = join(dashboard, 'assets')
    for (const name of await readdir(assets)) if (name.startsWith('page-')) await rm(join(assets, name))
    await page.getByRole('link', { name: 'Permohonan saya' }).first().click()
    await page.getByText('Halaman ini tidak dapat dimuat').waitFor()
    assert.equal(loads, 0)
    await close()
  })
})
